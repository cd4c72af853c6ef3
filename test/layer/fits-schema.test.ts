import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configSchema } from '../../src/config/schema.js';
import { fitsSchema } from '../../src/layer/fits-schema.js';
import { optionsSchema } from '../../src/policy/options.js';
import { ruleIndex } from '../../src/policy/rules.gen.js';

const example = readFileSync('examples/inbox/.layerpolicyrc.json', 'utf8');

const validateConfig = new Ajv({ ownProperties: true, strictTypes: false, formats: { glob: true } }).compile(
  configSchema,
);

const odd: unknown[] = [
  ...[null, true, 0, -1, 1.5, 250, 251, '', 'x', '../x', 'a/b', 'source', '{version}', 'local', '1'.repeat(12)],
  ...[
    'é'.repeat(140),
    'a'.repeat(141),
    '2026-02-31',
    [],
    [1],
    ['arm64'],
    Array(16).fill('python3.12'),
    {},
    { x: {} },
    { X: ['a'] },
    { '-x': ['a'] },
  ],
];

/** A place in a document, by the numbers that lead there, with what is put into it; undefined takes the key out. */
const change = fc.record({
  way: fc.array(fc.nat(40), { maxLength: 6 }),
  key: fc.constantFrom(null, 'x', 'build', 'runtimes', 'tag', 'waivers', 'versioned', 'maxZipMB', '9'),
  value: fc.constantFrom(undefined, ...odd),
});

function changed(
  document: unknown,
  { way, key, value }: { way: number[]; key: string | null; value: unknown },
): unknown {
  if (typeof document !== 'object' || document === null) return value;
  const entries = Object.entries(document);
  const [first, ...rest] = way;
  const chosen = key !== null && first === undefined ? key : entries[(first ?? 0) % Math.max(1, entries.length)]?.[0];
  if (chosen === undefined) return value;
  const inner =
    rest.length === 0
      ? value
      : changed(Object.entries(document).find(([k]) => k === chosen)?.[1], { way: rest, key, value });
  if (Array.isArray(document)) return document.map((item, i) => (String(i) === chosen ? inner : item));
  const others = entries.filter(([k]) => k !== chosen);
  return Object.fromEntries(inner === undefined ? others : [...others, [chosen, inner]]);
}

describe('a policy', () => {
  it('that is in order is seen to be, so that a hook loads no more', () => {
    expect(fitsSchema(configSchema, JSON.parse(example))).toBe(true);
  });

  it('is judged as ajv judges it, whatever is changed in it', () => {
    let refused = 0;
    let taken = 0;
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 2 }), (changes) => {
        const policy = changes.reduce<unknown>(changed, JSON.parse(example));
        const valid = validateConfig(policy);
        if (valid) taken += 1;
        else refused += 1;
        expect(fitsSchema(configSchema, policy)).toBe(valid);
      }),
      { numRuns: 3000 },
    );
    // Both answers were given often enough to mean something.
    expect(Math.min(refused, taken)).toBeGreaterThan(100);
  });
});

it.each(Object.entries(ruleIndex))('the options of %s are judged without ajv when they are in order', (_, { rule }) => {
  expect(fitsSchema(optionsSchema(rule), rule.options.defaults)).toBe(true);
  expect(fitsSchema(optionsSchema(rule), { unheard: 1 })).toBe(false);
});

it('says no to what it does not know, and leaves it to ajv', () => {
  expect(fitsSchema({ not: { type: 'string' } }, 1)).toBe(false);
  expect(fitsSchema({ toString: 1 }, 1)).toBe(false);
  expect(fitsSchema({ properties: { a: false } }, { a: 1 })).toBe(false);
});
