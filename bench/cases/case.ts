import type { Fixture } from '../fixtures.js';
import type { Variant } from '../measure.js';

/** One section of the table; its first variant is what the others are compared with. */
export interface Case {
  id: string;
  title: string;
  variants(fixture: Fixture): Variant[];
}
