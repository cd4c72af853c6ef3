import { describe, expect, it } from 'vitest';
import { baselineText, parseBaseline, tally } from '../../src/policy/baseline.js';

describe('a baseline', () => {
  const known = [
    { rule: 'b', file: 'b', fingerprint: '2'.repeat(32) },
    { rule: 'b', file: 'a', fingerprint: '1'.repeat(32) },
    { rule: 'a', file: 'b', fingerprint: '3'.repeat(32) },
  ];
  const bytes = (text: string) => new TextEncoder().encode(text);

  it('has a line for each finding, by file and rule, and is read again', () => {
    const text = baselineText(known);
    const line = (at: number) =>
      `    { "rule": "${known[at]?.rule}", "file": "${known[at]?.file}", "fingerprint": "${known[at]?.fingerprint}" }`;
    expect(text).toBe(`{\n  "schema": 1,\n  "known": [\n${[1, 2, 0].map(line).join(',\n')}\n  ]\n}\n`);
    expect(parseBaseline(bytes(text))).toHaveLength(3);
    expect(baselineText([])).toBe('{\n  "schema": 1,\n  "known": []\n}\n');
  });

  it.each([
    ['{', 'line 1: '],
    ['null', 'it is not { "schema": 1, "known": […] }'],
    ['{"schema":2,"known":[]}', 'it is not { "schema": 1, "known": […] }'],
    ['{"schema":1}', 'it is not { "schema": 1, "known": […] }'],
    [
      baselineText(known).replace('"rule": "a"', '"rule": 1'),
      'line 5: each entry is { "rule", "file", "fingerprint" } and nothing else',
    ],
  ])('is refused as %j', (text, problem) => {
    expect(() => parseBaseline(bytes(text))).toThrow(
      expect.objectContaining({ code: 'config-invalid', message: expect.stringContaining(problem) }),
    );
  });

  it('is taken from one by one', () => {
    const [first, second] = known;
    if (!first || !second) throw new Error('there are three');
    const entries = tally([first, first, second]);
    expect([entries.take(first), entries.take(first), entries.take(first)]).toEqual([true, true, false]);
    expect(entries.take({ ...second, rule: 'c' })).toBe(false);
    expect(entries.left()).toEqual([second]);
  });
});
