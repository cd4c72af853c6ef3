import type { Verdict } from '../policy/verdict.js';

/** The `--json` document of `check`; its schema is `schemas/check.schema.json`. */
export function checkDocument({ ok, stage, head, base, counts, findings, waived, broken, notices }: Verdict): object {
  return {
    schema: 1,
    ok,
    stage,
    head,
    base,
    counts,
    findings,
    waived,
    broken: broken.map(({ rule, error }) => ({
      rule,
      problem: error instanceof Error ? error.message : String(error),
    })),
    notices,
  };
}
