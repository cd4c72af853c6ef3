import { describe, expect, it } from 'vitest';
import { documentsAsked } from '../../../src/layer/json-schema/asked.js';
import { judgeDocument } from '../../../src/layer/json-schema/documents.js';
import { breaches } from '../../../src/layer/json-schema/judge.js';
import { readSchema } from '../../../src/layer/json-schema/read.js';
import { TooMuch } from '../../../src/layer/json-schema/walk.js';

async function schemaOf(schema: unknown) {
  const read = await readSchema(schema);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.schema;
}
const said = async (schema: unknown, value: unknown, left = 1000) =>
  [...breaches(await schemaOf(schema), { left }, value)].map(({ field, what }) => `${field} ${what}`.trim());

describe('a keyword of other kinds of values says nothing', () => {
  const keywords = {
    ofLists: { items: false, prefixItems: [false], contains: false, maxItems: 0, minItems: 9, uniqueItems: true },
    ofObjects: {
      ...{ maxProperties: 0, minProperties: 9, required: ['length'], properties: { length: false } },
      ...{ patternProperties: { '.': false }, additionalProperties: false, propertyNames: false },
      ...{ dependentRequired: { length: ['x'] }, dependentSchemas: { length: false } },
    },
    ofNumbers: { multipleOf: 7, maximum: -1, minimum: 99, exclusiveMaximum: -1, exclusiveMinimum: 99 },
    ofTexts: { maxLength: 0, minLength: 99, pattern: '^none$' },
  };
  const values: Record<string, unknown> = { ofLists: [1, 1], ofObjects: { length: 2 }, ofNumbers: 5, ofTexts: 'ab' };
  for (const [kind, schema] of Object.entries(keywords))
    it.each([
      ...Object.entries(values).filter(([other]) => other !== kind),
      ['null', null],
      ['boolean', true],
    ])(`${kind}: %s`, async (_, value) => expect(await said(schema, value)).toEqual([]));
});

describe('a keyword is kept', () => {
  it.each<[schema: unknown, kept: unknown, broken: unknown, says: string]>([
    [{ type: 'null' }, null, 0, 'must be null'],
    [{ type: 'boolean' }, false, 0, 'must be boolean'],
    [{ type: 'object' }, {}, [], 'must be object'],
    [{ type: 'array' }, [], {}, 'must be array'],
    [{ type: 'number' }, 0.5, '0.5', 'must be number'],
    [{ type: 'integer' }, 1, 1.5, 'must be integer'],
    [{ type: 'string' }, '', null, 'must be string'],
    [{ maximum: 2 }, 2, 2.1, 'must be at most 2'],
    [{ minimum: 2 }, 2, 1.9, 'must be at least 2'],
    [{ exclusiveMaximum: 2 }, 1.9, 2, 'must be below 2'],
    [{ exclusiveMinimum: 2 }, 2.1, 2, 'must be above 2'],
    [{ multipleOf: 2 }, 4, 5, 'must be a multiple of 2'],
    [{ maxLength: 2 }, 'é😀', 'abc', 'must have at most 2 characters'],
    [{ minLength: 2 }, 'ab', '😀', 'must have at least 2 characters'],
    [{ pattern: 'b$' }, 'ab', 'ba', 'must match b$'],
    [{ maxItems: 1 }, [1], [1, 2], 'must have at most 1 items'],
    [{ minItems: 1 }, [1], [], 'must have at least 1 items'],
    [
      { uniqueItems: true },
      [1, '1', [1], { a: 1 }, { b: 1 }, { a: 2 }, null],
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      'must not hold an item twice',
    ],
    [{ uniqueItems: true }, [[1, 2], [2, 1], ['1,2']], [[1], [1]], 'must not hold an item twice'],
    [{ items: { type: 'null' } }, [null], [null, 1], '/1 must be null'],
    [{ items: [{ type: 'null' }] }, [null, 1], [1], '/0 must be null'],
    [{ items: [{}, false] }, [1], [1, 2], '/1 is not allowed here'],
    [{ items: [{}], additionalItems: false }, [1], [1, 2], '/1 is not allowed here'],
    [{ items: {}, additionalItems: false }, [1], null, ''],
    [{ prefixItems: [{}], items: false }, [1], [1, 2], '/1 is not allowed here'],
    [{ contains: { const: 1 } }, [0, 1], [0], 'must hold 1 of what "contains" asks for'],
    [{ maxProperties: 1 }, { a: 1 }, { a: 1, b: 1 }, 'must have at most 1 keys'],
    [{ minProperties: 1 }, { a: 1 }, {}, 'must have at least 1 keys'],
    [{ required: ['a'] }, { a: null }, { b: 1 }, 'lacks "a"'],
    [{ required: ['toString'] }, { toString: 1 }, {}, 'lacks "toString"'],
    [{ properties: { a: { const: 1 }, toString: false } }, { a: 1 }, { a: 2 }, '/a must be 1'],
    [{ patternProperties: { '^a': { const: 1 } } }, { ab: 1, ba: 2 }, { ab: 2 }, '/ab must be 1'],
    [
      { properties: { a: {} }, patternProperties: { '^b': {} }, additionalProperties: false },
      { a: 1, b: 1 },
      { c: 1 },
      '/c is not a key that belongs here',
    ],
    [{ properties: { a: {} }, additionalProperties: { const: 1 } }, { a: 2, b: 1 }, { b: 2 }, '/b must be 1'],
    [{ additionalProperties: true }, { b: 1 }, null, ''],
    [{ propertyNames: { minLength: 2 } }, { ab: 1 }, { a: 1 }, '/a has a name that must have at least 2 characters'],
    [{ dependencies: { a: ['b'] } }, { c: 1 }, { a: 1 }, 'lacks "b" beside "a"'],
    [{ dependentSchemas: { a: { required: ['b'] } } }, { c: 1 }, { a: 1 }, 'lacks "b"'],
    [{ allOf: [{ minimum: 1 }, { maximum: 2 }] }, 1, 3, 'must be at most 2'],
    [{ anyOf: [{ const: 1 }, { const: 2 }] }, 2, 3, 'fits none of the 2 forms it may have'],
    [{ oneOf: [{ const: 1 }, { minimum: 1 }] }, 2, 1, 'fits 2 of 2 forms, and must fit one'],
    [{ oneOf: [{ const: 1 }, { const: 2 }] }, 2, 3, 'fits 0 of 2 forms, and must fit one'],
    [{ not: { const: 1 } }, 2, 1, 'has a form that is ruled out'],
    [{ if: { const: 1 } }, 1, null, ''],
    // biome-ignore lint/suspicious/noThenProperty: it is the keyword's name
    [{ if: { type: 'number' }, then: { const: 1 }, else: { const: 'x' } }, 'x', 2, 'must be 1'],
    [{ $ref: '#/$defs/a', $defs: { a: { const: 1 } } }, 1, 2, 'must be 1'],
    [{ items: { $ref: '#' }, maxItems: 1 }, [[[]]], [[1, 2]], '/0 must have at most 1 items'],
    [true, 1, null, ''],
    [{ const: 1 }, 1, '1', 'must be 1'],
    [{ const: null }, null, 0, 'must be null'],
    [{ const: [1, { a: [null] }] }, [1, { a: [null] }], [1, { a: [] }], 'must be [1,{"a":[null]}]'],
    [{ const: { a: 1, b: 2 } }, { b: 2, a: 1 }, { a: 1, b: 3 }, 'must be {"a":1,"b":2}'],
    [{ const: { a: 1 } }, { a: 1 }, { b: 1 }, 'must be {"a":1}'],
    [{ const: [] }, [], {}, 'must be []'],
    [{ const: {} }, {}, null, 'must be {}'],
    [{ const: 'x' }, 'x', ['x'], 'must be "x"'],
  ])('%j by %j, not by %j', async (schema, kept, broken, says) => {
    expect(await said(schema, kept)).toEqual([]);
    expect(await said(schema, broken)).toEqual(says === '' ? [] : [says]);
  });
});

