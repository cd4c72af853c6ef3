import type { Heard, Moved } from '../ports.js';
import type { World } from './step.js';

/** One count of what several have moved that move at once. */
export function summed(of: number, unit: Moved['unit'], { moved }: World): (one: string) => Heard {
  const each = new Map<string, number>();
  return (one) => (bytes) => {
    each.set(one, bytes);
    moved({ done: [...each.values()].reduce((sum, part) => sum + part, 0), of, unit });
  };
}
