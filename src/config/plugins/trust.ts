import type { Judged, Subject } from '../../policy/subject.js';
import type { Env, Oid, Tree } from '../../ports.js';
import { protectedTip, readable } from '../protected.js';

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
