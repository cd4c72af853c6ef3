import { describe, expect, it } from 'vitest';
import { globMatcher, matchesGitGlob, matchesGlob } from '../../src/layer/glob.js';
import { globProblem, isGlob } from '../../src/layer/glob-problem.js';

describe('one part of a glob', () => {
  it.each<[glob: string, fits: string[], not: string[]]>([
    ['a?c', ['abc', 'a?c', 'a*c'], ['ac', 'abbc', 'a/c']],
    ['a*c', ['ac', 'abc', 'abcbc'], ['abcb', 'xac', 'a/c']],
    ['a**c', ['ac', 'abbc'], ['a/c', 'ab']],
    ['*a*b', ['ab', 'xaxb', 'aab'], ['ba', 'abx']],
    ['a\\*b', ['a*b'], ['axb', 'a\\*b']],
    ['ab\\', ['ab\\'], ['ab']],
    ['[abc]', ['a', 'b', 'c'], ['d', '', 'ab', '[abc]']],
    ['[a-c]x', ['ax', 'bx', 'cx'], ['dx', '-x']],
    ['[a-]', ['a', '-'], ['b', '.']],
    ['[-a]', ['a', '-'], ['b']],
    ['[a-cx-z]', ['b', 'y'], ['d', 'w', '-']],
    ['[!a]', ['b', '!'], ['a', '']],
    ['[^a]', ['b', '^'], ['a']],
    ['[a^]', ['a', '^'], ['b']],
    ['[a!]', ['a', '!'], ['b']],
    ['[]a]', [']', 'a'], ['[', 'b']],
    ['[!]a]', ['b'], [']', 'a']],
    ['[a', ['[a'], ['a']],
    ['x[a]y', ['xay'], ['xy', 'xby', 'x[a]y']],
    ['{a,b}c', ['ac', 'bc'], ['cc', '{a,b}c']],
  ])('%s', (glob, fits, not) => {
    expect(fits.filter((path) => !matchesGlob(glob, path))).toEqual([]);
    expect(not.filter((path) => matchesGlob(glob, path))).toEqual([]);
  });
});

it.each<[glob: string, fits: string[], not: string[]]>([
  ['**', ['', 'a', 'a/b/c'], []],
  ['**/a', ['a', 'x/a', 'x/y/a'], ['ab', 'a/b']],
  ['a/**', ['a', 'a/b', 'a/b/c'], ['ab', 'b/a']],
  ['a/**/b/**/c', ['a/b/c', 'a/x/b/y/z/c'], ['a/c', 'a/b', 'a/b/d']],
  ['a/b', ['a/b'], ['a', 'a/b/c', 'x/a/b']],
])('folders of %s', (glob, fits, not) => {
  expect(fits.filter((path) => !matchesGlob(glob, path))).toEqual([]);
  expect(not.filter((path) => matchesGlob(glob, path))).toEqual([]);
});

it('several globs are one question, and none fits nothing', () => {
  const fits = globMatcher(['a/*', '*.md']);
  expect(['a/b', 'x.md', 'b/c'].map(fits)).toEqual([true, true, false]);
  expect(globMatcher([])('a')).toBe(false);
});

it('git reads braces as characters', () => {
  expect(matchesGitGlob('{a,b}', 'a')).toBe(false);
  expect(matchesGitGlob('x/{a,b}', 'x/{a,b}')).toBe(true);
});

describe('a glob that nobody should write', () => {
  it.each([
    ['a'.repeat(256), null],
    ['a'.repeat(257), 'is longer than 256 bytes'],
    ['é'.repeat(128), null],
    [`${'é'.repeat(128)}a`, 'is longer than 256 bytes'],
    ['*a*a*a*a*a*a*a*', null],
    ['*a*a*a*a*a*a*a*a*', 'has more than 8 stars'],
    ['**/**/**/**/**/**/**/**', null],
    ['a\\', 'has "\\" where "/" belongs'],
    ['a\\b', 'has "\\" where "/" belongs'],
    ['a\\[', null],
    ['{aa..zz}', 'has a range in braces, which is not taken; write {1,2,3} or [1-3]'],
    ['{1..3}', 'has a range in braces, which is not taken; write {1,2,3} or [1-3]'],
    ['{a,b..c}', null],
    ['a[b', 'has a "[" without "]"; write \\[ for the character'],
    ['a[b]', null],
    ['{a', 'has a "{" without "}"; write \\{ for the character'],
    ['{a}', null],
    ['a}', null],
    ['a}{b', 'has a "{" without "}"; write \\{ for the character'],
    ['{a}}{b', 'has a "{" without "}"; write \\{ for the character'],
    ['///a/b', 'begins with "/"; paths begin at the root without it: a/b'],
    ['a//b', 'has an empty, "." or ".." part'],
  ])('%j: %s', (glob, problem) => expect(globProblem(glob)).toBe(problem));

  it.each([
    ['a/b.c', false],
    ['a*', true],
    ['a?', true],
    ['[a]', true],
    ['{a}', true],
    ['a\\b', true],
    ['a]', false],
  ])('%s is more than a path: %s', (text, more) => expect(isGlob(text)).toBe(more));
});
