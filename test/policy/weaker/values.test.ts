import { describe, expect, it } from 'vitest';
import { type Direction, equal, weakerValue } from '../../../src/policy/weaker/direction.js';
import { weakerFlags } from '../../../src/policy/weaker/flags.js';
import { weakerOwners } from '../../../src/policy/weaker/owners.js';
import { weakerRequires } from '../../../src/policy/weaker/requires.js';
import { weakerWaivers } from '../../../src/policy/weaker/waivers.js';
import { type Weakening, weakening } from '../../../src/policy/weaker/weakening.js';
import { examplePolicy } from '../../../src/rule/index.js';

const told = (found: Weakening[]) => found.map(({ kind, what, was, is }) => `${what}: ${was} → ${is} ${kind}`);

describe('a value of which', () => {
  const severities = ['off', 'warning', 'error'];
  it.each<[Direction | undefined, unknown, unknown, 'kept' | 'weaker' | 'unclear']>([
    ['lower', 90, 90, 'kept'],
    ['lower', 90, 89, 'kept'],
    ['lower', 90, 91, 'weaker'],
    ['lower', 90, undefined, 'unclear'],
    ['lower', undefined, 90, 'unclear'],
    ['lower', 90, '9', 'unclear'],
    ['lower', '90', 9, 'unclear'],
    ['lower', true, false, 'kept'],
    ['higher', 1, 2, 'kept'],
    ['higher', 2, 1, 'weaker'],
    ['higher', true, false, 'weaker'],
    ['higher', false, true, 'kept'],
    ['fewer', ['a', 'b'], ['b'], 'kept'],
    ['fewer', ['a', 'b'], ['b', 'a'], 'kept'],
    ['fewer', ['a'], ['a', 'b'], 'weaker'],
    ['fewer', ['a'], 'a', 'unclear'],
    ['fewer', 'a', ['a'], 'unclear'],
    ['fewer', [{ a: 1, b: 2 }, { c: 3 }], [{ b: 2, a: 1 }], 'kept'],
    ['more', ['a'], ['a', 'b'], 'kept'],
    ['more', ['a', 'b'], ['b'], 'weaker'],
    ['more', ['a'], 'a', 'unclear'],
    ['more', 'a', ['a'], 'unclear'],
    ['fixed', 'VERSION', 'V', 'weaker'],
    ['free', 'a', 'b', 'kept'],
    [undefined, 'base', 'commit', 'unclear'],
    [undefined, { a: 1, b: [1] }, { b: [1], a: 1 }, 'kept'],
    [severities, 'off', 'warning', 'kept'],
    [severities, 'warning', 'error', 'kept'],
    [severities, 'error', 'off', 'weaker'],
    [severities, 'loud', 'error', 'unclear'],
    [severities, 'error', 'loud', 'unclear'],
    [severities, 'off', 'loud', 'unclear'],
  ])('%j is stricter: %j, then %j', (direction, was, is, kind) => {
    expect(weakerValue('x', was, is, direction).map((one) => one.kind)).toEqual(kind === 'kept' ? [] : [kind]);
  });

  it('is equal by content, in whatever order its keys stand', () => {
    expect(equal({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 })).toBe(true);
    expect(equal({ c: 1, a: 2, b: 3 }, { b: 3, c: 1, a: 2 })).toBe(true);
    expect([equal(['a', 'b'], ['b', 'a']), equal({ a: 1 }, { a: 2 }), equal(['a'], { 0: 'a' })]).toEqual([
      ...[false, false, false],
    ]);
    expect([equal(null, null), equal(null, undefined), equal({ a: null }, { a: null })]).toEqual([true, false, true]);
  });

  it('is shown as it is written, cut after 200 characters', () => {
    expect(weakening('x', 'a'.repeat(200), 'b'.repeat(201))).toEqual({
      ...{ kind: 'weaker', what: 'x', was: 'a'.repeat(200), is: `${'b'.repeat(200)}…` },
    });
    expect(weakening('x', null, undefined)).toMatchObject({ was: 'nothing', is: 'nothing' });
    expect(weakening('x', ['a'], 1)).toMatchObject({ was: '["a"]', is: '1' });
  });
});

