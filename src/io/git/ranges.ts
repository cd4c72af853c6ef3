import { failure } from '../../errors.js';
import type { Change, Difference, Git, Oid } from '../../ports.js';
import type { Objects } from './objects.js';
import { type Fed, parseAnswers } from './raw.js';

/** Options that make a diff say the same whatever the user's config is: raw modes and names, no renames, no drivers. */
export const rawDiff = [
  '--raw',
  '-z',
  '--no-abbrev',
  '--no-renames',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--ignore-submodules=none',
];

type Ranges = Pick<Git, 'changes' | 'log' | 'forks'>;

/** What lies between commits. Each question takes one process, however much is asked: names go in as lines. */
export function openRanges(output: (args: string[], input: string) => Promise<Buffer>, objects: Objects): Ranges {
  async function graph(tips: readonly Oid[], not: readonly Oid[], more: string[] = []) {
    if (tips.length === 0) return [];
    const input = [...tips, ...not.map((oid) => `^${oid}`), ''].join('\n');
    const lines = (
      await output(['rev-list', '--topo-order', '--reverse', '--parents', '--stdin', ...more], input)
    ).toString('latin1');
    return lines.split('\n').flatMap((line) => {
      const [oid, ...parents] = line.split(' ');
      return oid ? [{ oid, parents }] : [];
    });
  }

  return {
    async changes(differences) {
      if (differences.length === 0) return [];
      const fed = await Promise.all(differences.map((difference) => feed(difference, objects)));
      // A commit that is fed with another parent keeps it for the rest of the run, so those that keep their own go first.
      const order = [...fed.keys()].sort((a, b) => Number(fed[a]?.commit === null) - Number(fed[b]?.commit === null));
      const lines = order.flatMap((i) => fed[i] ?? []);
      const args = ['diff-tree', '--stdin', '--always', '--root', '-r', '-c', ...rawDiff];
      const answers = parseAnswers(await output(args, lines.map(({ line }) => `${line}\n`).join('')), lines);
      const told: (() => Change[])[] = [];
      for (const [at, i] of order.entries()) told[i] = answers[at] ?? (() => []);
      return told;
    },
    log: (tips, not, remote = null) => graph(tips, not, remote === null ? [] : ['--not', `--remotes=${remote}`]),
    async forks(tips, from) {
      const commits = await graph(tips, from);
      const leaves = new Map<Oid, readonly Oid[]>();
      // Parents come first, so what is not there yet is not there at all: it is part of `from`.
      for (const { oid, parents } of commits) {
        const below = parents.map((parent) => leaves.get(parent) ?? [parent]);
        leaves.set(oid, below.length === 1 ? (below[0] ?? []) : [...new Set(below.flat())]);
      }
      return new Map(tips.map((tip) => [tip, [...(leaves.get(tip) ?? [tip])]]));
    },
  };
}

/** Every repository has this tree, stored or not. */
const emptyTree = {
  sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
};

async function feed(difference: Difference, objects: Objects): Promise<Fed & { line: string }> {
  if ('commit' in difference) {
    const { commit, parents = [] } = difference;
    // The commits after the first stand for its parents.
    return { line: [commit, ...parents].join(' '), head: commit, commit };
  }
  const { from, to } = difference;
  if (from !== null) return { line: `${to} ${from}`, head: to, commit: null };
  const tree = await objects.get(`${to}^{tree}`, 0);
  if (tree === null) throw failure('object-missing', { oid: to });
  const trees = `${tree.oid.length === 40 ? emptyTree.sha1 : emptyTree.sha256} ${tree.oid}`;
  return { line: trees, head: trees, commit: null };
}
