import type { Fixture } from '../fixtures.js';
import type { Variant } from '../measure.js';

/** One section of the table; its first variant is what the others are compared with. */
export interface Case {
  id: string;
  title: string;
  /** It has a tree of its own, whatever size others run at, so that it is measured once; and at most so many times. */
  alone?: { runs: number };
  variants(fixture: Fixture): Variant[];
}
