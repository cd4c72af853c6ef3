import { failure } from '../../errors.js';
import type { Git, Oid } from '../../ports.js';
import type { BaseTip } from '../base.js';
import { forkPoints, ownForkPoints } from './fork-points.js';

/** What a pushed commit is compared with. */
export interface Against {
  to: Oid;
  /** The base branch. */
  tip: BaseTip | null;
  /** What the remote has of it by now. */
  before: Oid | null;
}

/** Where each begins. A base branch of this clone alone may be the very thing that is pushed: then `before` counts. */
export async function pushBases(git: Git, pushed: readonly Against[]): Promise<Map<Oid, Oid | null>> {
  const byTip = new Map<Oid, Oid[]>();
  const befores = new Map<Oid, Oid>();
  for (const { to, tip, before } of pushed) {
    if (tip !== null && !(tip.local && tip.commit === to))
      byTip.set(tip.commit, [...(byTip.get(tip.commit) ?? []), to]);
    else if (before !== null) befores.set(to, before);
  }
  const bases = await ownForkPoints(git, befores);
  for (const [tip, tos] of byTip) for (const [to, base] of await forkPoints(git, tip, tos)) bases.set(to, base);
  const lost = [...bases].find(([, base]) => base === null);
  if (lost !== undefined && (await git.isShallow())) {
    throw failure('shallow', { need: `lead from ${lost[0].slice(0, 7)} back to what it is compared with` });
  }
  return bases;
}
