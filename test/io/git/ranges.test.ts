import { afterAll, describe, expect, it } from 'vitest';
import { readGit } from '../../../src/io/git/read.js';
import type { Git } from '../../../src/ports.js';
import { exampleRepo } from '../../kit/example.js';
import { type Repo, repo } from '../../kit/repo.js';

const opened: (Git & { close(): void })[] = [];
afterAll(() => {
  for (const git of opened) git.close();
});

function gitOf(r: Repo) {
  const git = readGit({ cwd: r.dir, vars: r.env });
  opened.push(git);
  return git;
}

/** A history in which every commit has one or two parents among those before it, and sometimes none. */
function tangle(r: Repo, size: number): string[] {
  const tree = r.feed('', 'mktree');
  const commits: string[] = [];
  // A fixed sequence that looks like chance: the same tangle in every run.
  let state = 7;
  const pick = (below: number) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
  for (let i = 0; i < size; i++) {
    const parents = i === 0 || pick(20) === 0 ? [] : [commits[pick(i)], ...(pick(3) === 0 ? [commits[pick(i)]] : [])];
    commits.push(
      r.git('commit-tree', tree, '-m', `${i}`, ...[...new Set(parents)].flatMap((one) => ['-p', one ?? ''])),
    );
  }
  return commits;
}

describe('forks', () => {
  it('are the merge base wherever they are one, and hold git’s choice wherever they are several', async () => {
    const r = repo().commit('init');
    const commits = tangle(r, 120);
    const git = gitOf(r);
    let several = 0;
    for (const against of [commits[20], commits[60], commits[119]]) {
      const tips = commits.slice(30);
      const found = await git.forks(tips, [against ?? '']);
      for (const tip of tips) {
        const forks = found.get(tip) ?? [];
        const all = r
          .tryGit('merge-base', '--all', against ?? '', tip)
          .stdout.split('\n')
          .filter(Boolean);
        if (forks.length <= 1) expect(forks).toEqual(all);
        else {
          several++;
          expect(forks).toEqual(expect.arrayContaining(all));
        }
      }
    }
    expect(several).toBeGreaterThan(5);
  });
});

describe('changes', () => {
  it.each(['sha1', 'sha256'] as const)('of a %s repository are told in the order asked', async (objectFormat) => {
    const r = repo({ objectFormat }).commit('init', { 'a.txt': 'a' });
    const first = r.head();
    r.branch('side').commit('side', { 'b.txt': 'b' });
    const side = r.head();
    r.branch('develop').commit('main', { 'c.txt': 'c' }).merge('side');
    const merged = r.head();
    r.commit('nothing');
    const told = await gitOf(r).changes([
      { from: first, to: merged },
      { commit: merged },
      { from: null, to: merged },
      { commit: r.head() },
      { commit: side },
      { from: null, to: first },
      { from: merged, to: merged },
      { commit: first },
      { from: side, to: first },
    ]);
    const short = told.map((changes) =>
      changes().map(({ status, path, commit }) => `${status} ${path} ${commit ?? '-'}`),
    );
    expect(short).toEqual([
      ['A b.txt -', 'A c.txt -'],
      [],
      ['A a.txt -', 'A b.txt -', 'A c.txt -'],
      [],
      [`A b.txt ${side}`],
      ['A a.txt -'],
      [],
      [`A a.txt ${first}`],
      ['D b.txt -'],
    ]);
  });

  it('fail where git has not told all of them', async () => {
    const r = exampleRepo();
    await expect(gitOf(r).changes([{ commit: r.head() }, { commit: 'a'.repeat(40) }])).rejects.toMatchObject({
      exit: 4,
    });
  });
});

it('a revision that stands for many commits is none', async () => {
  const git = gitOf(exampleRepo().commit('two'));
  for (const rev of ['^HEAD', 'HEAD..HEAD~1', 'HEAD^@', '--all', '--output=pwn', 'HEAD:VERSION', 'HEAD^{tree}', ''])
    expect([rev, await git.commit(rev)]).toEqual([rev, null]);
  expect(await git.commit('HEAD~1')).toMatch(/^[0-9a-f]{40}$/);
});
