import type { LoadedConfig } from '../config/load.js';
import { failure } from '../errors.js';
import type { Environment } from '../layer/declarations.js';
import { targetsOf } from '../layer/environments.js';
import type { Env, Functions, Registry } from '../ports.js';

/** A target of an environment, opened: what is published there, and what runs there. */
export interface Target {
  environment: Environment;
  registry: Registry;
  functions: Functions;
}

/** All targets of an environment (`prod`), or the one that is named (`prod/eu`), in the order declared. */
export async function openTargets(env: Env, { declarations }: LoadedConfig, name: string): Promise<Target[]> {
  const targets: Target[] = [];
  for (const environment of targetsOf(declarations.environments, name)) {
    const [registry, functions] = [await env.registry(environment), await env.functions(environment)];
    targets.push({ environment, registry, functions });
  }
  return targets;
}

/** By name, among those that a plan was made for. */
export function among(targets: readonly Target[], name: string): Target {
  const found = targets.find(({ environment }) => environment.name === name);
  if (found === undefined) throw failure('bug', { problem: `nobody opened ${name}` });
  return found;
}
