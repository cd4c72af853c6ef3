import { isObject, spend, type Walk } from './walk.js';

/** Whether two values are the same document. */
export function isEqual(walk: Walk, a: unknown, b: unknown): boolean {
  spend(walk, 1);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  return canonical(walk, a) === canonical(walk, b);
}

/** Equal for equal values, whatever the order of their keys. */
export function canonical(walk: Walk, value: unknown): string {
  spend(walk, 1);
  if (Array.isArray(value)) return `[${value.map((one) => canonical(walk, one)).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(walk, value[key])}`).join()}}`;
}
