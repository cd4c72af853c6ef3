import { fill } from '../errors.js';
import type { Sha256 } from '../ports/sha256.js';
import type { Problem, Rule } from '../rule/define.js';
import type { Fix } from '../rule/fix.js';

/** One violation of one rule at one place, as every report has it. CONTRACT of `check --json`. */
export interface Finding {
  rule: string;
  severity: 'warning' | 'error';
  file: string;
  pathBytes?: string;
  line: number | null;
  commit: string | null;
  layer: string | null;
  message: string;
  hint: string;
  data: Record<string, unknown>;
  /** Stays the same while the violation does: of rule, file, message and what it is about, not of numbers or dates. */
  fingerprint: string;
  /** No baseline lets it pass. */
  firm?: true;
  /** What `check --fix` would do about it. */
  fix?: Fix;
}

/** One that something lets pass. */
export interface Waived extends Finding {
  excuse: 'waiver' | 'baseline' | 'skip';
  /** What let it pass: the waiver's reason, `baseline`, or `LAYER_POLICY_SKIP`. */
  by: string;
  /** The last day of the waiver. */
  until: string | null;
}

export function toFinding(
  rule: Rule,
  id: string,
  severity: Finding['severity'],
  problem: Problem,
  sha256: Sha256,
): Finding {
  const { message, file, pathBytes, line = null, commit = null, layer = null, about = '', fix, data } = problem;
  const says = rule.messages[message] ?? { message, hint: '' };
  const rewrite = commit === null ? '' : ` ${rewriteHint(commit)}`;
  return {
    rule: id,
    severity,
    file,
    ...(pathBytes !== undefined && { pathBytes }),
    line,
    commit,
    layer,
    message: fill(says.message, data),
    hint: fill(says.hint, data) + rewrite,
    data,
    fingerprint: sha256([id, pathBytes ?? file, message, about].join('\0')).slice(0, 32),
    ...(rule.firm && { firm: true }),
    // What is in a commit stays in it, whatever is done to the index.
    ...(fix !== undefined && commit === null && { fix }),
  };
}

/** What a later commit removes is still in what is pushed. */
function rewriteHint(commit: string): string {
  return `(brought by commit ${commit.slice(0, 12)}; before it is shared, take it out of that commit: git rebase -i ${commit.slice(0, 12)}~1, or --root for the first commit)`;
}

/** By file, line, rule, message: two runs over one tree print the same. */
export function sortFindings(findings: Finding[]): Finding[] {
  return findings.sort(
    (a, b) =>
      compare(a.file, b.file) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      compare(a.rule, b.rule) ||
      compare(a.message, b.message) ||
      compare(a.commit ?? '', b.commit ?? ''),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
