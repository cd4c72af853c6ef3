/** The public API: types of every document, and how to write a rule. */
export type { Finding } from './policy/finding.js';
export type { Verdict } from './policy/verdict.js';
export * from './rule/index.js';
