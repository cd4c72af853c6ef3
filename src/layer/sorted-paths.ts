import type { PathText } from './paths.js';
import { firstPlace } from './sorted.js';

/** Looking a path up, in a text where each comes after the one before it. `key` is in the characters of the text. */
export interface SortedPaths {
  /** The place of a path; -1 where it does not stand. */
  placeOf(key: string): number;
  /** The places of what lies in a folder: from the first one up to the other. */
  placesIn(key: string): [from: number, to: number];
}

export function sortedPaths({ text, starts }: Pick<PathText, 'text' | 'starts'>): SortedPaths {
  const placeFor = (key: string) =>
    firstPlace(0, starts.length, (at) => {
      const start = starts[at] ?? 0;
      return text.slice(start, start + key.length) >= key;
    });
  return {
    placeOf(key) {
      const at = placeFor(key);
      return at < starts.length && text.startsWith(`${key}\0`, starts[at]) ? at : -1;
    },
    // No character comes between a slash and a zero.
    placesIn: (key) => [placeFor(`${key}/`), placeFor(`${key}0`)],
  };
}
