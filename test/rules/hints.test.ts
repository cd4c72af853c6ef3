import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { type Repo, symlink } from '../kit/repo.js';

const active = 'layer_management/active';
const archive = 'layer_management/archive';

function findings(r: Repo, rule: string) {
  const args = ['check', '--json', '--stage', 'pre-commit', '--now', '2026-01-31', '--rule', rule];
  return (run(r.dir, args, { env: r.env }).json() as { findings: { hint: string }[] }).findings;
}

/** Whatever the hint says, the command in it is run as it is copied, and then the rule is content. */
it.each([
  ['no-build-commits', { '.build/x y': 'x' }],
  ['no-build-commits', { '.BUILD': symlink('/tmp') }],
  ['no-build-commits', { '.gitignore': '*.pyc' }],
  ['no-root-arn', { 'arn.txt': 'x' }],
  ['no-stray-zips', { 'docs/x y.zip': 'x' }],
  ['semver-naming', { [`${archive}/2026-01/layer v6.zip`]: 'x' }],
  ['archive-age', { [`${archive}/2020-01/inbox-core-0.1.0.zip`]: 'x' }],
  ['archive-age', { [`${archive}/v18/inbox-core-0.1.0.zip`]: 'x', [`${archive}/2026-01/README.md`]: 'x' }],
  ['archive-age', { [`${archive}/inbox-core-0.1.0.zip`]: 'x' }],
  ['layer-layout', { [`${active}/stray/a`]: 'x' }],
  ['layer-layout', Object.fromEntries([1, 2, 3, 4, 5].map((i) => [`${active}/inbox-core/${i}.txt`, 'x']))],
  ['layer-layout', { [`${active}/inbox-core/python/a.py`]: 'x', [`${active}/inbox-core/python/b.py`]: 'x' }],
  ['layer-layout', { 'layer_management/experimental/x': 'x' }],
])('the command that %s prints does what it says: %j', (rule, files) => {
  const r = exampleRepo().stage(files);
  const before = findings(r, rule);
  expect(before).toHaveLength(1);
  const command = /(?:mkdir|git (?:rm|mv)|printf) [^\n]*?(?=; |, or |$)/.exec(before[0]?.hint ?? '')?.[0] ?? 'false';
  const done = spawnSync('sh', ['-c', command], { cwd: r.dir, env: r.env });
  expect([command, done.stderr.toString()]).toEqual([command, '']);
  if (rule === 'no-build-commits') r.git('add', '.gitignore');
  expect(findings(r, rule)).toEqual([]);
  expect(r.read('.gitignore')).not.toMatch(/\*\.pyc\S/);
});
