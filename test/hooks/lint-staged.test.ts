import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, withCli } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { exec, type Repo } from '../kit/repo.js';

const require = createRequire(import.meta.url);
const program = join(dirname(require.resolve('lint-staged/package.json')), 'bin/lint-staged.js');
const husky = `#!/bin/sh\nexec '${process.execPath}' '${program}'\n`;

/** lint-staged as its own documentation has it: run by a hook of git, set up by a file at the root. */
function through(config: string, r: Repo): Repo {
  r.commit('lint-staged', { 'lint-staged.config.mjs': config, 'package.json': '{"type":"module"}\n' });
  return r.write({ '.git/hooks/pre-commit': exec(husky) });
}

const recipe = "export default { '*': () => 'layer-policy check --stage pre-commit' };\n";
const withPaths = "export default { '*': 'layer-policy check --stage pre-commit' };\n";
const told = (r: Repo) => {
  const { code, stdout, stderr } = r.tryGit('commit', '-m', 'x');
  return { code, rules: [...`${stdout}${stderr}`.matchAll(/✖ ([a-z-]+) {2}/g)].map(([, id]) => id) };
};

describe.each([
  ['the recipe', recipe],
  ['the same with the paths that lint-staged passes', withPaths],
])('%s', (_, config) => {
  it('refuses what is wrong with a staged file, by a name a shell could stumble over', () => {
    const r = through(config, withCli(exampleRepo()));
    r.stage({ "it's_arn.txt": 'arn' });
    expect(told(r)).toEqual({ code: 1, rules: ['no-root-arn'] });
    r.git('reset', '-q', '--hard');
    r.stage({ 'notes.md': 'fine\n' });
    expect(told(r)).toEqual({ code: 0, rules: [] });
  });

  it('judges what is staged, and leaves what is not as it was', () => {
    const r = through(config, withCli(exampleRepo()));
    r.stage({ 'notes.md': 'staged\n' }).write({ 'notes.md': 'staged\nand not\n', 'x_arn.txt': 'not staged' });
    expect(told(r)).toEqual({ code: 0, rules: [] });
    expect(r.git('show', 'HEAD:notes.md')).toBe('staged');
    expect(r.read('notes.md')).toBe('staged\nand not\n');
    expect(r.exists('x_arn.txt')).toBe(true);
  });
});

/** A change of the source without its version: what is wrong is told of VERSION, which is not staged. */
const unraised = (config: string) =>
  through(config, withCli(exampleRepo())).branch('topic').stage({ 'src_v2/inbox_core/item.py': 'x = 1\n' });

it('the recipe refuses what a staged file lacks elsewhere', () => {
  const r = unraised(recipe);
  expect(told(r)).toEqual({ code: 1, rules: ['version-bump'] });
  r.stage({ VERSION: r.read('VERSION').replace('INBOX_CORE_VERSION=1.0.0', 'INBOX_CORE_VERSION=1.0.1') });
  expect(told(r)).toEqual({ code: 0, rules: [] });
});

it('with paths that is not told at the commit, but it is said that something is not, and the push refuses it', () => {
  const r = unraised(withPaths);
  const check = run(r.dir, ['check', '--stage', 'pre-commit', 'src_v2/inbox_core/item.py'], { env: r.env });
  expect([check.code, check.stdout]).toEqual([0, expect.stringContaining('One finding on another path is not told.')]);
  expect(told(r)).toEqual({ code: 0, rules: [] });
  const whole = run(r.dir, ['check', '--from', 'develop', '--json'], { env: r.env });
  expect(whole.json()).toMatchObject({ ok: false, findings: [{ rule: 'version-bump', file: 'VERSION' }] });
});
