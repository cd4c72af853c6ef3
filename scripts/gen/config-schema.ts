import { configSchema } from '../../src/config/schema.js';
import { optionsSchema } from '../../src/policy/options.js';
import type { Rule } from '../../src/rule/define.js';

const severity = { enum: ['off', 'warning', 'error'] };

/** The policy's schema for editors: the shape, and what every rule takes. */
export function configSchemaDocument(rules: readonly Rule[]): object {
  const instance = {
    type: 'object',
    required: ['use'],
    additionalProperties: false,
    properties: { use: { enum: rules.map(({ id }) => id) }, severity, options: { type: 'object' } },
  };
  const settings = rules.map((rule) => [
    rule.id,
    {
      description: `${rule.title}. ${rule.why}`,
      anyOf: [severity, { type: 'array', items: [severity, optionsSchema(rule)], minItems: 2, maxItems: 2 }],
    },
  ]);
  return {
    ...configSchema,
    properties: {
      ...configSchema.properties,
      rules: {
        ...configSchema.properties.rules,
        properties: Object.fromEntries(settings),
        additionalProperties: instance,
      },
    },
  };
}
