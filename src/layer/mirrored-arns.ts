import type { Environment } from './declarations.js';
import { environmentOf } from './environments.js';
import type { Manifest } from './manifest.js';
import { placedName } from './placed-manifest.js';

/** Manifests of the original scripts have an ARN for each environment and nothing else. Each with the target it is of. */
export function mirroredArns(
  manifest: Manifest,
  targets: Readonly<Record<string, Environment>>,
): { target: string; arn: string }[] {
  const recorded = new Set(Object.keys(manifest.environments ?? {}).map(environmentOf));
  return Object.entries(manifest).flatMap(([key, arn]) => {
    const environment = /^aws_arn_(.+)$/.exec(key)?.[1];
    if (environment === undefined || typeof arn !== 'string' || recorded.has(environment)) return [];
    const target = placedName(environment, arn, targets);
    return target === undefined ? [] : [{ target, arn }];
  });
}
