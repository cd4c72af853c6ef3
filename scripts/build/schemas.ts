import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Schema = Record<string, unknown>;

/** Where a schema holds one schema, a list, or some by name; all else in it is no schema. */
const one = ['additionalProperties', 'items', 'contains', 'propertyNames', 'not', 'if', 'then', 'else'];
const lists = ['oneOf', 'anyOf', 'allOf'];
const maps = ['properties', 'patternProperties', 'definitions', '$defs'];

/** A reference is this long itself. */
const short = 60;

/** The schemas for programs: in one line, and what they say more than once said once. */
export function buildSchemas(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const file of readdirSync(from)) {
    writeFileSync(join(to, file), JSON.stringify(saidOnce(JSON.parse(readFileSync(join(from, file), 'utf8')))));
  }
}

function saidOnce(schema: Schema): Schema {
  const times = new Map<string, number>();
  const count = (part: Schema): Schema => {
    const text = JSON.stringify(part);
    const before = times.get(text) ?? 0;
    times.set(text, before + 1);
    // What is in it goes with it.
    return before > 0 ? part : each(part, count);
  };
  each(schema, count);

  const names = new Map<string, string>();
  const shared: Record<string, Schema> = {};
  const shorten = (part: Schema): Schema => {
    const text = JSON.stringify(part);
    if (text.length <= short || (times.get(text) ?? 0) < 2) return each(part, shorten);
    const name = names.get(text) ?? `shared-${names.size}`;
    if (!names.has(text)) {
      names.set(text, name);
      shared[name] = each(part, shorten);
    }
    return { $ref: `#/definitions/${name}` };
  };
  const shortened = each(schema, shorten);
  return names.size === 0 ? schema : { ...shortened, definitions: { ...(shortened.definitions as Schema), ...shared } };
}

/** The schema with `change` made to each that it holds. */
function each(schema: Schema, change: (part: Schema) => Schema): Schema {
  const changed = (value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? change(value as Schema) : value;
  const parts = Object.entries(schema).map(([key, value]) => {
    if (one.includes(key)) return [key, changed(value)];
    if (lists.includes(key)) return [key, (value as unknown[]).map(changed)];
    if (maps.includes(key)) {
      return [key, Object.fromEntries(Object.entries(value as Schema).map(([name, part]) => [name, changed(part)]))];
    }
    return [key, value];
  });
  return Object.fromEntries(parts);
}
