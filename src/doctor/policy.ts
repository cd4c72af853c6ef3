import { loadConfig } from '../config/load.js';
import { policyOf } from '../config/policy-of.js';
import { isFailure } from '../errors.js';
import type { Declarations } from '../layer/declarations.js';
import type { Env } from '../ports.js';
import { type Answer, broken, note, ok } from './check.js';

/** The policy that holds here, plugins and presets loaded, and what is to be said of it. */
export async function policy(
  env: Env,
  flags: { config?: string },
): Promise<{ answers: Answer[]; declarations: Declarations | null }> {
  try {
    const head = await env.git.commit('HEAD');
    const tree = head === null ? env.git.index() : env.git.tree(head);
    const config = await loadConfig(env, flags, tree);
    await policyOf(env, config, { stage: 'all', base: null, tree });
    const { layers, functions, environments } = config.declarations;
    const count = (of: object, noun: string) => {
      const { length } = Object.keys(of);
      return `${length} ${noun}${length === 1 ? '' : 's'}`;
    };
    const says = [count(layers, 'layer'), count(functions, 'function'), count(environments, 'environment')];
    return {
      answers: [
        ok('policy', `${config.file}: ${says.join(', ')}`),
        ...config.notices.map((notice) => note('policy', notice, 'Commit the policy to the branch.')),
      ],
      declarations: config.declarations,
    };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { answers: [broken('policy', error)], declarations: null };
  }
}
