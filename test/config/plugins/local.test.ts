import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../kit/cli.js';
import { type Story, symlink } from '../../kit/repo.js';
import { tempFolder } from '../../kit/temp.js';
import { check, file, plugin, story, withPolicy } from './plugin.js';

it('a rule of the repository itself runs at all and at the hooks', () => {
  const r = story().commit('note', { 'a.note': 'x' });
  expect(check(r, '--stage', 'all')).toMatchObject({ code: 1, rules: ['acme/no-notes a.note'], notices: [] });
  r.stage({ 'b.note': 'x' });
  expect(check(r, '--stage', 'pre-commit')).toMatchObject({ code: 1, rules: ['acme/no-notes b.note'] });
  const pushed = `refs/heads/x ${r.head()} refs/heads/x ${'0'.repeat(40)}\n`;
  const push = run(r.dir, ['check', '--stage', 'pre-push', '--json'], { env: r.env, stdin: pushed });
  expect([push.code, push.stdout]).toEqual([1, expect.stringContaining('acme/no-notes')]);
});

it('its code is read from the judged tree, never from the work tree', () => {
  const r = story().stage({ 'a.note': 'x', 'a.memo': 'x', 'policy/rules.mjs': plugin({ ending: '.memo' }) });
  r.write({ 'policy/rules.mjs': 'throw new Error("not staged")' });
  expect(check(r, '--stage', 'pre-commit').rules).toEqual(['acme/no-notes a.memo']);
  r.remove('policy/rules.mjs');
  expect(check(r, '--stage', 'pre-commit').rules).toEqual(['acme/no-notes a.memo']);
  expect(check(r, '--stage', 'all').rules).toEqual([]);
});

it('works in a linked worktree, in a subfolder, and leaves nothing behind', () => {
  const r = story().commit('note', { 'docs/a.note': 'x' });
  const temporary = tempFolder('tmp');
  expect(check(r.worktree('other'), '--stage', 'all').rules).toEqual(['acme/no-notes docs/a.note']);
  const inside = run(join(r.dir, 'docs'), ['check', '--stage', 'all'], { env: { ...r.env, TMPDIR: temporary } });
  expect([inside.stdout, readdirSync(temporary)]).toEqual([expect.stringContaining('acme/no-notes'), []]);
});

it('imports nothing of the work tree', () => {
  const r = story(`import 'helper';\n${plugin()}`).write({
    'node_modules/helper/index.js': '',
    'node_modules/helper/package.json': '{}',
  });
  const { code, stderr } = check(r, '--stage', 'all');
  expect([code, stderr]).toEqual([2, expect.stringContaining("Cannot find package 'helper'")]);
});

it('a change of its code is judged by all that the new code asks to see', () => {
  const r = story();
  const more = `facts: ['versionFile'],
  *check({ versionFile }) {
    for (const { key } of versionFile.declared) yield { message: 'note', file: 'VERSION', about: key, data: { name: key } };
  },`;
  r.stage({ 'policy/rules.mjs': plugin({ more }) });
  const staged = check(r, '--stage', 'pre-commit').rules;
  r.commit('changed');
  expect(staged.length).toBeGreaterThan(1);
  expect(check(r, '--stage', 'all').rules).toEqual(staged);
});

it.each([
  ['a link', { 'policy/rules.mjs': symlink('/tmp/x.mjs') }, 'it is a link or a submodule, not a file'],
  ['a link on the way to it', { 'policy/rules.mjs': null, policy: symlink('/tmp') }, 'no such file in the judged tree'],
  ['nothing', { 'policy/rules.mjs': null }, 'no such file in the judged tree (git add it)'],
  ['too much', { 'policy/rules.mjs': `//${'x'.repeat(1024 * 1024)}` }, 'larger than 1 MiB'],
])('%s in its place is refused', (_, files, problem) => {
  const r = story();
  r.git('rm', '-q', '-r', 'policy');
  const { 'policy/rules.mjs': removed = null, ...others } = files as Story;
  r.commit('replace', removed === null ? others : files);
  const { code, stderr } = check(r, '--stage', 'all');
  expect([code, stderr]).toEqual([2, expect.stringContaining(problem)]);
});

