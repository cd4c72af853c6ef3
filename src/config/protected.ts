import { exitCodes, failure, isFailure } from '../errors.js';
import type { Declarations } from '../layer/declarations.js';
import { type BaseTip, baseTip, usual } from '../policy/base.js';
import type { Env, Tree } from '../ports.js';
import { ciSays } from './ci-says.js';
import { policyIn } from './load.js';

/** The branch whose word counts, and what it says. */
export interface Protected {
  tip: BaseTip;
  policy: Declarations;
  /** False: the branch that the policy there names is not in this clone. */
  isWhole: boolean;
}

/** Its tip; where no policy says anything, that of the remote's default branch. */
export async function protectedTip(env: Env): Promise<BaseTip | null> {
  return (await protectedBranch(env))?.tip ?? shared(env, null);
}

/**
 * The remote's default branch, or the base branch which that one's policy names; null where there is none, or none with a
 * policy. Which branch is the default a clone may not know. Then it is one of the usual names, of which anybody may push
 * the one that is free: where their policies lead to different branches, nobody can tell.
 */
export async function protectedBranch(env: Env): Promise<Protected | null> {
  const spoken = await Promise.all((await defaults(env)).map((tip) => protectedBy(env, tip)));
  const [first = null, ...others] = spoken.filter((one) => one !== null);
  const other = others.find(({ tip }) => tip.commit !== first?.tip.commit);
  if (first !== null && other !== undefined)
    throw failure('base-unclear', { one: first.tip.name, other: other.tip.name });
  return first;
}

/** What may be the remote's default branch; in a clone without remotes, its own. */
async function defaults(env: Env): Promise<BaseTip[]> {
  const remotes = await env.git.remotes();
  const { defaultBranch } = await ciSays(env);
  const known = remotes.length === 0 ? [null] : [defaultBranch ?? 'HEAD', 'HEAD'];
  for (const name of known) {
    const tip = await shared(env, name);
    if (tip !== null && (name !== 'HEAD' || (await isNamed(env, remotes)))) return [tip];
  }
  return remotes.length === 0 ? [] : present(await Promise.all(usual.map((name) => shared(env, name))));
}

/** `HEAD` of a remote is the name of another branch of it; somebody may have pushed a branch that is called so. */
async function isNamed({ git }: Env, remotes: string[]): Promise<boolean> {
  const all = await Promise.all(
    remotes.map(async (remote) => {
      const ref = `refs/remotes/${remote}/HEAD`;
      return (await git.commit(ref)) === null || (await git.isSymbolic(ref));
    }),
  );
  return !all.includes(false);
}

const present = (tips: (BaseTip | null)[]) => tips.filter((tip) => tip !== null);

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
