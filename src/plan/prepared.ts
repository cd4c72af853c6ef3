import type { LoadedConfig } from '../config/load.js';
import { failure } from '../errors.js';
import type { ArtefactVerdict } from '../policy/judge-artefacts.js';
import type { Env } from '../ports.js';
import type { Asked, Plan } from './plan.js';
import type { ReleaseState } from './state.js';
import { storeOf } from './store-of.js';
import { openTarget, type Target } from './target.js';
import { openWorld, type Sources } from './world.js';

/** A plan, and what it is run with. */
export interface Prepared {
  plan: Plan;
  target: Target;
  sources: Sources;
  notices: string[];
  /** What was seen of what is released; null where nothing is built. */
  released: ReleaseState | null;
  /** What is brought, in words: `core 1.2.0`. */
  about: string[];
}

/** Artefacts that the policy refuses are not planned for. */
export interface Unfit {
  plan: null;
  verdict: ArtefactVerdict;
}

/** The world of a plan that was made before, without looking at what it was made from. */
export async function worldOf(env: Env, config: LoadedConfig, plan: Plan) {
  const target = await openTarget(env, config, plan.request.environment);
  return openWorld(env, config, target, await sourcesOf(env, config, plan));
}

export async function sourcesOf(env: Env, config: LoadedConfig, { command, request }: Asked): Promise<Sources> {
  if (command === 'release') return {};
  if (request.archive !== undefined) return { store: await storeOf(env, config, request) };
  const registries = request.from === null ? [] : [(await openTarget(env, config, request.from)).registry];
  return { registries, rebuild: false };
}

/** What takes promoted artefacts only takes no others. */
export function refusePromoteOnly({ environment }: Target): void {
  const { name, promoteFrom } = environment;
  if (promoteFrom !== undefined) throw failure('promote-only', { environment: name, from: promoteFrom });
}
