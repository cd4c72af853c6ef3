import { isFailure } from '../errors.js';
import type { Policy } from '../policy/policy.js';
import type { Env, Tree } from '../ports.js';
import { type LoadedConfig, loadConfig } from './load.js';
import { policyOf } from './policy-of.js';
import { resolveConfig } from './resolve.js';

/** The policy at HEAD; where there is none, and outside a repository, one that declares nothing. */
export async function policyOrNone(env: Env, flags: { config?: string }): Promise<Policy> {
  const tree = await treeHere(env);
  const config =
    (await loadConfig(env, flags, tree).catch(unlessFor('config-missing', 'not-a-repository'))) ?? (await none(env));
  return policyOf(env, config, { stage: 'release', base: null, tree });
}

/** HEAD's; before the first commit the index. Outside a repository every question about it fails, and is none. */
async function treeHere({ git }: Env): Promise<Tree> {
  const head = await git.commit('HEAD').catch(unlessFor('not-a-repository'));
  if (head === undefined) return git.tree(noCommit);
  return head === null ? git.index() : git.tree(head);
}

const noCommit = '0'.repeat(40);

function unlessFor(...codes: string[]): (error: unknown) => undefined {
  return (error) => {
    if (isFailure(error) && codes.includes(error.code)) return undefined;
    throw error;
  };
}

async function none(env: Env): Promise<LoadedConfig> {
  const file = '.layerpolicyrc.json';
  const config = await resolveConfig(env, file, { value: { layers: {} }, lineOf: () => null });
  const notices = ['There is no policy here, so only what holds of every layer is judged.'];
  return { ...config, file, tree: null, notices, at: async () => config.declarations };
}
