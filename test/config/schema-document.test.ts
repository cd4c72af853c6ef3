import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { exampleRepo } from '../kit/example.js';

type Schema = { [keyword: string]: unknown };

const document = (name: string): Schema => JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8'));
const ajv = new Ajv({ allowUnionTypes: true });
const fits = ajv.compile(document('config'));
const fitsPreset = ajv.compile(document('preset'));

const base = { layers: {} };

it('an editor shows something beside every key', () => {
  const bare: string[] = [];
  const walk = (schema: Schema, path: string): void => {
    const { properties, items, additionalProperties } = schema as Record<string, Record<string, Schema>>;
    for (const [name, inner] of Object.entries(properties ?? {})) {
      if (inner.description === undefined && inner.$ref === undefined) bare.push(`${path}/${name}`);
      walk(inner, `${path}/${name}`);
    }
    for (const inner of [items, additionalProperties]) if (typeof inner === 'object') walk(inner, `${path}/*`);
  };
  for (const name of ['config', 'preset']) walk(document(name), name);
  const { definitions } = document('config') as { definitions: Record<string, Schema> };
  for (const [name, definition] of Object.entries(definitions)) {
    if (typeof definition.description !== 'string') bare.push(name);
  }
  expect(bare).toEqual([]);
});

it.each([
  { extends: 'strict' },
  { extends: ['recommended', '@acme/layer-policy-preset'] },
  {
    plugins: ['./policy/rules.mjs', 'layer-policy-plugin-acme'],
    rules: { 'acme/no-notebooks': ['error', { paths: [] }] },
  },
  { rules: { 'archive-age': { options: { days: 3 } }, mine: { use: 'archive-age' }, theirs: { use: 'acme/x' } } },
  { rules: { 'made-by-a-preset': 'off' } },
  { overrides: [{ paths: ['legacy/**'], rules: { 'no-stray-zips': 'off', 'archive-age': ['warning', { days: 3 }] } }] },
])('%j is a policy', (policy) => {
  expect([fits({ ...base, ...policy }), fits.errors]).toEqual([true, null]);
});

it.each([
  { extends: 3 },
  { rules: { 'archive-age': 'eror' } },
  { rules: { 'archive-age': ['error', { day: 3 }] } },
  { rules: { mine: { use: 'no-such-rule' } } },
  { overrides: [{ paths: 'legacy/**', rules: {} }] },
  { overrides: [{ rules: {} }] },
  { overrides: [{ paths: ['x'], rules: { mine: { use: 'archive-age' } } }] },
  { plugins: './x.mjs' },
])('%j is none', (policy) => {
  expect(fits({ ...base, ...policy })).toBe(false);
});

it('the example and the shipped presets fit', () => {
  expect(fits(JSON.parse(exampleRepo().read('.layerpolicyrc.json')))).toBe(true);
  for (const name of ['recommended', 'strict']) {
    expect([name, fitsPreset(JSON.parse(readFileSync(`presets/${name}.json`, 'utf8'))), fitsPreset.errors]).toEqual([
      name,
      true,
      null,
    ]);
  }
});
