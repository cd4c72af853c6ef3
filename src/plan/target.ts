import type { LoadedConfig } from '../config/load.js';
import type { Environment } from '../layer/declarations.js';
import { named } from '../layer/named.js';
import type { Env, Functions, Registry } from '../ports.js';

/** An environment, opened: what is published there, and what runs there. */
export interface Target {
  environment: Environment;
  registry: Registry;
  functions: Functions;
}

export async function openTarget(env: Env, { declarations }: LoadedConfig, name: string): Promise<Target> {
  const environment = named(declarations.environments, name, 'environment');
  const [registry, functions] = [await env.registry(environment), await env.functions(environment)];
  return { environment, registry, functions };
}
