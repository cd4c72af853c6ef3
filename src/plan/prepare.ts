import type { LoadedConfig } from '../config/load.js';
import type { Env } from '../ports.js';
import { prepareArchive } from './archive.js';
import type { Moment } from './look.js';
import { prepareMove } from './move.js';
import type { Asked } from './plan.js';
import type { Prepared, Unfit } from './prepared.js';
import { prepareRelease } from './release.js';

/** Looks and plans; writes nothing. The same world at the same moment gives the same plan. */
export function prepare(env: Env, config: LoadedConfig, asked: Asked, at: Moment): Promise<Prepared | Unfit> {
  if (asked.command === 'archive') return prepareArchive(env, config, asked, at);
  return asked.command === 'release'
    ? prepareRelease(env, config, asked.request, at)
    : prepareMove(env, config, asked, at);
}
