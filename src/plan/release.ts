import type { LoadedConfig } from '../config/load.js';
import { policyOf } from '../config/policy-of.js';
import { failure } from '../errors.js';
import { named } from '../layer/named.js';
import { type ArtefactVerdict, judgeArtefacts } from '../policy/judge-artefacts.js';
import type { Artefact, Env, Registry } from '../ports.js';
import { choose } from './choose.js';
import { look, type Moment } from './look.js';
import type { Plan, ReleaseRequest } from './plan.js';
import { planRelease } from './planners/release.js';
import type { ReleaseState } from './state.js';

/** What was seen, and what a plan is run with. */
export interface Seen {
  state: ReleaseState;
  artefacts: Artefact[];
  registry: Registry;
  notices: string[];
  /** The policy's word on the artefacts. */
  verdict: ArtefactVerdict;
}

export interface Prepared extends Seen {
  plan: Plan;
}

/** Looks at everything that a release of these names is about; builds in memory and writes nothing. */
export async function see(
  env: Env,
  config: LoadedConfig,
  request: Pick<ReleaseRequest, 'environment' | 'names'>,
  at: Moment,
): Promise<Seen> {
  const registry = await registryOf(env, config, request.environment);
  const { wanted, notices } = choose(env, config.declarations, request.names);
  const { state, artefacts, readings } = await look(env, config, registry, wanted, at);
  const today = new Date(env.now()).toISOString().slice(0, 10);
  const policy = await policyOf(env, config, { stage: 'release', base: null, tree: env.git.tree(at.commit) });
  const verdict = judgeArtefacts(readings, policy, { stage: 'release', today }, env.sha256);
  return { state, artefacts, registry, notices, verdict };
}

/** Artefacts that the policy refuses are not planned for. */
export interface Unfit {
  plan: null;
  verdict: ArtefactVerdict;
}

/** Looks and plans. The same world at the same moment gives the same plan. */
export async function prepareRelease(
  env: Env,
  config: LoadedConfig,
  request: ReleaseRequest,
  at: Moment,
): Promise<Prepared | Unfit> {
  const seen = await see(env, config, request, at);
  if (!seen.verdict.ok) return { plan: null, verdict: seen.verdict };
  return { ...seen, plan: planRelease(seen.state, request) };
}

export async function registryOf(env: Env, { declarations }: LoadedConfig, name: string): Promise<Registry> {
  const environment = named(declarations.environments, name, 'environment');
  const registry = await env.registry(environment);
  if (environment.promoteFrom !== undefined) {
    throw failure('promote-only', { environment: name, from: environment.promoteFrom });
  }
  return registry;
}