describe('a command', () => {
  const check = 'layer-policy check';
  it.each<[was: string, is: string, says: string[]]>([
    ['', '', []],
    [' --base origin/main', ' --base origin/main', []],
    [' --base origin/main', ' --base=origin/main', []],
    [' --base origin/main', '', [`${check} --base: origin/main → nothing weaker`]],
    [' --base main', ' --base other', [`${check} --base: main → other unclear`]],
    ['', ' --base main', []],
    [' --max-warnings 5', ' --max-warnings 4', []],
    [' --base 1234567', ' --base 1234566', [`${check} --base: 1234567 → 1234566 unclear`]],
    ['', ' --output a@b', []],
    ['', ' >out.txt docs', [`${check} paths: nothing → docs weaker`]],
    [' --base $\u007b{ a }}', ' --base $\u007b{ b }}', [`${check} --base: $\u007b{a}} → $\u007b{b}} unclear`]],
    [' --max-warnings 5', ' --max-warnings=5', []],
    [' --max-warnings 5', ' --max-warnings 05', []],
    [' --max-warnings 5', ' --max-warnings 6', [`${check} --max-warnings: 5 → 6 weaker`]],
    [' --max-warnings 5', '', [`${check} --max-warnings: 5 → nothing weaker`]],
    ['', ' --max-warnings 5', []],
    ['', ' --format sarif --output a --json --quiet --verbose --no-color', []],
    ['', ' --rule file-size', [`${check} --rule: nothing → file-size weaker`]],
    ['', ' --rule a --rule b', [`${check} --rule: nothing → a, b weaker`]],
    [' --rule a', ' --rule=b', [`${check} --rule: a → b weaker`]],
    ['', ' --rule', [`${check} --rule: nothing →  weaker`]],
    [
      '',
      ' --ignore-baseline docs',
      [`${check} --ignore-baseline: nothing → given weaker`, `${check} paths: nothing → docs weaker`],
    ],
    ['', ' docs src', [`${check} paths: nothing → docs, src weaker`]],
    [' docs', '', []],
    ['', ' --x=a=b', [`${check} --x: nothing → a=b weaker`]],
    ['', ' > out.txt', []],
    ['', ' 2>err.txt', []],
    ['', ' 2> err.txt docs', [`${check} paths: nothing → docs weaker`]],
    ['', ' a>b', [`${check} paths: nothing → a>b weaker`]],
    [' --base $\u007b{ github.base_ref }}', ' --base $\u007b{github.base_ref}}', []],
    [' --base $\u007b{ a }} $\u007b{ b }}', ' --base $\u007b{ a }} $\u007b{ b }}', []],
  ])('%j that becomes %j', (was, is, says) => {
    expect(told(weakerFlags(check + was, check + is))).toEqual(says);
  });

  it.each<[was: string, is: string, says: string[]]>([
    ['layer-policy@1.2.0', 'layer-policy@1.2.0', []],
    ['layer-policy@1.2.0', 'layer-policy@1.3.0', []],
    ['layer-policy@1.2.0', 'layer-policy@1.1.0', ['1.2.0 → 1.1.0 weaker']],
    ['layer-policy@1.2.0', 'layer-policy', ['1.2.0 → nothing weaker']],
    ['layer-policy', 'layer-policy@1.2.0', ['nothing → 1.2.0 unclear']],
    ['layer-policy@1.2.0', 'layer-policy@next', ['1.2.0 → next unclear']],
  ])('%s that becomes %s', (was, is, says) => {
    expect(told(weakerFlags(`${was} check`, `${is} check`))).toEqual(
      says.map((one) => `the version of layer-policy: ${one}`),
    );
  });
});

