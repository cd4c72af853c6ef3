import { expect, it } from 'vitest';
import { run } from '../../kit/cli.js';
import { exampleRepo } from '../../kit/example.js';
import type { Repo } from '../../kit/repo.js';
import { check, clonedFeature, file, plain, plugin, story, withPolicy } from './plugin.js';

const settings = {
  rules: { 'acme/no-notes': ['error', { but: 'x' }], mine: { use: 'acme/no-notes', options: { besides: 'x' } } },
  overrides: [{ paths: ['old/**'], rules: { 'acme/no-notes': 'off' } }],
  waivers: [{ rule: 'acme/no-notes', file: 'x', reason: 'x', until: '2999-01-01' }],
};

/** That a plugin changes is a finding of its own, and not what these stories are about. */
const lenient = { rules: { 'policy-change': 'off' } };

/** A pull request that brings a plugin of its own, and what that would refuse. */
function bringing(base: Repo): Repo {
  const r = clonedFeature(base);
  return r.commit('mine', { ...withPolicy(r, settings), 'policy/rules.mjs': plugin({ mark: 'pwned' }), 'a.note': 'x' });
}

const ways: [string, string[], Record<string, string>][] = [
  ['ci', ['--stage', 'ci'], {}],
  ['release', ['--stage', 'release'], {}],
  ['a range', ['--from', 'HEAD~1'], {}],
  ['all in CI', ['--stage', 'all'], { CI: 'true' }],
  ['all in a CI that says so otherwise', ['--stage', 'all'], { JENKINS_URL: 'x' }],
  ['pre-commit in CI', ['--stage', 'pre-commit'], { CI: 'true' }],
];

it.each(
  ways,
)('%s: a plugin that the base does not name is not run, which is said, and its settings do no harm', (_, args, env) => {
  const r = bringing(plain()).with(env);
  const { code, notices } = check(r, ...args);
  expect([code, notices, r.exists('pwned')]).toEqual([
    0,
    expect.arrayContaining([
      `Plugin ${file} is not run: the policy of origin/develop does not name it. Code runs here once the base branch has it.`,
      'Not judged for want of that code: acme/no-notes, mine.',
    ]),
    false,
  ]);
});

it('the same at a push that CI makes', () => {
  const r = bringing(plain());
  const stdin = `refs/heads/x ${r.head()} refs/heads/x ${'0'.repeat(40)}\n`;
  const { code, stdout } = run(r.dir, ['check', '--stage', 'pre-push'], { env: { ...r.env, CI: '1' }, stdin });
  expect([code, stdout, r.exists('pwned')]).toEqual([0, expect.stringContaining('is not run'), false]);
  // On a developer's machine it is run, and then its settings are judged as well.
  const { stderr } = run(r.dir, ['check', '--stage', 'pre-push'], { env: r.env, stdin });
  expect([stderr, r.exists('pwned')]).toEqual([expect.stringContaining('rules.mine options has an unknown key'), true]);
});

it.each(ways)('%s: a plugin that the base names runs as the base has it', (_, args, env) => {
  const r = clonedFeature(story(plugin(), lenient)).with(env);
  r.commit('changed', { 'policy/rules.mjs': plugin({ mark: 'pwned', ending: '.memo' }), 'a.note': 'x', 'a.memo': 'x' });
  r.stage({ 'b.note': 'x' });
  const { code, rules, notices } = check(r, ...args);
  const found = args.includes('pre-commit') ? 'b.note' : 'a.note';
  expect([code, rules, r.exists('ran'), r.exists('pwned')]).toEqual([1, [`acme/no-notes ${found}`], true, false]);
  expect(notices.join()).toContain(`Plugin ${file} runs as the base branch has it`);
});

it('nothing is said where the code is the same', () => {
  const r = clonedFeature(story()).commit('note', { 'a.note': 'x' });
  expect(check(r, '--stage', 'ci')).toMatchObject({ code: 1, notices: [] });
});

it('settings for code that the base does not have yet are passed over, not refused', () => {
  const r = clonedFeature(story(plugin(), lenient));
  const changed = plugin({ mark: 'pwned', head: "const more = 'acme/new-one';" }).replaceAll('but', 'except');
  r.commit('changed', {
    ...withPolicy(r, { rules: { 'acme/no-notes': ['error', { except: 'x' }], 'acme/new-one': 'error' } }),
    'policy/rules.mjs': changed,
  });
  const { code, notices } = check(r, '--stage', 'ci');
  expect([code, notices.at(-1)]).toEqual([0, 'Not judged for want of that code: acme/no-notes, acme/new-one.']);
});

