import { harmlessJson } from '../layer/json-text.js';
import type { Finding } from '../policy/finding.js';
import type { Verdict } from '../policy/verdict.js';
import { problemOf } from './thrown.js';

/** The `--json` document of `check`; its schema is `schemas/check.schema.json`. */
export function checkDocument(verdict: Verdict): object {
  const { ok, stage, head, base, counts, findings, waived, broken, notices, mending } = verdict;
  return {
    schema: 1,
    ok,
    stage,
    head,
    base,
    counts,
    findings: findings.map(told),
    waived: waived.map(told),
    broken: broken.map(({ rule, error }) => ({ rule, problem: problemOf(error) })),
    notices,
    ...mending,
  };
}

/** A finding without what the engine alone needs. */
export function told<Found extends Finding>({ firm, fix, ...finding }: Found): object {
  return finding;
}

/** JSON for stdout, two blanks deep. */
export function jsonText(document: unknown): string {
  return `${harmlessJson(JSON.stringify(document, null, 2))}\n`;
}
