import type { LoadedConfig } from '../config/load.js';
import { failure } from '../errors.js';
import { parseLayerArn } from '../layer/arn.js';
import { type Declared, isLayer } from '../layer/declared.js';
import { environmentOf } from '../layer/environments.js';
import type { Manifest } from '../layer/manifest.js';
import type { Env } from '../ports.js';
import { called } from './called.js';
import type { Moment } from './look.js';
import type { Request } from './plan.js';
import type { RecordedRelease } from './recorded.js';
import { openTargets, type Target } from './target.js';

/** From an environment to the one that names it, and to no other. */
export function refuseOtherOrigin(
  targets: readonly Target[],
  { environment: to, from: asked }: Pick<Request, 'environment' | 'from'>,
): void {
  const from = asked ?? '';
  for (const { environment } of targets) {
    const { promoteFrom } = environment;
    if (promoteFrom === from || promoteFrom === environmentOf(from)) continue;
    if (promoteFrom === undefined) throw failure('not-promoted-to', { to });
    throw failure('not-the-origin', { to, from, origin: promoteFrom });
  }
}

interface Claim {
  declared: Declared;
  manifest: Manifest;
  release: RecordedRelease;
  from: string;
  at: Moment;
}

/** What is promoted is what runs and was tried where it comes from: recorded, published, and run by its functions. */
export async function refuseDrifted(env: Env, config: LoadedConfig, claim: Claim): Promise<void> {
  for (const target of await openTargets(env, config, claim.from)) await refuseDriftedIn(target, config, claim);
}

async function refuseDriftedIn(
  target: Target,
  config: LoadedConfig,
  { declared, manifest, release }: Claim,
): Promise<void> {
  const { name } = declared;
  const { version, sha256 } = release;
  const from = target.environment.name;
  const drifted = (problem: string) => failure('origin-drifted', { name, version, from, problem });
  const recorded = manifest.environments?.[from];
  if (recorded?.version !== version) {
    const problem = recorded === undefined ? 'it was never there' : `${recorded.version} is there now`;
    throw failure('not-promoted', { name, version, from, problem });
  }
  if (recorded.sha256 !== sha256) throw drifted('the bytes there are others than its release has');
  const { functions } = config.declarations;
  if (!isLayer(declared)) {
    const state = await called(target.functions, declared);
    if (state === null) throw drifted('there is no such function');
    if (state.codeSha256 !== sha256)
      throw drifted(`${state.functionName} runs other code (${state.codeSha256.slice(0, 16)})`);
    return;
  }
  const arn = parseLayerArn(recorded.arn);
  const there = arn && (await target.registry.version(arn.layerName, arn.version));
  if (there?.sha256 !== sha256) throw drifted(`${recorded.arn} ${there ? 'holds other bytes' : 'is gone'}`);
  for (const one of Object.values(functions).filter(({ layers }) => layers.includes(name))) {
    const state = await called(target.functions, one);
    if (state !== null && !state.layers.includes(recorded.arn)) throw drifted(`${state.functionName} runs without it`);
  }
}
