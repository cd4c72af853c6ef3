import type { Stricter } from '../../rule/define.js';
import { type Weakening, weakening } from './weakening.js';

/** Which way a setting is stricter. `fixed`: any other value loses what was demanded. */
export type Direction = Stricter | 'fixed';

/** A value that is weaker than it was. Without a direction, or with values that have none in it, any change counts. */
export function weakerValue(what: string, was: unknown, is: unknown, direction: Direction | undefined): Weakening[] {
  if (equal(was, is) || direction === 'free') return [];
  const isStricter = direction === undefined ? null : stricter(was, is, direction);
  return isStricter === true ? [] : [weakening(what, was, is, isStricter === null ? 'unclear' : 'weaker')];
}

/** Null: these values cannot be told apart that way. They are not equal. */
function stricter(was: unknown, is: unknown, direction: Exclude<Direction, 'free'>): boolean | null {
  switch (direction) {
    case 'fixed':
      return false;
    case 'lower':
    case 'higher':
      return isMeasured(was) && isMeasured(is) ? Number(is) < Number(was) === (direction === 'lower') : null;
    case 'fewer':
      return Array.isArray(was) && Array.isArray(is) ? holdsAll(was, is) : null;
    case 'more':
      return Array.isArray(was) && Array.isArray(is) ? holdsAll(is, was) : null;
    default: {
      const [before, after] = [direction.indexOf(was), direction.indexOf(is)];
      return before === -1 || after === -1 ? null : after > before;
    }
  }
}

function isMeasured(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}

function holdsAll(all: readonly unknown[], some: readonly unknown[]): boolean {
  return some.every((one) => all.some((other) => equal(one, other)));
}

/** By content; the order of keys is none. */
export function equal(a: unknown, b: unknown): boolean {
  return text(a) === text(b);
}

function text(value: unknown): string | undefined {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
