import { failure } from '../../errors.js';
import { once } from '../../layer/once.js';
import type { CommitInfo, Difference, Git, Oid } from '../../ports.js';
import type { Subject } from '../subject.js';

export interface Range {
  /** null: from nothing. */
  from: Oid | null;
  to: Oid;
  /** Of ranges with one key, a commit that several share is told in the first of them. */
  key: unknown;
}

/** What others have already; no commit of it is told. */
export interface Known {
  commits: readonly Oid[];
  /** All that is known of this remote. */
  remote: string | null;
}

/**
 * What each range changes and brings. One walk and one diff for all of them, made when the first is asked; nothing of it
 * is kept, since hundreds of ranges are judged one after the other.
 */
export function tell(
  git: Git,
  ranges: readonly Range[],
  known: Known,
): (range: Range) => Pick<Subject, 'changes' | 'history'> {
  const learnt = once(async () => {
    const log = await git.log(distinct(ranges.map(({ to }) => to)), known.commits, known.remote);
    const own = await Promise.all(log.map((commit) => differenceOf(git, commit, known)));
    const told = await git.changes([...own, ...ranges]);
    const shares = share(log, ranges);
    return {
      changes: (range: Range) => told.slice(log.length).filter((_, i) => ranges[i] === range),
      history: (range: Range) => told.filter((_, at) => shares.get(range)?.has(at)),
    };
  });
  return (range) => ({
    changes: async () => (await learnt()).changes(range).flatMap((changes) => changes()),
    history: async () => (await learnt()).history(range).flatMap((changes) => changes()),
  });
}

/**
 * Where a shallow clone ends, a commit looks as if it came after nothing, and brought all that it holds. Its parents are
 * written in it: one that others have already is as good here as in a whole clone.
 */
async function differenceOf(git: Git, { oid, parents }: Logged, known: Known): Promise<Difference> {
  if (parents.length > 0) return { commit: oid };
  const written = (await git.commitInfo(oid)).parents;
  if (!written.every((parent) => known.commits.includes(parent))) {
    throw failure('shallow', { need: `come before ${oid.slice(0, 7)}` });
  }
  return { commit: oid, parents: written };
}

type Logged = Pick<CommitInfo, 'oid' | 'parents'>;

/** The places in `log` of what each range reaches of it, without what its key has taken already. */
function share(log: readonly Logged[], ranges: readonly Range[]): Map<Range, Set<number>> {
  const places = new Map(log.map(({ oid, parents }, at) => [oid, { at, parents }]));
  const taken = new Map<unknown, Set<number>>();
  return new Map(
    ranges.map((range) => {
      const before = taken.get(range.key) ?? new Set();
      taken.set(range.key, before);
      const mine = new Set<number>();
      const reached = [range.to];
      for (const oid of reached) {
        const commit = places.get(oid);
        if (commit === undefined || before.has(commit.at)) continue;
        before.add(commit.at);
        mine.add(commit.at);
        reached.push(...commit.parents);
      }
      return [range, mine];
    }),
  );
}

export function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
