import { Ajv } from 'ajv';
import { failure } from '../../errors.js';
import { describeSchemaErrors } from '../../layer/schema-errors.js';
import { optionsSchema } from '../../policy/options.js';
import type { PluginRule } from '../../policy/policy.js';
import type { Breach } from '../breach.js';

/** All that the options of a plugin's rule break of its schema, which no build could compile for us. */
export function pluginOptionBreaches({ rule, plugin }: PluginRule, options: unknown): Breach[] {
  const ajv = new Ajv({
    allErrors: true,
    messages: false,
    ownProperties: true,
    strictTypes: false,
    formats: { glob: true },
  });
  const schema = optionsSchema(rule);
  try {
    const validate = ajv.compile(schema);
    return validate(options) ? [] : describeSchemaErrors(validate.errors ?? [], schema, options);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw failure('plugin-invalid', { plugin, problem: `the option schema of ${rule.id} is none: ${problem}` }, error);
  }
}
