import type { Schema } from './schema.js';

/** What of a document breaks a schema, and where. */
export interface Breach {
  /** JSON pointer within the document. */
  field: string;
  what: string;
}

/** Judging took more steps than allowed: the schema asks for more than any that is meant well. */
export class TooMuch extends Error {}

/** Counts down; references can make a small schema ask for more steps than there are atoms. */
export interface Steps {
  left: number;
}

/** One value, where it stands, and how many schemas are being asked about it and what holds it. */
export interface At {
  value: unknown;
  field: string;
  nesting: number;
}

export interface Walk {
  schema: Schema;
  steps: Steps;
  judge(schema: unknown, at: At): Iterable<Breach>;
}

/** How one keyword is kept; `within` is the schema it stands in. */
export type Check = (walk: Walk, at: At, wanted: never, within: Record<string, unknown>) => Iterable<Breach>;

export function spend({ steps }: Walk, cost: number): void {
  steps.left -= cost;
  if (steps.left < 0) throw new TooMuch();
}

export function* say(at: At, isBroken: boolean, what: string): Iterable<Breach> {
  if (isBroken) yield { field: at.field, what };
}

/** Stops at the first breach. */
export function keeps(walk: Walk, schema: unknown, at: At): boolean {
  for (const _ of walk.judge(schema, at)) return false;
  return true;
}

export function matches(walk: Walk, pattern: string, text: string): boolean {
  spend(walk, walk.schema.matches.cost(pattern, text));
  return walk.schema.matches.test(pattern, text);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
