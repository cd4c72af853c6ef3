import { describe, expect, it } from 'vitest';
import { concerns, merge, several } from '../../src/policy/judge.js';
import { count, holds, type Verdict } from '../../src/policy/verdict.js';
import { finding } from './finding.js';

describe('a verdict', () => {
  const warning = finding({ severity: 'warning', fingerprint: 'w' });
  const verdict = (judged: string, rest: Partial<Verdict> = {}): Verdict => ({
    ...{ ok: true, stage: 'pre-push', head: null, base: null, judged, counts: { error: 0, warning: 0 } },
    ...{ findings: [], waived: [], broken: [], notices: [], rules: {}, ran: 1 },
    ...rest,
  });

  it('refuses errors, and warnings beyond what is allowed', () => {
    expect(count([finding(), warning, warning])).toEqual({ error: 1, warning: 2 });
    const held = (error: number, warning: number, maxWarnings: number | null) =>
      holds({ error, warning }, { maxWarnings });
    expect([held(0, 9, null), held(0, 2, 2), held(0, 3, 2), held(1, 0, null), held(1, 0, 5)]).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('of several refs tells what two share once, and those that are refused first', () => {
    expect(merge([])).toBeNull();
    const one = verdict('a', { findings: [warning], notices: ['n'], rules: { a: { title: 'a', why: 'a' } } });
    expect(merge([one])).toBe(one);
    const waived = [{ ...warning, excuse: 'skip' as const, by: 'x', until: null }];
    const other = verdict('b', {
      ...{
        ok: false,
        findings: [finding({ file: 'A' }), warning, { ...warning, line: 3 }],
        waived,
        notices: ['n', 'o'],
      },
      ...{ rules: { b: { title: 'b', why: 'b' } }, broken: [{ rule: 'x', error: 1 }] },
    });
    expect(merge([one, other, { ...other, ok: true }])).toMatchObject({
      ...{ ok: false, judged: 'b, a, b', counts: { error: 1, warning: 2 }, notices: ['n', 'o'], waived },
      findings: [finding({ file: 'A' }), warning, { ...warning, line: 3 }],
      rules: { a: { title: 'a' }, b: { title: 'b' } },
      broken: [{ rule: 'x' }, { rule: 'x' }],
    });
    expect(merge([one, one])?.ok).toBe(true);
  });

  it('names five refs, and of more four', () => {
    expect(several(['1', '2', '3', '4', '5'])).toBe('1, 2, 3, 4, 5');
    expect(several(['1', '2', '3', '4', '5', '6'])).toBe('1, 2, 3, 4 and 2 more');
  });

  it.each([
    ['a/b', [], true],
    ['a/b', [''], true],
    ['a/b', ['a/b'], true],
    ['a/b', ['a'], true],
    ['a', ['a/b'], true],
    ['a/bc', ['a/b'], false],
    ['a/b', ['a/bc'], false],
    ['a/b', ['x', 'a/c'], false],
  ])('on %s concerns %j: %s', (file, paths, expected) => expect(concerns(file, paths)).toBe(expected));
});
