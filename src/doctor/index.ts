import type { Env } from '../ports.js';
import { type Answer, type Check, ok } from './check.js';
import { git } from './git.js';
import { hooks } from './hooks.js';
import { policy } from './policy.js';
import { python } from './python.js';
import { targets } from './targets.js';

export type { Answer } from './check.js';

const checks: Check[] = [git, hooks, python, targets];

/** Everything this tool may need of the machine, in the order in which one would mend it. Writes nothing. */
export async function examine(env: Env, flags: { config?: string }): Promise<Answer[]> {
  const { answers, declarations } = await policy(env, flags);
  const found: Answer[] = [ok('layer-policy', env.version), ...answers];
  for (const check of checks) found.push(...(await check(env, declarations)));
  return found;
}
