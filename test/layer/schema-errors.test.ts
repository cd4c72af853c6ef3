import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { describeSchemaErrors } from '../../src/layer/schema-errors.js';

const schema = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', description: 'a declared name', pattern: '^[a-z]+$' },
    build: { enum: ['source', 'requirements'] },
    size: { type: ['integer', 'null'], minimum: 1 },
    free: { type: 'string', pattern: '^x' },
    level: { enum: [1, 2] },
    map: {
      type: 'object',
      propertyNames: { pattern: '^[a-z]+$', description: 'lower-case letters' },
      additionalProperties: { $ref: '#/properties/build' },
    },
    'a/b ~c%': { type: 'string', description: 'odd', pattern: '^o$' },
    list: { type: 'array', uniqueItems: true },
  },
};

/** What ajv has against a value, in our words. */
function said(value: unknown): string[] {
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
  validate(value);
  return describeSchemaErrors(validate.errors ?? [], schema, value).map(({ field, what }) => `${field}: ${what}`);
}

describe('what a schema has against a document', () => {
  it.each<[string, unknown, string[]]>([
    ['nothing', { name: 'core' }, []],
    ['a key that is not there', {}, [': lacks "name"']],
    ['an unknown key', { name: 'core', zzzzzzzz: 1 }, [': has an unknown key "zzzzzzzz"']],
    ['a mistyped key', { name: 'core', buidl: 'source' }, [': has an unknown key "buidl"; did you mean "build"?']],
    ['a value of another type', { name: 1 }, ['/name: must be string']],
    ['a value of none of the types', { name: 'a', size: 'x' }, ['/size: must be integer or null']],
    ['a bound', { name: 'a', size: 0 }, ['/size: breaks its bound (minimum 1)']],
    ['a keyword without a limit', { name: 'a', list: [1, 1] }, ['/list: breaks its bound (uniqueItems )']],
    ['a form that is described', { name: 'A' }, ['/name: must be a declared name']],
    ['a form that is not', { name: 'a', free: 'y' }, ['/free: has the wrong form']],
    ['another value', { name: 'a', build: 'zip' }, ['/build: must be one of ["source","requirements"]']],
    [
      'a mistyped value',
      { name: 'a', build: 'sources' },
      ['/build: must be one of ["source","requirements"]; did you mean "source"?'],
    ],
    ['a value that is no text', { name: 'a', build: 1 }, ['/build: must be one of ["source","requirements"]']],
    ['values that are no texts', { name: 'a', level: '1' }, ['/level: must be one of [1,2]']],
    [
      'a bad key, once',
      { name: 'a', map: { A1: 'source' } },
      ['/map: has the key "A1"; a key here is lower-case letters'],
    ],
    [
      'a value that another part describes',
      { name: 'a', map: { a: 'sourc' } },
      ['/map/a: must be one of ["source","requirements"]; did you mean "source"?'],
    ],
    ['a key of odd characters', { name: 'a', 'a/b ~c%': 'x' }, ['/a~1b ~0c%: must be odd']],
    ['two at once', { name: 'A', size: 0 }, ['/name: must be a declared name', '/size: breaks its bound (minimum 1)']],
  ])('%s', (_, value, expected) => expect(said(value)).toEqual(expected));

  it('is told of what the schema no longer describes, too', () => {
    const error = { instancePath: '/x', schemaPath: '#/properties/x/pattern', keyword: 'pattern', params: {} };
    expect(describeSchemaErrors([error], schema)).toEqual([{ field: '/x', what: 'has the wrong form' }]);
  });
});