it('a commit of the judged branch is no base, whatever --from and the judged policy say', () => {
  const r = bringing(plain());
  r.git('update-ref', 'refs/heads/mine', 'HEAD');
  r.commit('baseBranch', withPolicy(r, { baseBranch: 'mine' })).commit('more', { 'b.note': 'x' });
  for (const args of [
    ['--from', 'HEAD~1'],
    ['--from', 'mine'],
    ['--stage', 'ci'],
    ['--stage', 'release'],
  ]) {
    expect([check(r, ...args).code, r.exists('pwned')]).toEqual([0, false]);
  }
});

it('an older commit of the base branch is as good as its tip', () => {
  const base = story();
  const r = clonedFeature(base);
  base.commit('later', { 'policy/rules.mjs': plugin({ mark: 'later', ending: '.memo' }) });
  r.git('fetch', '-q', 'origin');
  r.commit('note', { 'a.note': 'x' });
  expect([check(r, '--stage', 'ci').rules, r.exists('later')]).toEqual([['acme/no-notes a.note'], false]);
});

it('what is merged runs, with a remote or without', () => {
  const r = story().commit('note', { 'a.note': 'x' });
  expect(check(r, '--stage', 'ci')).toMatchObject({ code: 1, rules: ['acme/no-notes a.note'] });
  expect(check(r.clone(), '--stage', 'release')).toMatchObject({ code: 1, rules: ['acme/no-notes a.note'] });
});

it('where a remote has no base branch, a branch of this clone is none', () => {
  const r = clonedFeature(plain().branch('trunk'));
  r.git('update-ref', '-d', 'refs/remotes/origin/HEAD');
  r.git('update-ref', '-d', 'refs/remotes/origin/develop');
  r.commit('mine', { ...withPolicy(r, {}), 'policy/rules.mjs': plugin({ mark: 'pwned' }) });
  r.git('branch', 'main');
  const { code, notices } = check(r, '--stage', 'release');
  expect([code, r.exists('pwned'), notices.join()]).toEqual([
    0,
    false,
    expect.stringContaining('no base branch here that could name it'),
  ]);
});

it('the base whose policy is broken names nothing', () => {
  const base = exampleRepo();
  base.commit('broken', { '.layerpolicyrc.json': '{' });
  const r = clonedFeature(base).commit('mended', {
    '.layerpolicyrc.json': JSON.stringify({ layers: {}, plugins: [file] }),
    'policy/rules.mjs': plugin({ mark: 'pwned' }),
  });
  const { notices } = check(r, '--stage', 'release');
  expect([notices.join(), r.exists('pwned')]).toEqual([expect.stringContaining('does not name it'), false]);
});

it('the commit that --base names is the base, whatever branches there are', () => {
  const r = clonedFeature(story());
  for (const ref of ['HEAD', 'develop']) r.git('update-ref', '-d', `refs/remotes/origin/${ref}`);
  const base = r.head();
  r.commit('changed', { 'policy/rules.mjs': plugin({ mark: 'pwned' }), 'a.note': 'x' });
  expect(check(r, '--stage', 'ci', '--base', base)).toMatchObject({ code: 1, rules: ['acme/no-notes a.note'] });
  expect([r.exists('ran'), r.exists('pwned')]).toEqual([true, false]);
});

it('a plugin that the change takes out of the policy has its say where --base names the commit before', () => {
  const r = clonedFeature(story());
  r.commit('taken out', { ...withPolicy(r, {}, []), 'policy/rules.mjs': null, 'a.note': 'x' });
  const { rules } = check(r, '--stage', 'ci', '--base', 'origin/develop');
  expect(rules).toContain('acme/no-notes a.note');
});

const mistyped: [string, Record<string, unknown>, string][] = [
  ['a rule', { rules: { 'acme/no-nots': 'error' } }, 'rules.acme/no-nots names "acme/no-nots"'],
  ['the kind of an instance', { rules: { mine: { use: 'acme/no-nots' } } }, 'rules.mine.use names "acme/no-nots"'],
  [
    'a waiver',
    { waivers: [{ rule: 'acme/no-nots', file: 'x', reason: 'x', until: '2999-01-01' }] },
    'waivers.0.rule names "acme/no-nots"',
  ],
];

it.each(mistyped)('a mistyped name is no name that code could bring: %s', (_, settings, said) => {
  const changed = plugin({ mark: 'pwned', ending: '.memo' });
  const withheld = clonedFeature(plain());
  withheld.commit('mine', { ...withPolicy(withheld, settings), 'policy/rules.mjs': changed });
  const older = clonedFeature(story());
  older.commit('changed', { ...withPolicy(older, settings), 'policy/rules.mjs': changed });
  for (const r of [withheld, older]) {
    const { code, stderr } = run(r.dir, ['check', '--stage', 'ci'], { env: r.env });
    expect([code, stderr, r.exists('pwned')]).toEqual([2, expect.stringContaining(said), false]);
  }
});
