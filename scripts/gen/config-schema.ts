import { configSchema } from '../../src/config/schema.js';
import { optionsSchema } from '../../src/policy/options.js';
import type { Rule } from '../../src/rule/define.js';
import { descriptions } from './descriptions.js';

type Schema = { [keyword: string]: unknown };

/** The policy's schema for editors: its shape, what every rule takes, and a description of every key. */
export function configSchemaDocument(rules: readonly Rule[]): object {
  const { properties, ...schema } = configSchema as Schema & { properties: Schema };
  const overrides = properties.overrides as Schema & { items: Schema & { properties: Schema } };
  const { items } = overrides;
  const document = described({
    ...schema,
    properties: {
      ...properties,
      rules: rulesSchema(rules, ref('instance')),
      overrides: {
        ...overrides,
        items: { ...items, properties: { ...items.properties, rules: rulesSchema(rules, ref('setting')) } },
      },
    },
  });
  return portable({ ...document, definitions: definitions(rules) });
}

/** The same for a preset: `layer-policy.json` of an npm package. */
export function presetSchemaDocument(rules: readonly Rule[]): object {
  return portable({
    $schema: configSchema.$schema,
    $id: configSchema.$id.replace('config.schema', 'preset.schema'),
    title: 'layer-policy.json',
    description: 'A preset: what a policy extends. It is data, read from node_modules and never run.',
    type: 'object',
    required: ['rules'],
    additionalProperties: false,
    properties: {
      $schema: { description: 'This schema, for your editor.', type: 'string' },
      description: { description: 'What the preset is for.', type: 'string' },
      rules: { description: descriptions.rules, ...rulesSchema(rules, ref('instance')) },
    },
    definitions: definitions(rules),
  });
}

const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` });

function rulesSchema(rules: readonly Rule[], others: Schema): Schema {
  return {
    type: 'object',
    properties: Object.fromEntries(rules.map(({ id }) => [id, ref(id)])),
    patternProperties: { '/': ref('setting') },
    additionalProperties: others,
  };
}

function definitions(rules: readonly Rule[]): Schema {
  const anyRule = { anyOf: [{ enum: rules.map(({ id }) => id) }, { type: 'string', pattern: '/' }] };
  const some = { description: 'The options, as the rule declares them.', type: 'object' };
  const ofRules = rules.map((rule) => [
    rule.id,
    { description: `${rule.title}. ${rule.why}`, default: rule.severity, ...setting(withDefaults(rule)) },
  ]);
  return {
    severity: { description: 'off; warning: told, and passes; error: refuses', enum: ['off', 'warning', 'error'] },
    setting: { description: 'What holds for a rule of a plugin (namespace/name) or an instance.', ...setting(some) },
    instance: {
      description: 'An instance of a rule under a name of your own.',
      ...setting(some, { use: { description: 'The rule; a plugin may bring others.', ...anyRule } }),
    },
    ...Object.fromEntries(ofRules),
  };
}

function setting(options: Schema, more: Schema = {}): Schema {
  return {
    anyOf: [
      ref('severity'),
      { type: 'array', items: [ref('severity'), options], minItems: 2, maxItems: 2 },
      { type: 'object', additionalProperties: false, properties: { ...more, severity: ref('severity'), options } },
    ],
  };
}

function withDefaults(rule: Rule): Schema {
  const { properties, ...schema } = optionsSchema(rule) as Schema & { properties: Record<string, Schema> };
  const defaults = rule.options.defaults;
  const options = Object.entries(properties).map(([name, option]) => [name, { default: defaults[name], ...option }]);
  return { ...schema, properties: Object.fromEntries(options) };
}

/** Every key with its description. */
function described(schema: Schema, path: string[] = []): Schema {
  const description = descriptions[path.join('.')];
  const keywords = Object.entries(schema).map(([keyword, value]) => [keyword, inner(keyword, value, path)]);
  return { ...Object.fromEntries(keywords), ...(description !== undefined && { description }) };
}

function inner(keyword: string, value: unknown, path: string[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if (keyword === 'items') return described(value as Schema, [...path, '[]']);
  if (keyword === 'additionalProperties') return described(value as Schema, [...path, '*']);
  if (keyword !== 'properties') return value;
  const properties = Object.entries(value).map(([name, schema]) => [
    name,
    described(schema as Schema, [...path, name]),
  ]);
  return Object.fromEntries(properties);
}

/** `format: "glob"` is a word of this tool, at which other validators stop. */
function portable(schema: Schema): object {
  return JSON.parse(JSON.stringify(schema, (key, value) => (key === 'format' && value === 'glob' ? undefined : value)));
}
