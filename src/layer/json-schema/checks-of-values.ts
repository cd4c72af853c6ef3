import { isEqual } from './equal.js';
import { type Check, isObject, matches, say, spend } from './walk.js';

/** Keywords about a value as it stands, about numbers and about texts. */
export const checksOfValues: Record<string, Check> = {
  type: (_, at, wanted: string | string[]) =>
    say(at, ![wanted].flat().some((type) => isOfType(at.value, type)), `must be ${[wanted].flat().join(' or ')}`),
  *enum(walk, at, wanted: unknown[]) {
    if (!wanted.some((one) => isEqual(walk, one, at.value)))
      yield { field: at.field, what: `must be one of ${shown(wanted)}` };
  },
  *const(walk, at, wanted: unknown) {
    if (!isEqual(walk, wanted, at.value)) yield { field: at.field, what: `must be ${shown(wanted)}` };
  },

  multipleOf: (_, at, wanted: number) =>
    say(at, isNumber(at.value) && !isMultiple(at.value, wanted), `must be a multiple of ${wanted}`),
  maximum: (_, at, wanted: number) => say(at, isNumber(at.value) && at.value > wanted, `must be at most ${wanted}`),
  exclusiveMaximum: (_, at, wanted: number) =>
    say(at, isNumber(at.value) && at.value >= wanted, `must be below ${wanted}`),
  minimum: (_, at, wanted: number) => say(at, isNumber(at.value) && at.value < wanted, `must be at least ${wanted}`),
  exclusiveMinimum: (_, at, wanted: number) =>
    say(at, isNumber(at.value) && at.value <= wanted, `must be above ${wanted}`),

  maxLength: (walk, at, wanted: number) =>
    say(at, isText(at.value) && lengthOf(walk, at.value) > wanted, `must have at most ${wanted} characters`),
  minLength: (walk, at, wanted: number) =>
    say(at, isText(at.value) && lengthOf(walk, at.value) < wanted, `must have at least ${wanted} characters`),
  pattern: (walk, at, wanted: string) =>
    say(at, isText(at.value) && !matches(walk, wanted, at.value), `must match ${wanted}`),
};

function isOfType(value: unknown, type: string): boolean {
  if (type === 'object') return isObject(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'null') return value === null;
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

function isMultiple(value: number, of: number): boolean {
  const times = value / of;
  // 0.3 / 0.1 is 2.9999999999999996.
  return Number.isInteger(times) || (Math.abs(times) < 1e9 && Math.abs(times - Math.round(times)) < 1e-6);
}

/** In characters, where JavaScript counts halves of some. */
function lengthOf(walk: Parameters<Check>[0], text: string): number {
  spend(walk, text.length / 100);
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
