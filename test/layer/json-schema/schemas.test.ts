import { describe, expect, it } from 'vitest';
import { judgeDocument } from '../../../src/layer/json-schema/documents.js';
import { breaches } from '../../../src/layer/json-schema/judge.js';
import { linearPatterns } from '../../../src/layer/json-schema/patterns.js';
import { readSchema } from '../../../src/layer/json-schema/read.js';

const problems = async (schema: unknown) => {
  const read = await readSchema(schema);
  return 'problems' in read ? read.problems.map(({ field, what }) => `${field} ${what}`.trim()) : [];
};
const schemaOf = async (schema: unknown) => {
  const read = await readSchema(schema);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.schema;
};
const said = async (schema: unknown, value: unknown) =>
  [...breaches(await schemaOf(schema), { left: 100_000 }, value)].map(({ field, what }) => `${field} ${what}`.trim());

describe('a schema that is none', () => {
  it.each<[schema: unknown, says: string[]]>([
    [1, ['is no schema: an object, true or false']],
    [null, ['is no schema: an object, true or false']],
    [{ title: 1, $comment: 2 }, ['/title must be a text', '/$comment must be a text']],
    [{ deprecated: 'x' }, ['/deprecated must be true or false']],
    [{ enum: 'x' }, ['/enum must be a list']],
    [{ required: 'x' }, ['/required must be a list of names']],
    [{ required: ['x', 1] }, ['/required must be a list of names']],
    [
      { type: ['string', 'text'] },
      ['/type must be of null, boolean, object, array, number, integer, string, or a list of those'],
    ],
    [{ pattern: 1 }, ['/pattern must be a regular expression']],
    [{ maximum: '1' }, ['/maximum must be a number']],
    [{ multipleOf: 0 }, ['/multipleOf must be a number above zero']],
    [{ multipleOf: '1' }, ['/multipleOf must be a number above zero']],
    [{ multipleOf: -1 }, ['/multipleOf must be a number above zero']],
    [{ minLength: -1 }, ['/minLength must be a whole number from zero']],
    [{ minLength: 0.5 }, ['/minLength must be a whole number from zero']],
    [{ minLength: '1' }, ['/minLength must be a whole number from zero']],
    [{ allOf: [] }, ['/allOf must be a list of schemas']],
    [{ allOf: {} }, ['/allOf must be a list of schemas']],
    [{ allOf: [1] }, ['/allOf/0 is no schema: an object, true or false']],
    [{ properties: [] }, ['/properties must be an object of schemas']],
    [{ properties: { a: 1 } }, ['/properties/a is no schema: an object, true or false']],
    [{ patternProperties: 1 }, ['/patternProperties must be an object of schemas']],
    [
      { patternProperties: { '(': {} } },
      [expect.stringMatching(/^\/patternProperties\/\( is no pattern of RE2: /) as unknown as string],
    ],
    [{ properties: { '(': {} } }, []],
    [{ dependencies: 1 }, ['/dependencies must be an object of schemas, or of lists of names']],
    [{ dependencies: { a: ['b'], c: {} } }, []],
    [{ dependencies: { a: [1] } }, ['/dependencies/a is no schema: an object, true or false']],
    [{ properties: { a: ['b'] } }, ['/properties/a is no schema: an object, true or false']],
    [{ dependentRequired: { a: ['b'], c: 'd' } }, ['/dependentRequired must be an object of lists of names']],
    [{ dependentRequired: [] }, ['/dependentRequired must be an object of lists of names']],
    [
      { $id: 'x', properties: { a: { $id: 'y' } } },
      ['/properties/a/$id must be at the root only, or references would mean something else'],
    ],
    [{ $id: 1 }, ['/$id must be at the root only, or references would mean something else']],
    [{ $schema: 'http://json-schema.org/draft-07/schema#' }, []],
    [{ $schema: 'https://json-schema.org/draft/2020-12/schema' }, []],
    [
      { $schema: 'x-https://json-schema.org/draft/2020-12/schema' },
      ['/$schema must be the identifier of JSON Schema draft 6, 7, 2019-09 or 2020-12'],
    ],
    [
      { $schema: 'http://json-schema.org/draft-07/schema#a' },
      ['/$schema must be the identifier of JSON Schema draft 6, 7, 2019-09 or 2020-12'],
    ],
    [{ $schema: 7 }, ['/$schema must be the identifier of JSON Schema draft 6, 7, 2019-09 or 2020-12']],
    [{ $ref: 'other.json#/a' }, ['/$ref must be a reference within this schema, such as #/$defs/name']],
    [{ $ref: 1 }, ['/$ref must be a reference within this schema, such as #/$defs/name']],
    [{ $ref: '#name' }, ['/$ref must be a reference within this schema, such as #/$defs/name']],
    [{ $ref: '#' }, []],
    [{ $ref: '#/$defs/a' }, ['/$ref leads to no schema: "#/$defs/a"']],
    [{ $ref: '#/type/x', type: 'null' }, ['/$ref leads to no schema: "#/type/x"']],
    [{ $ref: '#/const/x', const: null }, ['/$ref leads to no schema: "#/const/x"']],
    [{ $ref: '#/toString' }, ['/$ref leads to no schema: "#/toString"']],
    [{ $ref: '#/enum/0', enum: [{}] }, ['/$ref leads to no schema: "#/enum/0"']],
    [{ $ref: '#/$defs/%', $defs: { '%': {} } }, ['/$ref leads to no schema: "#/$defs/%"']],
    [{ $ref: '#/$defs/a~0b', $defs: { 'a~b': {} } }, []],
    [{ $ref: '#/$defs/yes', $defs: { yes: true } }, []],
    [{ $ref: `#/${'x'.repeat(200)}` }, [`/$ref leads to no schema: "#/${'x'.repeat(98)}"`]],
    [{ 'a/b~c': 1 }, ['/a~1b~0c is no keyword that is taken here']],
    [{ requird: [] }, ['/requird is no keyword that is taken here; did you mean "required"?']],
    [{ toString: 1 }, ['/toString is no keyword that is taken here']],
    [{ pattern: 'a'.repeat(1001) }, ['/pattern is a pattern of more than 1000 characters']],
    [{ pattern: 'a'.repeat(1000) }, []],
    [{ pattern: '\\uD83D' }, ['/pattern has half a character (\\ud…); write the character itself']],
  ])('%j', async (schema, says) => expect(await problems(schema)).toEqual(says));

  it('may hold so many schemas and patterns, and no more', async () => {
    const many = (count: number) => ({
      $defs: Object.fromEntries(Array.from({ length: count }, (_, i) => [`d${i}`, {}])),
    });
    expect(await problems(many(19_999))).toEqual([]);
    expect(await problems(many(20_010))).toEqual(['/$defs/d19999 has too many schemas within it']);
    const patterned = (count: number) => ({ allOf: Array.from({ length: count }, (_, i) => ({ pattern: `a${i}` })) });
    expect(await problems(patterned(300))).toEqual([]);
    expect(await problems(patterned(305))).toEqual(['/allOf/300/pattern is one of more than 300 patterns']);
  });
});

describe('values', () => {
  it.each<[schema: unknown, value: unknown, says: string[]]>([
    [{ type: ['string', 'null'] }, 1, ['must be string or null']],
    [{ multipleOf: 0.1 }, 0.3, []],
    [{ multipleOf: 2 }, 3, ['must be a multiple of 2']],
    [{ multipleOf: 0.01 }, 0.015, ['must be a multiple of 0.01']],
    [{ multipleOf: 1 }, 1e300, []],
    [{ multipleOf: 1e-10 }, 0.55555555555, ['must be a multiple of 1e-10']],
    [{ multipleOf: 2 }, -4, []],
    [{ maximum: 2 }, 3, ['must be at most 2']],
    [{ maximum: 2 }, 2, []],
    [{ exclusiveMaximum: 2 }, 2, ['must be below 2']],
    [{ minimum: 2 }, 1, ['must be at least 2']],
    [{ exclusiveMinimum: 2 }, 2, ['must be above 2']],
    [{ exclusiveMinimum: 2 }, '2', []],
    [{ enum: [{ a: [1, null] }] }, { a: [1, null] }, []],
    [{ enum: [1, 'x'] }, '1', ['must be one of [1,"x"]']],
    [{ const: null }, {}, ['must be null']],
    [{ const: {} }, null, ['must be {}']],
    [{ const: [] }, {}, ['must be []']],
    [{ const: { a: 1, b: 2 } }, { b: 2, a: 1 }, []],
    [{ const: { a: 1 } }, { a: 1, b: 1 }, ['must be {"a":1}']],
    [{ const: [1, 2] }, [2, 1], ['must be [1,2]']],
    [{ const: ['1,2'] }, [1, 2], ['must be ["1,2"]']],
    [{ const: 'x'.repeat(198) }, 1, [`must be "${'x'.repeat(198)}"`]],
    [{ const: 'x'.repeat(199) }, 1, [`must be "${'x'.repeat(199)}…`]],
    [{ contains: { const: 1 }, minContains: 2, maxContains: 2 }, [1, 1], []],
    [{ contains: { const: 1 }, maxContains: 1 }, [1, 1], ['must hold at most 1 of what "contains" asks for']],
    [{ contains: { const: 1 } }, 'x', []],
    [{ minItems: 2 }, [1], ['must have at least 2 items']],
    [{ maxProperties: 1 }, { a: 1, b: 1 }, ['must have at most 1 keys']],
    [{ minProperties: 2 }, { a: 1 }, ['must have at least 2 keys']],
    [{ properties: { 'a~b': false } }, { 'a~b': 1 }, ['/a~0b is not allowed here']],
  ])('%j of %j', async (schema, value, says) => expect(await said(schema, value)).toEqual(says));
});

describe('a document', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  it('is told by its first twenty faults, and at what line each is', async () => {
    const schema = await schemaOf({ items: { type: 'string' } });
    const faults = judgeDocument(schema, bytes(`[\n${Array(30).fill('1').join(',\n')}]`), { left: 1e6 });
    expect(faults[1]).toEqual({ kind: 'breaks', line: 3, field: '/1', what: 'must be string' });
    expect(faults.length).toBeLessThan(30);
    expect(judgeDocument(schema, bytes('["a"]'), { left: 1e6 })).toEqual([]);
  });
  it('that is no JSON is told so', async () => {
    const schema = await schemaOf(true);
    expect(judgeDocument(schema, bytes('{\n'), { left: 1e6 })).toMatchObject([
      { kind: 'unreadable', line: 2, field: '' },
    ]);
    const twice = `{ ${Array(40).fill('"a": 1').join(', ')} }`;
    expect(judgeDocument(schema, bytes(twice), { left: 1e6 }).length).toBeLessThan(39);
  });
  it('takes of what is left for all only what goes beyond its own size', async () => {
    const schema = await schemaOf({ const: 1 });
    const left = { left: 1e6 };
    judgeDocument(schema, bytes('1'.padEnd(10_000)), left);
    expect(left.left).toBe(1e6);
    const doubling = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [
        `d${i}`,
        { allOf: [{ $ref: `#/$defs/d${i + 1}` }, { $ref: `#/$defs/d${i + 1}` }] },
      ]),
    );
    const huge = await schemaOf({ $ref: '#/$defs/d0', $defs: { ...doubling, d30: {} } });
    expect(judgeDocument(huge, bytes('1'), left)).toEqual([{ kind: 'tooMuch', line: null, field: '', what: '' }]);
    expect(left.left).toBeLessThan(1e6);
  });
});

it('a pattern costs by its size and by the text', async () => {
  const { matches } = await linearPatterns(['a+', 'a+', '(ab){100}']);
  expect(matches.test('a+', 'xxa')).toBe(true);
  expect(matches.test('a+', 'b')).toBe(false);
  expect(matches.test('other', 'b')).toBe(false);
  expect(matches.cost('other', 'b'.repeat(10_000))).toBe(1);
  expect(matches.cost('(ab){100}', 'a'.repeat(1000))).toBeGreaterThan(matches.cost('a+', 'a'.repeat(1000)));
  expect((await linearPatterns([])).problems).toEqual([]);
});
