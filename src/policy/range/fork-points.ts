import type { Git, Oid } from '../../ports.js';
import { distinct } from './tell.js';

/**
 * The merge base of `against` with each tip; null where they share nothing. One process tells those that leave its
 * history at one commit; where a branch has brought it in again, git chooses among the commits in question.
 */
export async function forkPoints(git: Git, against: Oid, tips: readonly Oid[]): Promise<Map<Oid, Oid | null>> {
  if (tips.length === 1)
    return new Map(await Promise.all(tips.map(async (tip) => [tip, await git.mergeBase(against, tip)] as const)));
  const chosen = new Map<string, Promise<Oid | null>>();
  const points = new Map<Oid, Oid | null>();
  for (const [tip, forks] of await git.forks(tips, [against])) {
    const [first = null, ...more] = forks;
    if (more.length === 0) points.set(tip, first);
    else {
      const choice = chosen.get(String(forks)) ?? git.mergeBase(against, tip);
      chosen.set(String(forks), choice);
      points.set(tip, await choice);
    }
  }
  return points;
}

/** As above where each tip has a commit of its own to be compared with: what the remote has of it by now. */
export async function ownForkPoints(git: Git, before: ReadonlyMap<Oid, Oid>): Promise<Map<Oid, Oid | null>> {
  const tips = [...before.keys()];
  const points = new Map<Oid, Oid | null>();
  for (const [tip, forks] of await git.forks(tips, distinct([...before.values()]))) {
    const own = before.get(tip) ?? tip;
    const [first = null, ...more] = forks;
    points.set(tip, forks.includes(own) ? own : more.length === 0 ? first : await git.mergeBase(own, tip));
  }
  return points;
}
