import { exitCodes, isFailure } from '../errors.js';
import type { Declarations } from '../layer/declarations.js';
import { globMatcher } from '../layer/glob.js';
import { once } from '../layer/once.js';
import { type BaseTip, baseTip } from '../policy/base.js';
import type { StartOf } from '../policy/range/start.js';
import type { Env, Tree } from '../ports.js';
import { policyIn } from './load.js';

/**
 * Where a change begins of which only its own policy says so. Whoever pushes a branch can name any branch there, one of his
 * own too, and would then be compared with himself. So what counts is the protected branch, and what that one calls a
 * maintenance branch. Where it has no policy there is nothing to hold a change to, and the change's own word counts.
 */
export function startOf(env: Env): StartOf {
  const ours = once(() => protectedBranch(env));
  return async (named) => {
    const [tip, known] = await Promise.all([baseTip(env.git, named), ours()]);
    const believed = (one: BaseTip | null) => ({ tip: one, named: tip, notice: null });
    if (known === null) return believed(tip);
    if (named === null || tip?.commit === known.tip.commit) return believed(known.tip);
    if (tip === null) return believed(known.isWhole ? known.tip : null);
    const { maintenanceBranches } = known.policy;
    if (tip.local === known.tip.local && globMatcher(maintenanceBranches)(named)) return believed(tip);
    const notice = `Compared with ${known.tip.name}, and not with ${named}, which only the judged policy calls a base. To make it one, add "maintenanceBranches": ["${named}"] to the policy of ${known.tip.name}.`;
    return { tip: known.tip, named: tip, notice };
  };
}

/** The tip of the remote's default branch, or of the base branch which that one's policy names. */
export async function protectedTip(env: Env): Promise<BaseTip | null> {
  const start = await shared(env, null);
  return start && ((await protectedBy(env, start))?.tip ?? start);
}

async function protectedBranch(env: Env) {
  const start = await shared(env, null);
  return start && protectedBy(env, start);
}

interface Protected {
  tip: BaseTip;
  policy: Declarations;
  /** False: the branch that the policy there names is not in this clone. */
  isWhole: boolean;
}

/** Null where nothing can be read there. */
async function protectedBy(env: Env, start: BaseTip): Promise<Protected | null> {
  const policy = await declaredAt(env, start);
  if (policy === null) return null;
  const tip = policy.baseBranch === null ? start : await shared(env, policy.baseBranch);
  if (tip === null) return { tip: start, policy, isWhole: false };
  return { tip, policy: (await declaredAt(env, tip)) ?? policy, isWhole: true };
}

async function declaredAt(env: Env, { commit }: BaseTip): Promise<Declarations | null> {
  return (await readable(env, env.git.tree(commit)))?.declarations ?? null;
}

/** Where there is a remote, a branch of this clone alone says nothing. */
async function shared({ git }: Env, branch: string | null): Promise<BaseTip | null> {
  const tip = await baseTip(git, branch);
  return tip?.local && (await git.remotes()).length > 0 ? null : tip;
}

/** A policy that cannot be read names nothing. */
export function readable(env: Env, tree: Tree) {
  return policyIn(env, tree).catch((error) => {
    if (isFailure(error) && error.exit === exitCodes.usage) return null;
    throw error;
  });
}
