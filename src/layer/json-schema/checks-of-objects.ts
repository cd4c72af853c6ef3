import { type At, type Breach, type Check, isObject, matches, say, spend, type Walk } from './walk.js';

const dependencies: Check = function* (walk, at, wanted: Record<string, unknown>) {
  if (!isObject(at.value)) return;
  spend(walk, Object.keys(wanted).length);
  for (const [key, needs] of Object.entries(wanted)) {
    if (!Object.hasOwn(at.value, key)) continue;
    if (Array.isArray(needs)) yield* lacking(walk, at, at.value, needs, ` beside "${key}"`);
    else yield* walk.judge(needs, at);
  }
};

/** Keywords about objects. */
export const checksOfObjects: Record<string, Check> = {
  maxProperties: (_, at, wanted: number) =>
    say(at, isObject(at.value) && Object.keys(at.value).length > wanted, `must have at most ${wanted} keys`),
  minProperties: (_, at, wanted: number) =>
    say(at, isObject(at.value) && Object.keys(at.value).length < wanted, `must have at least ${wanted} keys`),
  *required(walk, at, wanted: string[]) {
    if (isObject(at.value)) yield* lacking(walk, at, at.value, wanted, '');
  },
  *properties(walk, at, wanted: Record<string, unknown>) {
    if (!isObject(at.value)) return;
    spend(walk, Object.keys(wanted).length);
    for (const [key, schema] of Object.entries(wanted)) {
      if (Object.hasOwn(at.value, key)) yield* walk.judge(schema, property(at, at.value, key));
    }
  },
  *patternProperties(walk, at, wanted: Record<string, unknown>) {
    if (!isObject(at.value)) return;
    for (const key of Object.keys(at.value)) {
      for (const [pattern, schema] of Object.entries(wanted)) {
        if (matches(walk, pattern, key)) yield* walk.judge(schema, property(at, at.value, key));
      }
    }
  },
  *additionalProperties(walk, at, wanted: unknown, { properties = {}, patternProperties = {} }) {
    if (!isObject(at.value)) return;
    const patterns = Object.keys(patternProperties as object);
    for (const key of Object.keys(at.value)) {
      spend(walk, 1);
      if (Object.hasOwn(properties as object, key) || patterns.some((one) => matches(walk, one, key))) continue;
      const place = property(at, at.value, key);
      if (wanted === false) yield { field: place.field, what: 'is not a key that belongs here' };
      else yield* walk.judge(wanted, place);
    }
  },
  *propertyNames(walk, at, wanted: unknown) {
    if (!isObject(at.value)) return;
    for (const key of Object.keys(at.value)) {
      const { field } = property(at, at.value, key);
      for (const { what } of walk.judge(wanted, { ...at, value: key }))
        yield { field, what: `has a name that ${what}` };
    }
  },
  dependencies,
  dependentRequired: dependencies,
  dependentSchemas: dependencies,
};

function* lacking(walk: Walk, at: At, value: object, names: string[], why: string): Iterable<Breach> {
  spend(walk, names.length);
  for (const name of names) {
    if (!Object.hasOwn(value, name)) yield { field: at.field, what: `lacks "${name}"${why}` };
  }
}

function property(at: At, value: Record<string, unknown>, key: string): At {
  return { ...at, value: value[key], field: `${at.field}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}` };
}
