import type { Policy } from '../policy/policy.js';
import { ruleIndex } from '../policy/rules.gen.js';
import type { Judged } from '../policy/subject.js';
import type { Env } from '../ports.js';
import type { LoadedConfig } from './load.js';

/** What the engine takes: the policy with every rule it can name. A policy without plugins pays nothing for them. */
export async function policyOf(env: Env, config: LoadedConfig, subject: Judged): Promise<Policy> {
  if (config.plugins.length === 0) return { ...config, kinds: ruleIndex };
  return (await import('./plugins/index.js')).withPlugins(env, config, subject);
}
