import type { Matches } from './patterns.js';

/** A schema that is understood to its last keyword. */
export interface Schema {
  root: unknown;
  /** Where each `$ref` leads. */
  targets: ReadonlyMap<string, unknown>;
  matches: Matches;
}
