/**
 * What `check --fix` may do about a problem, in its file: what needs no judgement, and nothing else. A rule says it; what
 * is done is done elsewhere.
 */
export type Fix =
  /** Takes the file out of the index. On disk it stays. */
  | { kind: 'untrack' }
  /** Adds these lines at the end of the text. */
  | { kind: 'append'; lines: readonly string[] }
  /** Takes out, or adds, bytes that nobody can mean. */
  | { kind: 'normalize'; flaw: TextFlaw };

export type TextFlaw = (typeof textFlaws)[number];

export const textFlaws = ['bom', 'carriage-return', 'no-final-newline'] as const;
