import type { Declarations, Waiver } from '../../layer/declarations.js';
import { matchesGlob } from '../../layer/glob.js';
import { isDemanded } from './rules.js';
import { type Weakening, weakening } from './weakening.js';

/** Waivers that let more pass, or for longer, than those there were. A day less, or one file of several, is no more. */
export function weakerWaivers(
  what: string,
  was: readonly Waiver[],
  is: readonly Waiver[],
  base: Declarations,
): Weakening[] {
  return is
    .filter(({ rule }) => isDemanded(base, rule))
    .filter((waiver) => !was.some((before) => covers(before, waiver) && before.until >= waiver.until))
    .map((waiver) => {
      const before = was.find(({ rule, file }) => rule === waiver.rule && file === waiver.file);
      return weakening(`${what}: ${waiver.rule} for ${waiver.file}`, before && until(before), until(waiver));
    });
}

function covers(before: Waiver, waiver: Waiver): boolean {
  if (before.rule !== waiver.rule) return false;
  // Of two globs nobody can say which has more in it; a plain path is in a glob that matches it.
  return before.file === waiver.file || (!/[*?[\]{}]/.test(waiver.file) && matchesGlob(before.file, waiver.file));
}

function until({ until }: Waiver): string {
  return `waived until ${until}`;
}
