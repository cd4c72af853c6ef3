import { nearest } from '../names.js';
import { linearPatterns } from './patterns.js';
import type { Schema } from './schema.js';
import { drafts, type Shape, shapes, types } from './shapes.js';
import { isObject } from './walk.js';

export interface SchemaProblem {
  /** JSON pointer within the schema. */
  field: string;
  what: string;
}

/** More places for schemas than anybody writes. */
const placesLimit = 20_000;

/**
 * Reads a schema of a repository, which is hostile until it is understood: known keywords only, references within itself
 * only, patterns only for an engine without backtracking.
 */
export async function readSchema(root: unknown): Promise<{ schema: Schema } | { problems: SchemaProblem[] }> {
  const problems: SchemaProblem[] = [];
  const patterns = new Map<string, string>();
  const references = new Map<string, string>();
  const places = new Set<unknown>();
  visit(root, '');

  const targets = new Map<string, unknown>();
  for (const [reference, field] of references) {
    const target = targetOf(root, reference);
    if (typeof target === 'boolean' || places.has(target)) targets.set(reference, target);
    else problems.push({ field, what: `leads to no schema: "${reference.slice(0, 100)}"` });
  }
  const compiled = await linearPatterns(patterns.keys());
  for (const { pattern, what } of compiled.problems) problems.push({ field: patterns.get(pattern) ?? '', what });
  return problems.length > 0 ? { problems } : { schema: { root, targets, matches: compiled.matches } };

  function visit(schema: unknown, field: string): void {
    if (typeof schema === 'boolean') return;
    if (!isObject(schema)) {
      problems.push({ field, what: 'is no schema: an object, true or false' });
      return;
    }
    places.add(schema);
    if (places.size === placesLimit + 1) problems.push({ field, what: 'has too many schemas within it' });
    if (places.size > placesLimit) return;
    for (const [keyword, value] of Object.entries(schema)) {
      const shape = Object.hasOwn(shapes, keyword) ? shapes[keyword] : undefined;
      const place = `${field}/${escaped(keyword)}`;
      if (shape !== undefined) look(shape, value, place);
      else problems.push({ field: place, what: `is no keyword that is taken here${meant(keyword)}` });
    }
  }

  function look(shape: Shape, value: unknown, field: string): void {
    const wanted = wrongly[shape]?.(value, field) ?? null;
    if (wanted !== null) problems.push({ field, what: `must be ${wanted}` });
    else if (shape === 'schema' || (shape === 'schema or schemas' && !Array.isArray(value))) visit(value, field);
    else if (Array.isArray(value) && shape.includes('schemas'))
      for (const [i, one] of value.entries()) visit(one, `${field}/${i}`);
    else if (shape === 'reference') references.set(value as string, field);
    else if (shape === 'pattern') patterns.set(value as string, field);
    else if (isObject(value) && shape.startsWith('map of schemas')) {
      for (const [key, one] of Object.entries(value)) {
        const place = `${field}/${escaped(key)}`;
        if (shape === 'map of schemas by pattern') patterns.set(key, place);
        if (!(shape === 'map of schemas or names' && isNames(one))) visit(one, place);
      }
    }
  }
}

/** Of each shape, what a value that is not of it should have been; null for one that is. */
const wrongly: Partial<Record<Shape, (value: unknown, field: string) => string | null>> = {
  text: (value) => (typeof value === 'string' ? null : 'a text'),
  draft: (value) => (isDraft(value) ? null : 'the identifier of JSON Schema draft 6, 7, 2019-09 or 2020-12'),
  'root id': (value, field) =>
    typeof value === 'string' && field === '/$id' ? null : 'at the root only, or references would mean something else',
  reference: (value) =>
    typeof value === 'string' && /^#(\/|$)/.test(value) ? null : 'a reference within this schema, such as #/$defs/name',
  number: (value) => (typeof value === 'number' ? null : 'a number'),
  'positive number': (value) => (typeof value === 'number' && value > 0 ? null : 'a number above zero'),
  count: (value) => (Number.isInteger(value) && (value as number) >= 0 ? null : 'a whole number from zero'),
  boolean: (value) => (typeof value === 'boolean' ? null : 'true or false'),
  list: (value) => (Array.isArray(value) ? null : 'a list'),
  names: (value) => (isNames(value) ? null : 'a list of names'),
  types: (value) =>
    [value].flat().every((type) => types.includes(type as string))
      ? null
      : `of ${types.join(', ')}, or a list of those`,
  pattern: (value) => (typeof value === 'string' ? null : 'a regular expression'),
  schemas: (value) => (Array.isArray(value) && value.length > 0 ? null : 'a list of schemas'),
  'map of schemas': (value) => (isObject(value) ? null : 'an object of schemas'),
  'map of schemas by pattern': (value) => (isObject(value) ? null : 'an object of schemas'),
  'map of schemas or names': (value) => (isObject(value) ? null : 'an object of schemas, or of lists of names'),
  'map of names': (value) =>
    isObject(value) && Object.values(value).every(isNames) ? null : 'an object of lists of names',
};

function isDraft(value: unknown): boolean {
  return typeof value === 'string' && drafts.includes(value.replace(/^https?:\/\//, '').replace(/#$/, ''));
}

function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}

function meant(keyword: string): string {
  const near = nearest(keyword.slice(0, 50), Object.keys(shapes));
  return near === null ? '' : `; did you mean "${near}"?`;
}

/** `#/$defs/a~1b` and its percent-encoded forms; undefined where it leads nowhere. */
function targetOf(root: unknown, reference: string): unknown {
  let target: unknown = root;
  for (const part of reference.split('/').slice(1)) {
    const key = decoded(part);
    if (key === null || typeof target !== 'object' || target === null || !Object.hasOwn(target, key)) return undefined;
    target = (target as Record<string, unknown>)[key];
  }
  return target;
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return null;
  }
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
