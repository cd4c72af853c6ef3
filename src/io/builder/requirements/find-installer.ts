import { failure } from '../../../errors.js';
import type { Installer } from './installer.js';
import { findPip } from './pip.js';
import { findUv } from './uv.js';
import type { Workshop } from './workshop.js';

/** uv where there is one, which is faster; else pip. */
export async function findInstaller(shop: Workshop, runtimes: readonly string[]): Promise<Installer> {
  const found = (await findUv(shop)) ?? (await findPip(shop, runtimes));
  if (found === null) throw failure('installer-missing', {});
  return found;
}