it.each([
  ['/etc/x.mjs'],
  ['../x.mjs'],
  ['./a/../x.mjs'],
  ['./policy/rules.js'],
  ['./policy/rules.ts'],
  ['http://example.com/x.mjs'],
  ['file:///x.mjs'],
  ['data:text/javascript,export const rules=[]'],
  ['./a\\b.mjs'],
])('%s is no plugin', (name) => {
  const r = story();
  r.commit('name', withPolicy(r, {}, [name]));
  const { code, stderr } = check(r, '--stage', 'all');
  expect([code, stderr]).toEqual([2, expect.stringContaining('neither a file of this repository')]);
});

describe('what users do with a rule they do with this one', () => {
  it('severity, options, instances, overrides, waivers, --rule, explain, rules', () => {
    const r = story(plugin(), {
      rules: { 'acme/no-notes': ['warning', { but: 'a.note' }], memos: { use: 'acme/no-notes' } },
      overrides: [{ paths: ['old/**'], rules: { memos: 'off', 'acme/no-notes': 'error' } }],
      waivers: [{ rule: 'acme/no-notes', file: 'w.note', reason: 'x', until: '2999-01-01' }],
    }).commit('notes', { 'a.note': 'x', 'b.note': 'x', 'old/c.note': 'x', 'w.note': 'x' });
    const { findings, waived } = check(r, '--stage', 'all').json() as Record<string, Record<string, string>[]>;
    expect(findings?.map(({ rule, severity, file }) => `${severity} ${rule} ${file}`)).toEqual([
      'error memos a.note',
      'warning acme/no-notes b.note',
      'error memos b.note',
      'error acme/no-notes old/c.note',
      'error memos w.note',
    ]);
    expect(waived?.map(({ file }) => file)).toEqual(['w.note']);
    expect(check(r, '--stage', 'all', '--rule', 'acme/no-notes').rules).toHaveLength(2);
    expect(run(r.dir, ['explain', 'acme/no-notes'], { env: r.env }).stdout).toContain(`brought by plugin ${file}`);
    expect(run(r.dir, ['rules'], { env: r.env }).stdout).toMatch(/acme\/no-notes +warning +Notes stay at home/);
    r.stage({ 'd.note': 'x' });
    const skipping = r.with({ LAYER_POLICY_SKIP: 'acme/no-notes,memos' });
    expect(check(skipping, '--stage', 'pre-commit').code).toBe(0);
  });

  it.each(['sarif', 'junit', 'github', 'gitlab', 'markdown'])('%s reports it', (format) => {
    const r = story().commit('note', { 'a.note': 'x' });
    const { code, stdout } = run(r.dir, ['check', '--stage', 'all', '--format', format], { env: r.env });
    expect([code, stdout]).toEqual([1, expect.stringContaining('acme/no-notes')]);
  });

  it.each([
    [{ rules: { 'acme/no-notes': ['error', { but: 3 }] } }, 'rules.acme/no-notes options.but must be string'],
    [{ rules: { 'acme/no-notes': ['error', { bud: 'x' }] } }, 'options has an unknown key "bud"; did you mean "but"?'],
    [{ rules: { 'acme/no-note': 'error' } }, 'a rule that no plugin here brings; did you mean "acme/no-notes"?'],
    [{ rules: { 'no-notes': 'error' } }, 'which is no rule'],
    [
      { waivers: [{ rule: 'acme/notes', file: 'x', reason: 'x', until: '2999-01-01' }] },
      'waivers.0.rule names "acme/notes"',
    ],
    [{ overrides: [{ paths: ['x'], rules: { 'acme/notes': 'off' } }] }, 'overrides.0.rules.acme/notes names'],
  ])('%j is refused', (more, problem) => {
    const { code, stderr } = check(story(plugin(), more), '--stage', 'all');
    expect([code, stderr]).toEqual([2, expect.stringContaining(problem)]);
  });
});
