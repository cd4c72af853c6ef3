import type { Stage } from '../rule/define.js';
import type { Finding, Waived } from './finding.js';

/** The whole answer of a check. Reports are made of this and of nothing else. */
export interface Verdict {
  ok: boolean;
  stage: Stage;
  /** The judged commit; null for the index. */
  head: string | null;
  base: string | null;
  /** What was judged, in words. */
  judged: string;
  counts: { error: number; warning: number };
  findings: Finding[];
  waived: Waived[];
  broken: BrokenRule[];
  /** What a reader should know beside the findings. */
  notices: string[];
  /** Reason and title of the rules that have findings. */
  rules: Record<string, { title: string; why: string }>;
  /** How many rules ran. */
  ran: number;
  /** What `check --fix` did before this look. */
  mending?: Mending;
}

/** A rule that threw: a fault of the rule, never a verdict on the repository. */
export interface BrokenRule {
  rule: string;
  error: unknown;
}

export interface Mending {
  /** `what` was done, in words. */
  fixed: { file: string; what: string }[];
  unfixed: Unfixed[];
}

/** What could be mended by its nature, and why it was not here. */
export interface Unfixed {
  file: string;
  why: string;
}

export interface VerdictOptions {
  /** More warnings than this refuse as well; null: any number passes. */
  maxWarnings: number | null;
}

export function count(findings: readonly Finding[]): Verdict['counts'] {
  const error = findings.filter(({ severity }) => severity === 'error').length;
  return { error, warning: findings.length - error };
}

export function holds(counts: Verdict['counts'], { maxWarnings }: VerdictOptions): boolean {
  return counts.error === 0 && (maxWarnings === null || counts.warning <= maxWarnings);
}
