import { failure } from '../errors.js';
import type { Environment } from './declarations.js';
import { named } from './named.js';

/** `prod` of `prod/eu`, its target in one account and region; an environment of one target is called by its own name. */
export function environmentOf(target: string): string {
  return target.split('/', 1)[0] ?? target;
}

/** Names of environments in order, however many targets each has. */
export function environmentNames(targets: Readonly<Record<string, Environment>>): string[] {
  return [...new Set(Object.keys(targets).map(environmentOf))];
}

/** Every target of an environment (`prod`), or the one that is meant (`prod/eu`). Fails with `unknown-name`. */
export function targetsOf(targets: Readonly<Record<string, Environment>>, name: string): Environment[] {
  const found = Object.values(targets).filter((one) => one.name === name || environmentOf(one.name) === name);
  if (found.length > 0) return found;
  const names = [...environmentNames(targets), ...Object.keys(targets)];
  return named<Environment[]>(Object.fromEntries(names.map((one) => [one, []])), name, 'environment');
}

/** The one target of an environment, or the one that is meant. Fails with `several-targets` where that says too little. */
export function targetOf(targets: Readonly<Record<string, Environment>>, name: string): Environment {
  const [one, ...more] = targetsOf(targets, name);
  if (one !== undefined && more.length === 0) return one;
  const names = [one, ...more].map((each) => each?.name ?? '');
  throw failure('several-targets', { environment: name, first: names[0] ?? '', targets: names.join(', ') });
}
