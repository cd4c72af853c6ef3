import { expect, it } from 'vitest';
import type { Verdict } from '../../src/policy/verdict.js';
import { gitlab } from '../../src/report/gitlab.js';
import { broken, clean, enormous, finding, hostile, many, ordinary, verdict, waived } from './verdicts.js';

interface Issue {
  description: string;
  check_name: string;
  fingerprint: string;
  severity: string;
  location: { path: string; lines: { begin: number } };
}

function issues(given: Verdict): Issue[] {
  return JSON.parse(gitlab(given));
}

it('says what, which rule, how bad and where', () => {
  expect(issues(ordinary)[0]).toEqual({
    description: 'the key CORE_VERSION stands twice → Rename it: git mv',
    check_name: 'version-file',
    fingerprint: '0123456789abcdef0123456789abcdef',
    severity: 'major',
    location: { path: 'VERSION', lines: { begin: 3 } },
  });
});

it('tells errors, warnings, what was let pass, notices and failed rules apart', () => {
  expect(issues(ordinary).map(({ severity }) => severity)).toEqual([
    'major',
    'major',
    'minor',
    ...Array(4).fill('info'),
    'info',
  ]);
  expect(new Set(issues(broken).map(({ severity }) => severity))).toEqual(new Set(['blocker']));
  expect(issues(clean)).toEqual([]);
});

it.each(Object.entries({ ordinary, broken, hostile, many }))('has no fingerprint twice: %s', (_, given) => {
  const marks = issues(given).map(({ fingerprint }) => fingerprint);
  expect(new Set(marks).size).toBe(marks.length);
});

it('a waiver ends the violation, and the end of the waiver brings it back under its old name', () => {
  const violation = finding({ fingerprint: 'f'.repeat(32) });
  const [before] = issues(verdict({ findings: [violation] }));
  const [passed] = issues(verdict({ waived: [waived('agreed', violation)] }));
  expect(passed?.fingerprint).not.toBe(before?.fingerprint);
  expect(passed?.description).toContain('Let pass: agreed (waiver until 2026-12-31): it is not named');
});

it('of 30,000 keeps the 4,999 worst, and counts the others', () => {
  const shown = issues(many);
  expect(shown.length).toBe(5_001);
  expect(new Set(shown.slice(0, -1).map(({ severity }) => severity))).toEqual(new Set(['major']));
  expect(shown.at(-2)?.description).toContain('25002 more findings (1 of them let pass)');
});

it('stays small where texts are long', () => {
  expect(Buffer.byteLength(gitlab(enormous))).toBeLessThan(10_000_000);
  expect(issues(enormous).at(-1)?.description).toContain('more findings');
});
