import type { NewFunction } from '../ports.js';

/** What a function runs. */
export interface Standing {
  code: { key: string | null; sha256: string };
  layers: string[];
}

/** One function: what it runs before, which is all that is needed to go back, and what it is to run. */
export interface Attached {
  name: string;
  functionName: string;
  /** Null: there is none yet. `key` null: nobody knows where its code lies. */
  before: Standing | null;
  /** Null: its code stays. */
  code: { key: string; sha256: string } | null;
  /** Layers to have in place; `arn` null: the version that this plan publishes. */
  layers: { name: string; arn: string | null }[];
  fresh: NewFunction;
}
