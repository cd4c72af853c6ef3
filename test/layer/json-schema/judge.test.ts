import { describe, expect, it } from 'vitest';
import { breaches } from '../../../src/layer/json-schema/judge.js';
import { readSchema } from '../../../src/layer/json-schema/read.js';
import { TooMuch } from '../../../src/layer/json-schema/walk.js';

async function judge(schema: unknown, value: unknown, left = 100_000): Promise<string[]> {
  const read = await readSchema(schema);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return [...breaches(read.schema, { left }, value)].map(({ field, what }) => `${field} ${what}`.trim());
}

const problems = async (schema: unknown) => {
  const read = await readSchema(schema);
  return 'problems' in read ? read.problems.map(({ field, what }) => `${field} ${what}`.trim()) : [];
};

describe('a document', () => {
  it('that breaks its schema is told where and how', async () => {
    const schema = {
      type: 'object',
      required: ['id', 'tags'],
      additionalProperties: false,
      properties: {
        id: { type: 'string', pattern: '^[a-z]+$' },
        tags: { type: 'array', items: { enum: ['a', 'b'] }, uniqueItems: true, maxItems: 2 },
        size: { type: ['integer', 'null'], minimum: 1, multipleOf: 0.1 },
        'a/b': { minLength: 2 },
      },
      dependentRequired: { size: ['id'] },
    };
    expect(await judge(schema, { id: 'A', tags: ['a', 'a', 'c'], size: 0, sze: 1, 'a/b': '😀' })).toEqual([
      '/sze is not a key that belongs here',
      '/id must match ^[a-z]+$',
      '/tags/2 must be one of ["a","b"]',
      '/tags must not hold an item twice',
      '/tags must have at most 2 items',
      '/size must be at least 1',
      '/a~1b must have at least 2 characters',
    ]);
    expect(await judge(schema, { size: 2 })).toEqual(['lacks "id"', 'lacks "tags"', 'lacks "id" beside "size"']);
    expect(await judge(schema, [])).toEqual(['must be object']);
  });

  it.each([
    [{ anyOf: [{ type: 'string' }, { minimum: 3 }] }, 1, 'fits none of the 2 forms it may have'],
    [{ oneOf: [{ type: 'number' }, { minimum: 0 }] }, 1, 'fits 2 of 2 forms, and must fit one'],
    [{ not: { const: { a: 1, b: [2] } } }, { b: [2], a: 1 }, 'has a form that is ruled out'],
    [{ if: { type: 'string' }, else: { const: 1 } }, 2, 'must be 1'],
    [{ propertyNames: { maxLength: 1 } }, { ab: 1 }, '/ab has a name that must have at most 1 characters'],
    [{ contains: { const: 1 }, minContains: 2 }, [1, 2], 'must hold 2 of what "contains" asks for'],
    [{ prefixItems: [{}, false] }, [1, 2], '/1 is not allowed here'],
    [{ $defs: { 'a/b%': { type: 'null' } }, $ref: '#/$defs/a~1b%25' }, 1, 'must be null'],
    [false, 1, 'is not allowed here'],
  ])('%j says to %j: %s', async (schema, value, said) => {
    expect(await judge(schema, value)).toEqual([said]);
  });
});

