import { failure } from '../../errors.js';
import type { PluginRule } from '../../policy/policy.js';
import type { Breach } from '../breach.js';
import { optionBreaches } from '../breaches.js';

/** All that the options of a plugin's rule break of its schema, which may be none. */
export function pluginOptionBreaches({ rule, plugin }: PluginRule, options: unknown): Breach[] {
  try {
    return optionBreaches({ rule }, options);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw failure('plugin-invalid', { plugin, problem: `the option schema of ${rule.id} is none: ${problem}` }, error);
  }
}
