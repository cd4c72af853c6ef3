import type { LoadedConfig } from '../config/load.js';
import type { Env } from '../ports.js';
import { prepareAdopt } from './adopt.js';
import { prepareArchive } from './archive.js';
import type { Moment } from './look.js';
import { prepareMove } from './move.js';
import type { Asked } from './plan.js';
import type { Prepared, Unfit } from './prepared.js';
import { withPush } from './pushing.js';
import { prepareRelease } from './release.js';

/** Looks and plans; writes nothing. The same world at the same moment gives the same plan. */
export async function prepare(env: Env, config: LoadedConfig, asked: Asked, at: Moment): Promise<Prepared | Unfit> {
  const prepared = await planned(env, config, asked, at);
  return prepared.plan === null ? prepared : { ...prepared, plan: await withPush(env, prepared.plan) };
}

function planned(env: Env, config: LoadedConfig, asked: Asked, at: Moment): Promise<Prepared | Unfit> {
  if (asked.command === 'release') return prepareRelease(env, config, asked.request, at);
  if (asked.command === 'archive') return prepareArchive(env, config, asked, at);
  if (asked.command === 'adopt') return prepareAdopt(env, config, asked, at);
  return prepareMove(env, config, asked, at);
}
