import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { breaches } from '../../../src/layer/json-schema/judge.js';
import { readSchema } from '../../../src/layer/json-schema/read.js';

const leaf = fc.constantFrom<unknown>(null, true, 0, 1, 2.5, -3, '', 'a', 'ab', 'b1', 'é');
const value = fc.letrec((tie) => ({
  any: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('any'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(fc.constantFrom('a', 'b', 'ab', '1'), tie('any'), { maxKeys: 3, noNullPrototype: true }),
})).any;

/** Schemas of what draft 7 knows, nested, but `contains`, which ajv passes over in [] beside a list of items; what makes no sense together is part of it. */
const schema = fc.letrec<{ any: unknown; object: object }>((tie) => {
  const any = tie('any');
  const some = fc.array(any, { minLength: 1, maxLength: 3 });
  const count = fc.nat(3);
  const named = (one: fc.Arbitrary<unknown>) =>
    fc.dictionary(fc.constantFrom('a', 'b', 'ab', '1'), one, { maxKeys: 2, noNullPrototype: true });
  const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'ab'), { maxLength: 2 });
  const type = fc.constantFrom('null', 'boolean', 'object', 'array', 'number', 'integer', 'string');
  const keywords: Record<string, fc.Arbitrary<unknown>> = {
    type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })),
    enum: fc.array(value, { minLength: 1, maxLength: 3 }),
    const: value,
    multipleOf: fc.constantFrom(1, 2, 0.5),
    pattern: fc.constantFrom('^a', 'b$', '^[a-z]+$', '.'),
    patternProperties: fc.dictionary(fc.constantFrom('^a', 'b'), any, { maxKeys: 2, noNullPrototype: true }),
    items: fc.oneof(any, some),
    uniqueItems: fc.boolean(),
    required: names,
    properties: named(any),
    dependencies: named(fc.oneof(any, names)),
  };
  const counts = ['maximum', 'exclusiveMaximum', 'minimum', 'exclusiveMinimum', 'maxLength', 'minLength', 'maxItems'];
  const more = ['minItems', 'maxProperties', 'minProperties'];
  const single = ['additionalItems', 'additionalProperties', 'propertyNames', 'if', 'then', 'else', 'not'];
  for (const name of [...counts, ...more]) keywords[name] = count;
  for (const name of single) keywords[name] = any;
  for (const name of ['allOf', 'anyOf', 'oneOf']) keywords[name] = some;
  const entries = Object.entries(keywords).map(([name, given]) => fc.tuple(fc.constant(name), given));
  const object = fc.array(fc.oneof(...entries), { minLength: 1, maxLength: 6 }).map(Object.fromEntries);
  return { any: fc.oneof({ maxDepth: 3 }, fc.boolean(), object), object };
}).object;

it('is judged as ajv judges it', async () => {
  const ajv = new Ajv({ strict: false, ownProperties: true, validateSchema: false });
  let [kept, broken] = [0, 0];
  await fc.assert(
    fc.asyncProperty(schema, fc.array(value, { minLength: 5, maxLength: 8 }), async (asked, values) => {
      const read = await readSchema(asked);
      if ('problems' in read) throw new Error(JSON.stringify([asked, read.problems]));
      const validate = ajv.compile(asked);
      for (const one of values) {
        const isValid = validate(one);
        if (isValid) kept += 1;
        else broken += 1;
        expect([[...breaches(read.schema, { left: 1e6 }, one)].length === 0, asked, one]).toEqual([
          isValid,
          asked,
          one,
        ]);
      }
    }),
    { numRuns: 1500, seed: 20260131, endOnFailure: true },
  );
  expect(Math.min(kept, broken)).toBeGreaterThan(300);
});