describe('a schema', () => {
  it.each([
    [{ $ref: 'https://host/schema.json' }, '/$ref must be a reference within this schema, such as #/$defs/name'],
    [{ $ref: 'file:///etc/passwd' }, '/$ref must be a reference within this schema, such as #/$defs/name'],
    [{ $ref: '../../x.json' }, '/$ref must be a reference within this schema, such as #/$defs/name'],
    [{ $ref: '#/$defs/none' }, '/$ref leads to no schema: "#/$defs/none"'],
    [{ $ref: '#/const', const: {} }, '/$ref leads to no schema: "#/const"'],
    [{ $ref: '#/%E0%A4%A' }, '/$ref leads to no schema: "#/%E0%A4%A"'],
    [{ maximum: { $data: '/a' } }, '/maximum must be a number'],
    [
      { properties: { a: { $id: 'https://host/' } } },
      '/properties/a/$id must be at the root only, or references would mean something else',
    ],
    [{ requierd: [] }, '/requierd is no keyword that is taken here; did you mean "required"?'],
    [{ unevaluatedProperties: false }, '/unevaluatedProperties is no keyword that is taken here'],
    [
      { $schema: 'http://json-schema.org/draft-04/schema#' },
      '/$schema must be the identifier of JSON Schema draft 6, 7, 2019-09 or 2020-12',
    ],
    [{ exclusiveMinimum: true }, '/exclusiveMinimum must be a number'],
    [{ type: 'text' }, '/type must be of null, boolean, object, array, number, integer, string, or a list of those'],
    [{ items: [{}, 1] }, '/items/1 is no schema: an object, true or false'],
    [{ allOf: [] }, '/allOf must be a list of schemas'],
    [{ required: 'a' }, '/required must be a list of names'],
    [
      { pattern: '(?=a)' },
      '/pattern is no pattern of RE2: error parsing regexp: invalid or unsupported Perl syntax: `(?=`',
    ],
    [{ pattern: '(a)\\1' }, '/pattern is no pattern of RE2: error parsing regexp: invalid escape sequence: `\\1`'],
    [
      { patternProperties: { '(': {} } },
      '/patternProperties/( is no pattern of RE2: error parsing regexp: missing closing ): `(`',
    ],
    [{ pattern: '\\ud83d' }, '/pattern has half a character (\\ud…); write the character itself'],
    [{ pattern: 'a'.repeat(1001) }, '/pattern is a pattern of more than 1000 characters'],
    [
      { allOf: Array.from({ length: 301 }, (_, i) => ({ pattern: `${i}` })) },
      '/allOf/300/pattern is one of more than 300 patterns',
    ],
    [
      { pattern: '(a{500}){2}(b{500}){2}(c{500}){2}(d{500}){2}(e{500}){2}(f{500}){2}' },
      '/pattern is too large a pattern when its counts are written out',
    ],
    [[], 'is no schema: an object, true or false'],
    [null, 'is no schema: an object, true or false'],
  ])('%j is refused', async (asked, problem) => {
    expect(await problems(asked)).toEqual([problem]);
  });

  it('of all known drafts is taken, with its annotations', async () => {
    for (const $schema of ['http://json-schema.org/draft-07/schema#', 'https://json-schema.org/draft/2020-12/schema'])
      expect(await problems({ $schema, $id: 'x', title: 't', format: 'date', examples: [1], default: {} })).toEqual([]);
  });
});

describe('a schema made to keep the machine busy', () => {
  const chain = (keyword: string, length: number) => ({
    $ref: '#/$defs/0',
    $defs: Object.fromEntries(
      Array.from({ length }, (_, i) => {
        const next = i + 1 < length ? { $ref: `#/$defs/${i + 1}` } : { const: 1 };
        return [`${i}`, { [keyword]: [next, next] }];
      }),
    ),
  });

  it.each([
    ['references that double', chain('allOf', 60), 1],
    ['forms that double', chain('oneOf', 60), 2],
    ['a reference to itself', { $ref: '#' }, 1],
    ['a circle', { $defs: { a: { $ref: '#/$defs/b' }, b: { anyOf: [{ $ref: '#/$defs/a' }] } }, $ref: '#/$defs/a' }, 1],
    [
      'many names for each key',
      { patternProperties: Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`a{${i}}`, {}])) },
      Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`a${i}`, 1])),
    ],
    [
      'all items compared with a long list',
      { items: { enum: Array.from({ length: 2000 }, (_, i) => ({ i })) } },
      Array(2000).fill({ x: 1 }),
    ],
    ['a text of a megabyte and a large pattern', { pattern: '(a|aa){400}$' }, `${'a'.repeat(1_000_000)}!`],
  ])('is stopped: %s', async (_, asked, document) => {
    const started = performance.now();
    await expect(judge(asked, document)).rejects.toThrow(TooMuch);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it.each([
    '^(a+)+$',
    '^(a|a)*$',
    '(x+x+)+y',
    '^(\\w+\\s?)*$',
  ])('%s takes no longer on a long text', async (pattern) => {
    const started = performance.now();
    expect(await judge({ pattern }, `${'a'.repeat(10_000)}!`)).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
