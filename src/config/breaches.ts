import { Ajv } from 'ajv';
import { describeSchemaErrors } from '../layer/schema-errors.js';
import { optionsSchema } from '../policy/options.js';
import type { Rule } from '../rule/define.js';
import { type Breach, mostBreaches } from './breach.js';
import { configSchema } from './schema.js';

/** All that a policy breaks of its schema. ajv costs more than a whole hook: import this for a policy that does not fit. */
export function configBreaches(config: unknown): Breach[] {
  return breaches(configSchema, config);
}

/** All that a rule's options break of theirs. Throws where that is no schema, which a plugin's may be. */
export function optionBreaches({ rule }: { rule: Rule }, options: unknown): Breach[] {
  return breaches(optionsSchema(rule), options);
}

function breaches(schema: object, value: unknown): Breach[] {
  const validate = new Ajv(settings).compile(schema);
  return validate(value) ? [] : describeSchemaErrors((validate.errors ?? []).slice(0, 2 * mostBreaches), schema, value);
}

const settings = {
  allErrors: true,
  messages: false,
  ownProperties: true,
  strictTypes: false,
  formats: { glob: true as const },
};
