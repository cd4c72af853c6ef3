import type { Rule } from '../rule/define.js';

/** The options that a rule kind lacks to look for anything; none for any other rule. */
export function lacking({ kind = [], options: { defaults } }: Rule, given: Record<string, unknown>): string[] {
  return kind.filter((option) => JSON.stringify(given[option]) === JSON.stringify(defaults[option]));
}

/** A kind that nobody told what to look for: it is listed and explained, and not run. */
export function isIdle(rule: Rule, given: Record<string, unknown>): boolean {
  return lacking(rule, given).length > 0;
}
