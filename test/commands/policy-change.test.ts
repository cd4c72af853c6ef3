import { describe, expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { type Repo, repo, type Story } from '../kit/repo.js';

const zero = '0'.repeat(40);
const file = '.layerpolicyrc.json';

const policy = (r: Repo, more: object) => ({ [file]: JSON.stringify({ ...JSON.parse(r.read(file)), ...more }) });

/** A branch `pr` on a develop that has these files and settings. */
function story(files: Story = {}, settings: object = {}): Repo {
  const r = exampleRepo();
  return r.commit('base', { ...policy(r, settings), ...files }).branch('pr');
}

interface Found {
  rule: string;
  severity: string;
  file: string;
  line: number | null;
  message: string;
}

function check(r: Repo, args: string[], options: { env?: Record<string, string>; stdin?: string } = {}) {
  const all = ['check', '--json', '--now', '2026-01-31', ...args];
  const { code, json, stderr } = run(r.dir, all, { ...options, env: { ...r.env, ...options.env } });
  const { findings = [], notices, waived } = json() as { findings: Found[]; notices: string[]; waived: Found[] };
  const own = findings.filter(({ rule }) => rule === 'policy-change');
  return {
    code,
    notices,
    waived,
    stderr,
    own,
    told: own.map((one) => `${one.file}: ${one.message.replace(/; nobody has.*/, ' ?')}`),
  };
}

const ci = (r: Repo, ...args: string[]) => check(r, ['--stage', 'ci', ...args]);

/** What CI says of the branch, and a push of it must say the same. */
function told(r: Repo) {
  const stdin = `refs/heads/pr ${r.head()} refs/heads/pr ${zero}\n`;
  const atCi = ci(r);
  expect(check(r, ['--stage', 'pre-push', 'origin', 'url'], { stdin }).told).toEqual(atCi.told);
  expect(atCi.code).toBe(atCi.own.some(({ severity }) => severity === 'error') ? 1 : atCi.code);
  return atCi.told;
}

const workflow = 'on: [pull_request]\njobs:\n  a:\n    steps:\n      - run: npx layer-policy check\n';

const byScript = workflow.replace('npx layer-policy check', 'npm run policy');

describe('a change that weakens', () => {
  it.each<[string, Story, (r: Repo) => Story, string[]]>([
    [
      'a rule',
      {},
      (r) => policy(r, { rules: { 'archive-age': 'warning' } }),
      [`${file}: rules.archive-age was error, is warning`],
    ],
    [
      'what is declared',
      {},
      (r) => policy(r, { baseBranch: 'pr', versionFile: 'V' }),
      [`${file}: baseBranch was develop, is pr`, `${file}: versionFile was VERSION, is V`],
    ],
    ['the policy, by taking it away', {}, () => ({ [file]: null }), [`${file}: the policy is gone`]],
    [
      'the policy, in another file',
      {},
      (r) => ({
        [file]: null,
        '.layerpolicyrc.yaml': JSON.stringify({ ...JSON.parse(r.read(file)), baseBranch: 'x' }),
      }),
      ['.layerpolicyrc.yaml: baseBranch was develop, is x'],
    ],
    [
      'the script that CI calls',
      { '.github/workflows/a.yml': byScript, 'package.json': '{"scripts": {"policy": "layer-policy check"}}' },
      () => ({ 'package.json': '{"scripts": {"policy": "true"}}' }),
      ['package.json: layer-policy check is gone'],
    ],
    [
      'the file that CI calls',
      {
        '.github/workflows/a.yml': byScript.replace('npm run policy', './ci/run'),
        'ci/run': 'npx layer-policy check\n',
      },
      () => ({ 'ci/run': 'GIT_DIR=x npx layer-policy check\n' }),
      ['ci/run: what runs with layer-policy check was nothing, is GIT_DIR=x ?'],
    ],
    [
      'the commits that CI sees',
      { '.github/workflows/a.yml': workflow.replace('      - run', '      - uses: actions/checkout@v4\n      - run') },
      () => ({
        '.github/workflows/a.yml': workflow.replace(
          '      - run',
          '      - uses: actions/checkout@v5\n        with:\n          ref: main\n      - run',
        ),
      }),
      ['.github/workflows/a.yml: with.ref of layer-policy check was nothing, is main ?'],
    ],
    [
      'the baseline',
      { '.layerpolicy-baseline.json': '{"schema": 1, "known": []}\n' },
      () => ({
        '.layerpolicy-baseline.json': `{"schema": 1, "known": [{ "rule": "safe-paths", "file": "a", "fingerprint": "${'a'.repeat(32)}" }]}`,
      }),
      ['.layerpolicy-baseline.json: findings that the baseline lets pass was 0, is 1, 1 of them new (safe-paths)'],
    ],
    [
      'a workflow',
      { '.github/workflows/a.yml': workflow },
      () => ({ '.github/workflows/a.yml': null }),
      ['.github/workflows/a.yml: layer-policy check is gone'],
    ],
    [
      'the consequence of a check',
      { '.gitlab-ci.yml': 'policy:\n  script: npx layer-policy check\n' },
      () => ({ '.gitlab-ci.yml': 'policy:\n  allow_failure: true\n  script: npx layer-policy check\n' }),
      ['.gitlab-ci.yml: layer-policy check may now fail, or not run, without consequence: allow_failure: true'],
    ],
    [
      'a hook',
      { '.husky/pre-commit': 'npx layer-policy check --stage pre-commit\n' },
      () => ({ '.husky/pre-commit': 'npx lint-staged\n' }),
      ['.husky/pre-commit: layer-policy check --stage pre-commit is gone'],
    ],
    [
      'who approves',
      { '.github/CODEOWNERS': `* @all\n/${file} @owners\n` },
      () => ({ '.github/CODEOWNERS': `* @all\n/${file} @owners @me\n` }),
      [`.github/CODEOWNERS: owners of ${file} was @owners, is @owners @me`],
    ],
    [
      'who approves, from a place that counts before',
      { CODEOWNERS: `/${file} @owners\n` },
      () => ({ '.github/CODEOWNERS': '* @me\n' }),
      [`.github/CODEOWNERS: owners of ${file} was @owners, is @me`],
    ],
  ])('%s is told so, by CI and at the push', (_, base, change, expected) => {
    const r = story(base);
    expect(told(r.commit('weaken', change(r)))).toEqual(expected);
  });

  it.each<[string, Story, (r: Repo) => Story]>([
    ['strengthens', {}, (r) => policy(r, { rules: { 'archive-age': ['error', { days: 30 }] } })],
    ['writes it in another form', {}, (r) => ({ [file]: null, '.layerpolicyrc.yaml': r.read(file) })],
    [
      'moves a workflow',
      { '.github/workflows/a.yml': workflow },
      () => ({ '.github/workflows/a.yml': null, '.github/workflows/b.yml': workflow }),
    ],
    ['has nothing to do with it', { '.github/workflows/a.yml': workflow }, () => ({ 'docs/a.md': 'a' })],
    ['takes an owner away', { CODEOWNERS: `/${file} @a @b\n` }, () => ({ CODEOWNERS: `/${file} @a\n` })],
    ['owns what nobody owned', { CODEOWNERS: '/docs @a\n' }, () => ({ CODEOWNERS: '* @a\n' })],
  ])('only %s: nothing', (_, base, change) => {
    const r = story(base);
    expect(told(r.commit('change', change(r)))).toEqual([]);
  });

  it('tells of a plugin whose file changed', () => {
    const rules = 'export const rules = [];\n';
    const r = story({ 'policy/rules.mjs': rules }, { plugins: ['./policy/rules.mjs'] });
    const { told } = ci(r.commit('weaken', { 'policy/rules.mjs': `${rules}// less\n`, ...policy(r, { plugins: [] }) }));
    expect(told).toEqual([
      `${file}: plugins was ["./policy/rules.mjs"], is []`,
      expect.stringMatching(/^policy\/rules\.mjs: the plugin \.\/policy\/rules\.mjs was \w{7}, is \w{7} \?$/),
    ]);
  });
});

describe('who sets the rule', () => {
  const weakened = (r: Repo, more: object = {}) =>
    r.commit('weaken', policy(r, { rules: { ...more, 'archive-age': 'off' } }));

  it('is the base: the head can neither switch it off nor waive it', () => {
    for (const own of [{ 'policy-change': 'off' }, { 'policy-change': 'warning' }]) {
      const { code, own: found } = ci(weakened(story(), own));
      expect(code).toBe(1);
      expect(found.map(({ severity }) => severity)).toEqual(['error', 'error']);
    }
    const waivers = [{ rule: 'policy-change', file: '**', reason: 'mine', until: '2027-01-01' }];
    const r = story();
    expect(ci(r.commit('waive', policy(r, { waivers, baseBranch: 'pr' }))).told).toEqual([
      `${file}: baseBranch was develop, is pr`,
      `${file}: waivers: policy-change for ** was nothing, is waived until 2027-01-01`,
    ]);
  });

  it('is the base: it may only warn, waive, or not care', () => {
    const soft = ci(weakened(story({}, { rules: { 'policy-change': 'warning' } }), { 'policy-change': 'warning' }));
    expect([soft.code, soft.own.map(({ severity }) => severity)]).toEqual([0, ['warning']]);
    const waivers = [{ rule: 'policy-change', file, reason: 'we move', until: '2026-12-31' }];
    const waived = story({}, { waivers });
    expect(ci(waived.commit('x', policy(waived, { waivers, baseBranch: 'pr' }))).waived).toMatchObject([
      { rule: 'policy-change' },
    ]);
    expect(ci(weakened(story({}, { rules: { 'policy-change': 'off' } }))).told).toEqual([]);
  });

  it('a push passes with LAYER_POLICY_SKIP, CI does not', () => {
    const r = weakened(story());
    const stdin = `refs/heads/pr ${r.head()} refs/heads/pr ${zero}\n`;
    const env = { LAYER_POLICY_SKIP: 'policy-change' };
    expect(check(r, ['--stage', 'pre-push', 'origin', 'url'], { stdin, env })).toMatchObject({ code: 0, told: [] });
    expect(check(r, ['--stage', 'ci'], { env }).code).toBe(1);
  });
});

describe('what it is compared with', () => {
  it('is where the change began: a base that went on demands nothing of it', () => {
    const r = story().commit('mine', { 'docs/a.md': 'a' });
    r.branch('develop').commit('stricter', policy(r, { rules: { 'archive-age': ['error', { days: 1 }] } }));
    r.branch('pr');
    expect([ci(r).told, ci(r, '--base', 'develop').told]).toEqual([[], []]);
  });

  it('is where --base meets the change, however late --from begins', () => {
    const r = story();
    r.commit('weaken', policy(r, { baseBranch: 'pr' })).commit('later', { 'docs/a.md': 'a' });
    expect(ci(r, '--from', 'HEAD~1').told).toEqual([]);
    expect(ci(r, '--from', 'HEAD~1', '--base', 'develop').told).toEqual([`${file}: baseBranch was develop, is pr`]);
  });

  it('is nothing where there was no policy, no history or no base', () => {
    const r = exampleRepo();
    const text = r.read(file);
    const bare = repo()
      .commit('none', { 'a.txt': 'a' })
      .branch('pr')
      .commit('first', { [file]: text, '.gitignore': '/.build/\n' });
    expect(ci(bare).told).toEqual([]);
    expect(ci(exampleRepo()).told).toEqual([]);
    const orphan = story();
    orphan.git('checkout', '-q', '--orphan', 'other');
    expect(ci(orphan.commit('other', policy(orphan, { baseBranch: 'pr' }))).told).toEqual([]);
  });

  it('a policy that nobody could read may be mended, and a newer tool that the base asks for is asked for', () => {
    const r = exampleRepo();
    const text = r.read(file);
    r.commit('broken', { [file]: '{' })
      .branch('pr')
      .commit('mend', { [file]: text });
    expect(ci(r)).toMatchObject({ code: 0, notices: [expect.stringContaining('cannot be read')] });
    const newer = exampleRepo();
    newer
      .commit('newer', policy(newer, { requires: '>=99.0.0' }))
      .branch('pr')
      .commit('downgrade', { [file]: text });
    expect(ci(newer)).toMatchObject({ code: 2, stderr: expect.stringContaining('') });
  });
});
