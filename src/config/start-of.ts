import { globMatcher } from '../layer/glob.js';
import { once } from '../layer/once.js';
import { type BaseTip, baseTip } from '../policy/base.js';
import type { StartOf } from '../policy/range/start.js';
import type { Env } from '../ports.js';
import { protectedBranch } from './protected.js';

/**
 * Where a change begins of which only its own policy says so. Whoever pushes a branch can name any branch there, one of his
 * own too, and would then be compared with himself. So what counts is the protected branch, and what that one calls a
 * maintenance branch. Where it has no policy there is nothing to hold a change to, and the change's own word counts.
 */
export function startOf(env: Env): StartOf {
  const ours = once(() => protectedBranch(env));
  return async (named) => {
    const [tip, known] = await Promise.all([baseTip(env.git, named), ours()]);
    const believed = (one: BaseTip | null) => ({ tip: one, notice: null });
    if (known === null) return believed(tip);
    if (named === null || tip?.commit === known.tip.commit) return believed(known.tip);
    if (tip === null) return believed(known.isWhole ? known.tip : null);
    const { maintenanceBranches } = known.policy;
    if (tip.local === known.tip.local && globMatcher(maintenanceBranches)(named)) return believed(tip);
    const notice = `Compared with ${known.tip.name}, and not with ${named}, which only the judged policy calls a base. To make it one, add "maintenanceBranches": ["${named}"] to the policy of ${known.tip.name}.`;
    return { tip: known.tip, notice };
  };
}
