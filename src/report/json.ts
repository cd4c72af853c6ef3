import type { Verdict } from '../policy/verdict.js';
import { problemOf } from './thrown.js';

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
    broken: broken.map(({ rule, error }) => ({ rule, problem: problemOf(error) })),
    notices,
  };
}

/**
 * JSON for stdout, two blanks deep. What a terminal or the runner of a CI job would obey is written as `\uXXXX`: the same
 * text to every program, and harmless to look at.
 */
export function jsonText(document: unknown): string {
  const text = JSON.stringify(document, null, 2).replace(obeyed, (found) => found.replace(/[^#]/g, unicode));
  return `${text}\n`;
}

const obeyed = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|##\[/g;

function unicode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
