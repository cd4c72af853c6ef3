import { type LoadedConfig, loadConfig } from '../config/load.js';
import type { Env } from '../ports.js';
import { type Finished, finish } from './finish.js';
import { journalPorts, pendingPlan } from './journal.js';
import type { Lock } from './lock.js';
import type { Plan } from './plan.js';
import { type Prepared, see } from './release.js';

/** The interrupted plan and the policy it was made under; null when there is none. */
export async function interruptedPlan(
  env: Env,
  given: { config?: string },
): Promise<{ plan: Plan; config: LoadedConfig } | null> {
  const plan = await pendingPlan(await journalPorts(env));
  if (plan === null) return null;
  return { plan, config: await loadConfig(env, given, env.git.tree(plan.commit)) };
}

/**
 * Finishes an interrupted plan as it was made, with its own dates. The gate has been passed for this commit, and commits do
 * not change.
 */
export async function resumePlan(
  env: Env,
  config: LoadedConfig,
  plan: Plan,
  lock: Lock,
): Promise<{ prepared: Prepared; finished: Finished }> {
  const names = plan.steps.flatMap((step) => (step.kind === 'put-object' ? [step.artefact.name] : []));
  const seen = await see(env, config, { environment: plan.request.environment, names }, plan);
  const prepared = { ...seen, plan };
  return { prepared, finished: await finish(env, config, prepared, { lock, begun: true }) };
}
