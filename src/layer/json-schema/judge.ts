import { checksOfForms } from './checks-of-forms.js';
import { checksOfLists } from './checks-of-lists.js';
import { checksOfObjects } from './checks-of-objects.js';
import { checksOfValues } from './checks-of-values.js';
import type { Schema } from './schema.js';
import { type Breach, type Check, type Steps, spend, TooMuch, type Walk } from './walk.js';

const checks: Record<string, Check> = { ...checksOfForms, ...checksOfValues, ...checksOfLists, ...checksOfObjects };

/** Schemas that ask one another about a value: deeper than any document, shallower than the stack. */
const nestingLimit = 400;

/** Each breach in turn, so that who wants only some of them stops there. Throws `TooMuch`. */
export function breaches(schema: Schema, steps: Steps, value: unknown): Iterable<Breach> {
  const walk: Walk = {
    schema,
    steps,
    *judge(part, at) {
      spend(walk, 1);
      if (at.nesting > nestingLimit) throw new TooMuch();
      if (typeof part === 'boolean') {
        if (!part) yield { field: at.field, what: 'is not allowed here' };
        return;
      }
      const within = part as Record<string, unknown>;
      const inner = { ...at, nesting: at.nesting + 1 };
      for (const [keyword, wanted] of Object.entries(within)) {
        const check = Object.hasOwn(checks, keyword) ? checks[keyword] : undefined;
        if (check) yield* check(walk, inner, wanted as never, within);
      }
    },
  };
  return walk.judge(schema.root, { value, field: '', nesting: 0 });
}
