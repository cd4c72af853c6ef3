import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printable } from '../../src/layer/printable.js';
import { jsonText } from '../../src/report/json.js';
import { pretty } from '../../src/report/pretty.js';
import { readLine } from './runner.js';
import { hostile } from './verdicts.js';

it.each([
  ['\u001b]0;title\u0007', '\\x1B]0;title\\x07'],
  ['two\r\nlines\ttab', 'two\\x0D\\x0Alines\\x09tab'],
  ['\u007f\u009b31m', '\\x7F\\x9B31m'],
  ['a\u202eb', 'a\\u{202e}b'],
  ['\u200b\ufeff\u061c\u2028', '\\u{200b}\\u{feff}\\u{61c}\\u{2028}'],
  ['tag\u{e0041}', 'tag\\u{e0041}'],
  ['half \ud83d', 'half \\u{d83d}'],
  ['::error::x', '\\x3A:error::x'],
  ['\u3000 ::error::x', '\u3000 \\x3A:error::x'],
  ['a::b', 'a::b'],
  ['a ##[error]b', 'a ##\\x5Berror]b'],
  ['été 日本 😀 שלום', 'été 日本 😀 שלום'],
])('%j is shown as %s', (text, shown) => {
  expect(printable(text)).toBe(shown);
});

it('is cut at the limit, never within a character', () => {
  expect(printable('x'.repeat(512))).toBe('x'.repeat(512));
  expect(printable('x'.repeat(513))).toBe(`${'x'.repeat(511)}…`);
  expect(printable('abc😀def', 5)).toBe('abc…');
});

it('no line for people is a command to the runner of GitHub Actions', () => {
  const same = (text: string) => text;
  const plain = { bold: same, dim: same, red: same, yellow: same, green: same, cyan: same };
  const named = <One extends { rule: string }>(all: One[]) => all.map((one) => ({ ...one, rule: 'a-rule' }));
  const { findings, waived, broken } = hostile;
  const given = { ...hostile, findings: named(findings), waived: named(waived), broken: named(broken), rules: {} };
  const lines = pretty(given, plain).split('\n');
  expect(lines.length).toBeGreaterThan(100);
  expect(lines.filter((line) => readLine(line) !== null)).toEqual([]);
});

it('JSON says exactly what it was given, in characters a terminal does not obey', () => {
  fc.assert(
    fc.property(
      fc
        .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0x23, 0x5b)))
        .map((units) => String.fromCharCode(...units)),
      (text) => {
        const json = jsonText({ text });
        expect(JSON.parse(json)).toEqual({ text });
        expect(json).not.toMatch(/##\[|[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      },
    ),
    { numRuns: 1_000, seed: 20260131 },
  );
});
