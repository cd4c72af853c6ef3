import type { Environment } from './declarations.js';
import { environmentNames, environmentOf } from './environments.js';
import type { Manifest, ManifestEnvironment } from './manifest.js';

/** Whether an ARN, of a layer or a function, is of the account and region of a target. */
export function isAt({ target, region, account }: Environment, arn: string): boolean {
  const [there, owner] = arn.split(':').slice(3, 5);
  return target === 'local' || ((region ?? there) === there && (account ?? owner) === owner);
}

/**
 * The manifest with its entries under the names that targets have now. An environment may get targets, lose some and rename
 * them: what was recorded is of an account and a region, whatever they are called. Where no target is any more, nothing is.
 */
export function placedManifest(manifest: Manifest, targets: Readonly<Record<string, Environment>>): Manifest {
  const { environments } = manifest;
  const entries = Object.entries(environments ?? {});
  if (entries.every(([key, { arn }]) => placedName(key, arn, targets) === key)) return manifest;
  const placed: Record<string, ManifestEnvironment> = {};
  for (const [key, entry] of entries) {
    const at = placedName(key, entry.arn, targets);
    if (at !== undefined && (at === key || !Object.hasOwn(environments ?? {}, at))) placed[at] = entry;
  }
  return { ...manifest, environments: placed };
}

/** The name that what was recorded under this one has now; undefined: its place is no target any more. */
export function placedName(key: string, arn: string, targets: Readonly<Record<string, Environment>>) {
  const environment = environmentOf(key);
  if (Object.hasOwn(targets, key) || !environmentNames(targets).includes(environment)) return key;
  return Object.values(targets).find((one) => environmentOf(one.name) === environment && isAt(one, arn))?.name;
}
