import { describe, expect, it } from 'vitest';
import { exampleRepo } from '../../kit/example.js';
import { record } from '../../kit/record.js';
import type { Repo } from '../../kit/repo.js';

const zero = '0'.repeat(40);

/** A clone, with a bare repository behind it as it is pushed to. */
function clone(): Repo {
  return exampleRepo().commit('two', { 'docs/a.md': 'a' }).clone();
}

/** `count` branches of one commit each, made without a work tree; every tenth is made of a newer base and a merge of it. */
function branches(r: Repo, count: number, bad: readonly number[] = []): string[] {
  const file = r.feed('x', 'hash-object', '-w', '--stdin');
  const commit = (tree: string, ...parents: string[]) =>
    r.git('commit-tree', tree, '-m', 'x', ...parents.flatMap((parent) => ['-p', parent]));
  const treeWith = (base: string, path: string) => {
    r.git('read-tree', base);
    r.git('update-index', '--add', '--cacheinfo', `100644,${file},${path}`);
    return r.git('write-tree');
  };
  const base = r.head('origin/develop');
  const old = r.head('origin/develop~1');
  const good = treeWith(base, 'docs/x.md');
  const wrong = treeWith(base, '.build/x');
  r.git('read-tree', 'HEAD');
  return Array.from({ length: count }, (_, i) => {
    const first = commit(bad.includes(i) ? wrong : good, i % 3 === 0 ? old : base);
    return i % 10 === 0 ? commit(good, first, base) : commit(bad.includes(i) ? wrong : good, first);
  });
}

function push(r: Repo, tips: string[], before = tips.map(() => zero)) {
  const stdin = tips.map((tip, i) => `refs/heads/b${i} ${tip} refs/heads/b${i} ${before[i]}\n`).join('');
  const args = ['check', '--stage', 'pre-push', '--json', '--now', '2026-01-31', 'origin', 'url'];
  const done = record(r, args, { stdin });
  const { findings, base, notices } = done.json() as {
    findings: { file: string; commit: string | null }[];
    base: string;
    notices: string[];
  };
  const verbs = done.started.map(
    (line) => /\b(cat-file|diff-tree|for-each-ref|rev-list|merge-base|ls-tree|rev-parse)\b/.exec(line)?.[0],
  );
  return { code: done.code, verbs: verbs.sort(), findings, base, notices };
}

describe('a push of many refs', () => {
  it('takes as many processes with five hundred refs as with two', () => {
    const r = clone();
    const tips = branches(r, 500, [499]);
    const few = push(r, tips.slice(1, 3));
    expect([few.code, few.verbs]).toEqual([0, ['cat-file', 'diff-tree', 'rev-list', 'rev-list']]);
    const many = push(r, tips);
    expect([many.code, many.findings.map(({ file }) => file)]).toEqual([1, ['.build/x']]);
    // Fifty of them have merged the base branch: which of the two commits counts is one question for all.
    expect(many.verbs).toEqual(['cat-file', 'diff-tree', 'merge-base', 'rev-list', 'rev-list']);
  });

  it('takes as many where there is no base branch, each against what the remote has of it', () => {
    const r = clone();
    const tips = branches(r, 60, [59]).filter((_, i) => i % 10 !== 0);
    r.git('checkout', '-q', '--detach');
    r.git('branch', '-q', '-D', 'develop');
    r.git('remote', 'remove', 'origin');
    const before = tips.map((tip) => r.head(`${tip}~1`));
    const { code, verbs } = push(r, tips, before);
    expect([code, verbs]).toEqual([0, ['cat-file', 'diff-tree', 'rev-list', 'rev-list']]);
    before[before.length - 1] = zero;
    expect(push(r, tips, before).findings).toMatchObject([{ file: '.build/x', commit: r.head(`${tips.at(-1)}~1`) }]);
  });

  it('takes no more where each names itself as its base', () => {
    const r = clone();
    const policy = JSON.parse(r.read('.layerpolicyrc.json'));
    const tips = Array.from({ length: 30 }, (_, i) => {
      const own = JSON.stringify({ ...policy, baseBranch: `own-${i}` });
      const file = r.feed(own, 'hash-object', '-w', '--stdin');
      r.git('read-tree', 'origin/develop');
      r.git('update-index', '--cacheinfo', `100644,${file},.layerpolicyrc.json`);
      const tip = r.git('commit-tree', r.git('write-tree'), '-m', 'x', '-p', 'origin/develop');
      r.git('update-ref', `refs/remotes/origin/own-${i}`, tip);
      return r.git('commit-tree', `${tip}^{tree}`, '-m', 'child', '-p', tip);
    });
    const { code, verbs, findings } = push(r, tips);
    expect([code, findings.length]).toEqual([1, 30]);
    // A changed policy asks every layer for its release, and so for the tags.
    expect(verbs).toEqual(['cat-file', 'diff-tree', 'for-each-ref', 'rev-list', 'rev-list']);
  });

  it('judges one commit under many names once', () => {
    const r = clone();
    const [tip = ''] = branches(r, 1, [0]);
    const { code, verbs, findings } = push(r, [tip, tip, tip]);
    expect([code, findings.length, verbs]).toEqual([1, 1, ['cat-file', 'diff-tree', 'merge-base', 'rev-list']]);
  });

  it('judges what two of them share by the policy of each', () => {
    const r = clone();
    const lenient = { ...JSON.parse(r.read('.layerpolicyrc.json')), rules: { 'no-build-commits': 'off' } };
    r.commit('bad', { '.build/x': 'x' }).branch('strict').commit('fine', { 'docs/s.md': 's' });
    r.branch('lenient', 'develop').commit('loosen', { '.layerpolicyrc.json': JSON.stringify(lenient) });
    const args = ['check', '--stage', 'pre-push', '--json', '--rule', 'no-build-commits', 'origin', 'url'];
    for (const order of [
      ['lenient', 'strict'],
      ['strict', 'lenient'],
    ]) {
      const stdin = order.map((name) => `refs/heads/${name} ${r.head(name)} refs/heads/${name} ${zero}\n`).join('');
      const { code, json } = record(r, args, { stdin });
      expect([code, json()]).toMatchObject([1, { findings: [{ file: '.build/x', commit: r.head('develop') }] }]);
    }
  });
});