describe('steps', () => {
  const ten = { allOf: Array(10).fill({ const: 1 }) };
  it('are counted, and are enough or not', async () => {
    // One for the schema, one for each form, one for each comparison.
    expect(await said(ten, 1, 21)).toEqual([]);
    await expect(said(ten, 1, 20)).rejects.toThrow(TooMuch);
    expect(await said({ pattern: 'b' }, 'a'.repeat(1000), 1000)).toHaveLength(1);
    await expect(said({ pattern: 'b' }, 'a'.repeat(1000), 3)).rejects.toThrow(TooMuch);
    expect(await said({ maxLength: 9 }, 'a'.repeat(1000), 11)).toHaveLength(1);
    await expect(said({ maxLength: 9 }, 'a'.repeat(1000), 10)).rejects.toThrow(TooMuch);
  });

  it('of a document are three a byte, and else of what all have', async () => {
    const schema = await schemaOf(ten);
    const one = new TextEncoder().encode('1');
    const left = { left: 100 };
    expect(judgeDocument(schema, one, left)).toEqual([]);
    expect(left.left).toBe(100 - (21 - 3));
    expect(judgeDocument(schema, new TextEncoder().encode('1      '), left)).toEqual([]);
    expect(left.left).toBe(82);
    const none = { left: 17 };
    expect(judgeDocument(schema, one, none)).toEqual([{ kind: 'tooMuch', line: null, field: '', what: '' }]);
    expect(none.left).toBeLessThan(0);
    expect(judgeDocument(schema, one, { left: 18 })).toEqual([]);
  });

  it('in each other are four hundred at most', async () => {
    const nested = (depth: number) => Array.from({ length: depth }).reduce((inner) => ({ allOf: [inner] }), true);
    expect(await said(nested(400), 1)).toEqual([]);
    await expect(said(nested(401), 1)).rejects.toThrow(TooMuch);
  });
});

it('what one rule asks for is told from what another does', () => {
  const told = (...asked: Parameters<typeof documentsAsked>[0][]) => new Set(asked.map(documentsAsked)).size;
  const schema = { type: 'null' };
  expect(told({ files: ['a'], schema }, { files: ['b'], schema }, { files: ['a'], schema: 'x' })).toBe(3);
  expect(told({ files: ['a'], schema }, { files: ['a'], schema: { ...schema } })).toBe(1);
});
