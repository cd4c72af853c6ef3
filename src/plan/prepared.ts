import type { LoadedConfig } from '../config/load.js';
import { failure } from '../errors.js';
import { environmentOf } from '../layer/environments.js';
import type { ArtefactVerdict } from '../policy/judge-artefacts.js';
import type { Env } from '../ports.js';
import type { Asked, Plan } from './plan.js';
import type { ReleaseState } from './state.js';
import { storeOf } from './store-of.js';
import { openTargets, type Target } from './target.js';
import { openWorld, type Sources } from './world.js';

/** A plan, and what it is run with. */
export interface Prepared {
  plan: Plan;
  targets: Target[];
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
  const targets = await openTargets(env, config, plan.request.environment);
  return openWorld(env, config, targets, await sourcesOf(env, config, plan));
}

export async function sourcesOf(env: Env, config: LoadedConfig, { command, request }: Asked): Promise<Sources> {
  if (command === 'release') return {};
  if (request.archive !== undefined) return { store: await storeOf(env, config, request) };
  const origins = request.from === null ? [] : await openTargets(env, config, request.from);
  return { registries: origins.map(({ registry }) => registry), rebuild: false };
}

/** What takes promoted artefacts only takes no others. */
export function refusePromoteOnly(targets: readonly Target[]): void {
  for (const { environment } of targets) {
    const { name, promoteFrom } = environment;
    if (promoteFrom !== undefined)
      throw failure('promote-only', { environment: environmentOf(name), from: promoteFrom });
  }
}
