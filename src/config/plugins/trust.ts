import { exitCodes, isFailure } from '../../errors.js';
import { type BaseTip, baseTip } from '../../policy/base.js';
import type { Judged, Subject } from '../../policy/subject.js';
import type { Env, Oid, Tree } from '../../ports.js';
import { policyIn } from '../load.js';

/** Whose word counts on what code is run: a commit that is part of the base branch already. */
export interface Trusted {
  /** As people call it. */
  name: string;
  tree: Tree;
  /** The plugins that its policy names. */
  plugins: readonly string[];
}

/** What the CI systems set that this tool knows; `CI` is set by most. */
const ciVariables = [
  'CI',
  'GITHUB_ACTIONS',
  'GITLAB_CI',
  'BITBUCKET_BUILD_NUMBER',
  'TF_BUILD',
  'CODEBUILD_BUILD_ID',
  'JENKINS_URL',
  'TEAMCITY_VERSION',
];

/** Whether what is judged may come from anybody: then the code it brings is not run. */
export function isGuarded(vars: Env['vars'], stage: Subject['stage']): boolean {
  return stage === 'ci' || stage === 'release' || ciVariables.some((name) => vars[name]);
}

/**
 * The commit whose plugins may run where what is judged may come from anybody; null where there is none. It is the one
 * that `--base` names, or lies on the base branch: a `--from` may name a commit of the very branch that is judged, and so
 * may a judged policy's `baseBranch`.
 */
export async function trustedBase(
  env: Env,
  base: Subject['base'],
  named: Judged['baseNamed'] = null,
): Promise<Trusted | null> {
  if (named !== null) return trusting(env, named.commit, named.name);
  const tip = await protectedTip(env);
  if (tip === null) return null;
  const isPart = base !== null && base !== tip.commit && (await env.git.isAncestor(base, tip.commit));
  return isPart
    ? trusting(env, base, `commit ${base.slice(0, 7)} of ${tip.name}`)
    : trusting(env, tip.commit, tip.name);
}

async function trusting(env: Env, commit: Oid, name: string): Promise<Trusted> {
  const tree = env.git.tree(commit);
  return { name, tree, plugins: (await readable(env, tree))?.plugins ?? [] };
}

/** The tip of the remote's default branch, or of the base branch which that one's policy names. */
export async function protectedTip(env: Env): Promise<BaseTip | null> {
  const start = await shared(env, null);
  const branch = start && (await readable(env, env.git.tree(start.commit)))?.declarations.baseBranch;
  return (branch ? await shared(env, branch) : null) ?? start;
}

/** Where there is a remote, a branch of this clone alone says nothing. */
async function shared({ git }: Env, branch: string | null): Promise<BaseTip | null> {
  const tip = await baseTip(git, branch);
  return tip?.local && (await git.remotes()).length > 0 ? null : tip;
}

/** A policy that cannot be read names nothing. */
function readable(env: Env, tree: Tree) {
  return policyIn(env, tree).catch((error) => {
    if (isFailure(error) && error.exit === exitCodes.usage) return null;
    throw error;
  });
}
