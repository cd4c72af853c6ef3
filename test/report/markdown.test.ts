import { expect, it } from 'vitest';
import { printable } from '../../src/layer/printable.js';
import { markdown } from '../../src/report/markdown.js';
import { markdownProblems, tableRows } from './rendered.js';
import { clean, enormous, finding, hostileNames, many, ordinary, verdict, waived } from './verdicts.js';

const limit = 1_048_576;

/** A code span takes off one blank at either end, a cell all of them; a backslash before a pipe is shown as a code. */
const shown = (text: string, most?: number) =>
  printable(text, most)
    .replace(/\\(?=\|)/g, '\\x5C')
    .trim();

it('a reader sees every name as it is', () => {
  const findings = hostileNames.map((name) => finding({ file: name, message: name, hint: name }));
  const rows = tableRows(markdown(verdict({ findings })));
  expect(rows.map((cells) => cells.map((cell) => cell.trim()))).toEqual(
    hostileNames.map((name) => [shown(name), shown(name), shown(name, 1024)]),
  );
});

it('is grouped by rule, what refuses first, with the reason', () => {
  const page = markdown(ordinary);
  const order = [
    '### layer-policy: refused: 2 errors, 1 warning, 4 let pass; judged commit `85bbcf0`;',
    '#### ✖ `semver-naming` (1)\n\nWhy: A name tells which release it is.\n\n| Where | What | What to do |',
    '| `layer_management/archive/2026-01/layer_v6.zip` in `85bbcf06d2a4` | it is not named like a release | `Rename it: git mv` |',
    '#### ✖ `version-file` (1)',
    '| `VERSION:3` | the key `CORE_VERSION` stands twice |',
    '#### ⚠ `no-stray-zips` (1)',
    '#### Let pass\n\n- 2 × `semver-naming`: Agreed with the data team (waiver until `2026-12-31`)',
    '#### Notices',
  ];
  expect(order.map((part) => page.indexOf(part))).toEqual(
    order.map((part) => page.indexOf(part)).sort((a, b) => a - b),
  );
  expect(order.filter((part) => !page.includes(part))).toEqual([]);
});

it('is one line where all is well', () => {
  expect(markdown(clean)).toBe(
    '### layer-policy: passed; judged commit `85bbcf0`; uncommitted changes not seen (17 rules at all)\n',
  );
});

it('of 30,000 findings shows what a summary may hold, each rule its share, and counts the others', () => {
  const page = markdown(many);
  const bytes = Buffer.byteLength(page);
  expect(bytes).toBeLessThanOrEqual(limit);
  expect(bytes).toBeGreaterThan(limit * 0.95);
  expect(markdownProblems(page)).toEqual([]);
  expect(page.match(/^#### [✖⚠] /gm)?.length).toBe(40);
  const more = [...page.matchAll(/… and (\d+) more/g)].map(([, number]) => Number(number));
  expect(tableRows(page).length + more.reduce((sum, number) => sum + number, 0)).toBe(30_000);
  expect(Math.max(...more) - Math.min(...more)).toBeLessThan(50);
  expect(page).toContain('20000 errors, 10000 warnings');
});

it('stays within bounds when names, rules, reasons and notices are all too many', () => {
  const long = enormous.findings.map(({ file }) => file);
  const page = markdown({
    ...enormous,
    findings: long.map((rule, i) => finding({ rule, file: `${i}` })),
    waived: long.map((by) => waived(by)),
    broken: long.map((rule) => ({ rule, error: rule })),
    notices: long,
  });
  expect(Buffer.byteLength(page)).toBeLessThanOrEqual(limit);
  expect(markdownProblems(page)).toEqual([]);
  const unseen = /… and (\d+) findings of other rules/.exec(page)?.[1];
  expect(tableRows(page).length + Number(unseen)).toBe(long.length);
});