it.each<[was: string | null, is: string | null, says: string[]]>([
  [null, '>=1.0.0', []],
  ['>=1.2.0', '>=1.2.0', []],
  ['>=1.2.0', '^1.2', []],
  ['>=1.2.0', ' ~ v1.2.1 ', []],
  ['1.2.0', '1.1.9', ['1.2.0 → 1.1.9 weaker']],
  ['=2', '1.9.9', ['=2 → 1.9.9 weaker']],
  ['1.2.0', null, ['1.2.0 → nothing weaker']],
  ['1.10.10', '1.10.9', ['1.10.10 → 1.10.9 weaker']],
  ['12', '11', ['12 → 11 weaker']],
  ['10.10', '10.9.9', ['10.10 → 10.9.9 weaker']],
  ['10.10', '10.10.0', []],
  ['9', '10', []],
  ['1.2.0', '<3', ['1.2.0 → <3 unclear']],
  ['1.x', '1.2.0', ['1.x → 1.2.0 unclear']],
  ['1.2.0', 'at least 1.2.0', ['1.2.0 → at least 1.2.0 unclear']],
  ['1.2.0', '1.2.0.4', ['1.2.0 → 1.2.0.4 unclear']],
  ['1.2.0', '1.2.0 || 1', ['1.2.0 → 1.2.0 || 1 unclear']],
])('the oldest tool that may judge: %s, then %s', (was, is, says) => {
  expect(told(weakerRequires('requires', was, is))).toEqual(says.map((one) => `requires: ${one}`));
});

describe('who may approve', () => {
  it.each<[before: string, after: string, says: string[]]>([
    ['* @a', '* @a', []],
    ['* @a @b', '* @b', []],
    ['* @a', '* @a @b', ['owners of p, ci/x: @a → @a @b weaker']],
    ['* @a', '', ['owners of p, ci/x: @a → nothing weaker']],
    ['', '* @a', []],
    ['* @a', '* @a\nci/ @b', ['owners of ci/x: @a → @b weaker']],
    ['* @a', '* @a\r\np\r\n', ['owners of p: @a → nothing weaker']],
    ['* @a', '  *   @a   # @b', []],
    ['* @a', '* @a # @b', []],
    ['[pq] @a', '[pq] @a @b', []],
    ['/[pq] @a', '/[pq] @a @b', ['owners of p: @a → @a @b weaker']],
    ['p\\ x @a\np @b', 'p @b', []],
    ['p @b', 'p\\ @b', ['owners of p: @b → nothing weaker']],
    ['p @a\nci/ @b', 'p @c\nci/ @d', ['owners of p: @a → @c weaker', 'owners of ci/x: @b → @d weaker']],
    ['* @a', '#* @b\n* @a', []],
    ['* @a', '*#x @b\n* @a', []],
    ['p @a', 'p\\ x @b\np @a', []],
    ['* @a', '[One]\n* @a\n[Two]\np @b', ['owners of p: @a → @a @b weaker']],
    ['[One]\n* @a\n[Two]\n* @b', '[One]\n* @a\n [Two]\n* @b @a', []],
    ['[One]\n* @a', '^[One]\n* @a\n[One]\n* @b', ['owners of p, ci/x: @a → @b weaker']],
  ])('%j that becomes %j', (before, after, says) => {
    expect(told(weakerOwners(['p', 'ci/x'], before, after))).toEqual(says);
  });
});

describe('waivers', () => {
  const waiver = (file: string, until = '2026-06-30', rule = 'safe-paths') => ({ rule, file, until, reason: 'x' });
  it.each<[was: [string, string?, string?][], is: [string, string?, string?][], says: string[]]>([
    [[], [], []],
    [[['a']], [['a']], []],
    [[['a']], [], []],
    [[], [['a']], ['safe-paths for a: nothing → waived until 2026-06-30 weaker']],
    [[['a']], [['a', '2026-06-29']], []],
    [[['a']], [['a', '2026-07-01']], ['safe-paths for a: waived until 2026-06-30 → waived until 2026-07-01 weaker']],
    [[['docs/**']], [['docs/a.md']], []],
    [[['docs/**']], [['docs/[a].md']], ['safe-paths for docs/[a].md: nothing → waived until 2026-06-30 weaker']],
    [[['docs/**']], [['src/a']], ['safe-paths for src/a: nothing → waived until 2026-06-30 weaker']],
    [[['a', '2026-06-30', 'file-size']], [['a']], ['safe-paths for a: nothing → waived until 2026-06-30 weaker']],
    // A kind that has no aim runs nowhere, so nothing of it can be waived.
    [[], [['a', '2026-06-30', 'file-size']], []],
  ])('%j that become %j', (was, is, says) => {
    const found = weakerWaivers(
      'waivers',
      was.map((one) => waiver(...one)),
      is.map((one) => waiver(...one)),
      examplePolicy,
    );
    expect(told(found)).toEqual(says.map((one) => `waivers: ${one}`));
  });
});
