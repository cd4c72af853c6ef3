import { expect, it } from 'vitest';
import { run } from '../../kit/cli.js';
import { exampleRepo } from '../../kit/example.js';
import type { Repo } from '../../kit/repo.js';

function findings(r: Repo, ...args: string[]) {
  const { findings } = run(r.dir, ['check', '--json', '--rule', 'safe-paths', ...args], { env: r.env }).json() as {
    findings: { file: string; message: string }[];
  };
  return findings.map(({ file, message }) => `${file}: ${message}`);
}

it('six thousand files added to one folder are compared in the time of a commit', () => {
  const added = Array.from({ length: 6001 }, (_, i) => [`big/${i}.txt`, ''] as const);
  const r = exampleRepo().stage({ ...Object.fromEntries(added), 'big/A.txt': '', 'big/a.txt': '' });
  const started = performance.now();
  expect(findings(r, '--stage', 'pre-commit')).toHaveLength(2);
  expect(performance.now() - started).toBeLessThan(5000);
}, 20_000);

it('a name that a tree has twice is one path for two contents', () => {
  const r = exampleRepo();
  const from = r.head();
  const blob = r.feed('other', 'hash-object', '-w', '--stdin');
  const tree = r.feed(`${r.git('ls-tree', 'HEAD')}\n100644 blob ${blob}\tREADME.md\n`, 'mktree');
  r.git('reset', '-q', '--soft', r.git('commit-tree', '-m', 'twice', '-p', 'HEAD', tree));
  const said = 'README.md: stands twice in its folder; which of the two is read is a guess';
  expect(findings(r, '--stage', 'all')).toEqual([said]);
  expect(findings(r, '--from', from)).toEqual([said]);
});

it('thousands of new folders are no more work than their files', () => {
  const added = Array.from({ length: 3000 }, (_, i) => [`big/${i}/a.txt`, ''] as const);
  const r = exampleRepo().stage({ ...Object.fromEntries(added), 'big/X/a.txt': '', 'big/x/a.txt': '' });
  const started = performance.now();
  expect(findings(r, '--stage', 'pre-commit')).toHaveLength(2);
  expect(performance.now() - started).toBeLessThan(1500);
}, 20_000);
