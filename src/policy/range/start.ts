import type { BaseTip } from '../base.js';

/** The branch that a change is compared with, and what a reader should know where its own policy names another. */
export interface Start {
  tip: BaseTip | null;
  notice: string | null;
}

/** By the `baseBranch` of the judged policy. */
export type StartOf = (named: string | null) => Promise<Start>;
