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
    return new Map(
      ranges.map((range, i) => [
        range,
        {
          changes: () => told[log.length + i]?.() ?? [],
          history: () => shares[i]?.flatMap((at) => told[at]?.() ?? []) ?? [],
        },
      ]),
    );
  });
  return (range) => ({
    changes: async () => (await learnt()).get(range)?.changes() ?? [],
    history: async () => (await learnt()).get(range)?.history() ?? [],
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

/** The places in `log` of what each range reaches of it, in its order, and without what its key has taken already. */
function share(log: readonly Logged[], ranges: readonly Range[]): number[][] {
  const places = new Map(log.map(({ oid }, at) => [oid, at]));
  const taken = new Map<unknown, Set<number>>();
  return ranges.map(({ to, key }) => {
    const before = taken.get(key) ?? new Set();
    taken.set(key, before);
    const mine: number[] = [];
    for (const next = [to]; next.length > 0; ) {
      const at = places.get(next.pop() ?? '');
      if (at === undefined || before.has(at)) continue;
      before.add(at);
      mine.push(at);
      next.push(...(log[at]?.parents ?? []));
    }
    return mine.sort((a, b) => a - b);
  });
}

export function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
