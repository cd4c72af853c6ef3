import { expect, it } from 'vitest';
import { matchesGlob } from '../../src/layer/glob.js';

it.each([
  ['**/*.ipynb', 'a/b/c.ipynb', true],
  ['**/*.ipynb', 'c.ipynb', true],
  ['*.ipynb', 'a/c.ipynb', false],
  ['canonical/**', 'canonical/x/y.yaml', true],
  ['canonical/**', 'canonical', true],
  ['canonical/**', 'canonicals/x', false],
  ['a/**/b', 'a/b', true],
  ['a/**/b', 'a/x/y/b', true],
  ['a/*/b', 'a/x/y/b', false],
  ['src/[!_]*.py', 'src/a.py', true],
  ['src/[!_]*.py', 'src/_a.py', false],
  ['a[]b]c', 'a]c', true],
  ['[z-a]', 'b', false],
  ['a\\*b', 'a*b', true],
  ['a\\*b', 'axb', false],
  ['*', '', true],
  ['?', '', false],
])('%s and %s: %s', (glob, path, matches) => {
  expect(matchesGlob(glob, path)).toBe(matches);
});

it('takes no longer for a pattern made to hang a backtracking matcher', () => {
  const steps = 20;
  const hostile = `${'*a'.repeat(60)}b`;
  const started = performance.now();
  for (let i = 0; i < steps; i++) expect(matchesGlob(hostile, 'a'.repeat(2000))).toBe(false);
  for (let i = 0; i < steps; i++) expect(matchesGlob(`${'**/'.repeat(40)}x`, 'a/'.repeat(300))).toBe(false);
  // A backtracking matcher does not end within the life of the machine; this bound only has to be finite.
  expect(performance.now() - started).toBeLessThan(30_000);
});
