import { expect, it } from 'vitest';
import { collisions } from '../../../src/policy/facts/collisions.js';
import { run } from '../../kit/cli.js';
import { exampleRepo } from '../../kit/example.js';
import type { Repo } from '../../kit/repo.js';

function findings(r: Repo, ...args: string[]) {
  const { findings } = run(r.dir, ['check', '--json', '--rule', 'safe-paths', ...args], { env: r.env }).json() as {
    findings: { file: string; message: string }[];
  };
  return findings.map(({ file, message }) => `${file}: ${message}`);
}

it('ten thousand files added to one folder are compared, which pair by pair would not end in time', () => {
  const added = Array.from({ length: 10_000 }, (_, i) => [`big/${i}.txt`, ''] as const);
  const r = exampleRepo().stage({ ...Object.fromEntries(added), 'big/A.txt': '', 'big/a.txt': '' });
  expect(findings(r, '--stage', 'pre-commit')).toHaveLength(2);
});

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

it('thousands of new folders are no more work than their files: each is read once', async () => {
  const folders = [...Array.from({ length: 3000 }, (_, i) => `${i}`), 'X', 'x'];
  const asked: string[] = [];
  const tree = {
    commit: null,
    async names(folder: string) {
      asked.push(folder);
      return folder === '' ? ['big'] : folder === 'big' ? folders : ['a.txt'];
    },
    entry: async () => null,
    list: async (folder: string) => (folders.includes(folder.slice('big/'.length)) ? [folder] : []),
  };
  const changes = async () => folders.map((name) => ({ path: `big/${name}/a.txt`, status: 'A' }));
  const context = { subject: { whole: false, tree, changes } } as unknown as Parameters<typeof collisions.learn>[0];
  expect(await collisions.learn(context)).toEqual([
    { path: 'big/X', other: 'big/x' },
    { path: 'big/x', other: 'big/X' },
  ]);
  expect(asked.sort()).toEqual(['', 'big', ...folders.map((name) => `big/${name}`)].sort());
});
