import { type LoadedConfig, loadConfig } from '../config/load.js';
import type { Env } from '../ports.js';
import { type Finished, finish } from './finish.js';
import { journalPorts, pendingPlan } from './journal.js';
import type { Lock } from './lock.js';
import type { Plan } from './plan.js';
import { type Prepared, sourcesOf } from './prepared.js';
import { see } from './release.js';
import { openTargets } from './target.js';

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
  const prepared = plan.command === 'release' ? await seenAgain(env, config, plan) : await moving(env, config, plan);
  return { prepared, finished: await finish(env, config, prepared, { lock, begun: true }) };
}

async function seenAgain(env: Env, config: LoadedConfig, plan: Plan): Promise<Prepared> {
  const { environment, record, tag, signedBy } = plan.request;
  // What functions run now is what the interrupted run left; what they ran before it is in the plan.
  const asked = { environment, names: namesIn(plan), attach: false, record, tag, ...(signedBy && { signedBy }) };
  const seen = await see(env, config, asked, plan);
  const { targets, artefacts, state: released } = seen;
  return { plan, targets, sources: { artefacts }, notices: seen.notices, released, about: namesIn(plan) };
}

async function moving(env: Env, config: LoadedConfig, plan: Plan): Promise<Prepared> {
  const targets = await openTargets(env, config, plan.request.environment);
  const sources = await sourcesOf(env, config, plan);
  return { plan, targets, sources, notices: [], released: null, about: namesIn(plan) };
}

function namesIn(plan: Plan): string[] {
  const names = plan.steps.flatMap((step) => {
    if (step.kind === 'put-object') return [step.artefact.name];
    return step.kind === 'store-archive' ? [step.month] : [];
  });
  return [...new Set(names)];
}
