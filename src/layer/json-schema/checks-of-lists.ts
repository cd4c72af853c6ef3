import { canonical } from './equal.js';
import { type At, type Breach, type Check, keeps, say, type Walk } from './walk.js';

/** Keywords about lists. */
export const checksOfLists: Record<string, Check> = {
  *items(walk, at, wanted: unknown, { prefixItems }) {
    if (Array.isArray(wanted)) yield* first(walk, at, wanted);
    else yield* from(walk, at, Array.isArray(prefixItems) ? prefixItems.length : 0, wanted);
  },
  prefixItems: (walk, at, wanted: unknown[]) => first(walk, at, wanted),
  *additionalItems(walk, at, wanted: unknown, { items }) {
    if (Array.isArray(items)) yield* from(walk, at, items.length, wanted);
  },
  *contains(walk, at, wanted: unknown, { minContains = 1, maxContains = Number.POSITIVE_INFINITY }) {
    if (!Array.isArray(at.value)) return;
    const found = at.value.filter((_, i) => keeps(walk, wanted, item(at, i))).length;
    yield* say(at, found < (minContains as number), `must hold ${minContains} of what "contains" asks for`);
    yield* say(at, found > (maxContains as number), `must hold at most ${maxContains} of what "contains" asks for`);
  },
  maxItems: (_, at, wanted: number) =>
    say(at, Array.isArray(at.value) && at.value.length > wanted, `must have at most ${wanted} items`),
  minItems: (_, at, wanted: number) =>
    say(at, Array.isArray(at.value) && at.value.length < wanted, `must have at least ${wanted} items`),
  *uniqueItems(walk, at, wanted: boolean) {
    if (!wanted || !Array.isArray(at.value)) return;
    const different = new Set(at.value.map((one) => canonical(walk, one)));
    yield* say(at, different.size < at.value.length, 'must not hold an item twice');
  },
};

/** The first items, each by a schema of its own. */
function* first(walk: Walk, at: At, wanted: unknown[]): Iterable<Breach> {
  if (!Array.isArray(at.value)) return;
  for (const [i, schema] of wanted.slice(0, at.value.length).entries()) yield* walk.judge(schema, item(at, i));
}

/** All items from one on, by the same schema. */
function* from(walk: Walk, at: At, start: number, wanted: unknown): Iterable<Breach> {
  if (!Array.isArray(at.value)) return;
  for (let i = start; i < at.value.length; i++) yield* walk.judge(wanted, item(at, i));
}

function item(at: At, i: number): At {
  return { ...at, value: (at.value as unknown[])[i], field: `${at.field}/${i}` };
}
