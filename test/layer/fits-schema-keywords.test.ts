import { describe, expect, it } from 'vitest';
import { fitsSchema } from '../../src/layer/fits-schema.js';

const _bytes = (text: string) => new TextEncoder().encode(text);

describe('the walk that says whether a document certainly keeps a schema', () => {
  it.each<[schema: object | boolean, yes: unknown[], no: unknown[]]>([
    [true, [1, null], []],
    [false, [], [1, null]],
    [{ $schema: 'x', $id: 'y', title: 't', description: 'd' }, [1], []],
    [{ type: 'null' }, [null], [0, '', {}, []]],
    [{ type: 'object' }, [{}], [null, [], 'x']],
    [{ type: 'array' }, [[]], [{}, null]],
    [{ type: 'integer' }, [1, -1], [1.5, '1']],
    [{ type: 'number' }, [1.5], ['1', null]],
    [{ type: ['string', 'null'] }, ['x', null], [1, []]],
    [{ format: 'glob' }, ['x', 1], []],
    [{ format: 'date' }, [], ['x']],
    [{ enum: ['a', 1] }, ['a', 1], ['b', null]],
    [{ const: 'a' }, ['a'], ['b']],
    [{ pattern: '^a.$' }, ['ab', 'a😀', 1, null], ['b', 'abc']],
    [{ minLength: 2 }, ['ab', 'a😀', 1, null], ['a', '😀', '']],
    [{ maxLength: 2 }, ['ab', 'a', 1, [1, 2, 3]], ['abc']],
    [{ minimum: 2 }, [2, 3, '1', null], [1]],
    [{ exclusiveMinimum: 2 }, [3, '1'], [2, 1]],
    [{ maximum: 2 }, [2, 1, '3'], [3]],
    [{ minItems: 1 }, [[1], {}, ''], [[]]],
    [{ maxItems: 1 }, [[1], [], 'xy'], [[1, 2]]],
    [{ items: { type: 'string' } }, [[], ['a'], { a: 1 }], [[1], ['a', 1]]],
    [{ required: ['a'] }, [{ a: 1 }, [], 'a', null], [{}, { b: 1 }]],
    [{ propertyNames: { maxLength: 1 } }, [{ a: 1 }, {}, 'ab', ['ab']], [{ ab: 1 }]],
    [{ properties: { a: { type: 'string' } } }, [{ a: 'x' }, { b: 1 }, [], null], [{ a: 1 }]],
    [{ additionalProperties: false }, [{}, [], null], [{ a: 1 }]],
    [{ properties: { a: {} }, additionalProperties: { type: 'string' } }, [{ a: 1 }, { a: 1, b: 'x' }], [{ b: 1 }]],
    [{ oneOf: [{}] }, [], [1]],
    [{ toString: 1 }, [], [1]],
  ])('%j', (schema, yes, no) => {
    expect([
      yes.filter((value) => !fitsSchema(schema, value)),
      no.filter((value) => fitsSchema(schema, value)),
    ]).toEqual([[], []]);
  });
});
