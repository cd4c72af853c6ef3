import { describeSchemaErrors } from '../layer/schema-errors.js';
import { optionsSchema } from '../policy/options.js';
import type { IndexedRule } from '../policy/rules.gen.js';
import * as schemas from '../schemas.gen.js';
import { type Breach, mostBreaches } from './breach.js';
import { configSchema } from './schema.js';

const validators = { ...schemas };

/** All that a policy breaks of its schema. This comes with half as much code as a hook runs: import it for a policy that does not fit. */
export function configBreaches(config: unknown): Breach[] {
  return breaches(validators.validateConfig, configSchema, config);
}

/** All that a rule's options break of theirs. */
export function optionBreaches({ rule, validator }: IndexedRule, options: unknown): Breach[] {
  return breaches(validators[validator], optionsSchema(rule), options);
}

function breaches(validate: schemas.Validator, schema: object, value: unknown): Breach[] {
  return validate(value) ? [] : describeSchemaErrors((validate.errors ?? []).slice(0, 2 * mostBreaches), schema, value);
}
