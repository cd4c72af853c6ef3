import { expect, it } from 'vitest';
import { expandBraces } from '../../src/layer/braces.js';
import { matchesGlob } from '../../src/layer/glob.js';
import { globProblem } from '../../src/layer/glob-problem.js';

it.each([
  'legacy/**',
  '**/*.{ipynb,csv}',
  'src/[!_]*.py',
  'a/{b,c/{d,e}}/*.zip',
  'a\\[1\\]/\\{x\\}',
  'data[[]1].zip',
  '[]]',
  '{{cookiecutter.name}}/**',
  'é/**',
  'x}y',
])('%s is a glob', (glob) => {
  expect(globProblem(glob)).toBeNull();
});

it.each([
  ['', 'is empty'],
  ['a'.repeat(257), 'is longer than 256 bytes'],
  ['é'.repeat(129), 'is longer than 256 bytes'],
  ['*a'.repeat(9), 'more than 8 stars'],
  ['{a,b}'.repeat(20), 'more than 64 globs'],
  ['{a,b}'.repeat(7), 'more than 64 globs'],
  ['{1..1000000000}', 'range in braces'],
  ['+(a|aa)', 'pattern in parentheses'],
  ['*.!(md)', 'pattern in parentheses'],
  ['!legacy/**', 'begins with "!"'],
  ['a[b', '"[" without "]"'],
  ['[!]', '"[" without "]"'],
  ['{a,b', '"{" without "}"'],
  ['/legacy/**', 'without it: legacy/\\*\\*'],
  ['legacy/', 'legacy/\\*\\*'],
  ['a/../b', '".." part'],
  ['./a', '"." or'],
  ['a//b', 'empty'],
  ['legacy\\old\\*', 'where "/" belongs'],
  ['a\0b', 'control character'],
])('%j is none: it %s', (glob, problem) => {
  expect(globProblem(glob)).toMatch(new RegExp(problem.replace(/[[\]{}]/g, '\\$&')));
});

it.each([
  ['a', ['a']],
  ['a/{b,c}', ['a/b', 'a/c']],
  ['{a,b}{c,d}', ['ac', 'ad', 'bc', 'bd']],
  ['x{a,b{c,d}}y', ['xay', 'xbcy', 'xbdy']],
  ['{a,}b', ['ab', 'b']],
  ['{a}', ['{a}']],
  ['{{a,b}}', ['{a}', '{b}']],
  ['\\{a,b}', ['\\{a,b}']],
  ['[{]a,b}', ['[{]a,b}']],
  ['{a\\,b,c}', ['a\\,b', 'c']],
  ['{[,],c}', ['[,]', 'c']],
])('%s stands for %j', (glob, globs) => {
  expect(expandBraces(glob)).toEqual(globs);
});

it('what is taken for a literal matches as one', () => {
  expect(['{a}', '\\{a,b}', 'a\\[1\\]'].map((glob, i) => matchesGlob(glob, ['{a}', '{a,b}', 'a[1]'][i] ?? ''))).toEqual(
    [true, true, true],
  );
});

it('gives up on what stands for too much before it is written out', () => {
  expect([expandBraces('{a,b}'.repeat(20)), expandBraces(`{${'a,'.repeat(100)}}`)]).toEqual([null, null]);
});
