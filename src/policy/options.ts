import type { Rule } from '../rule/define.js';

/** The JSON Schema of a rule's options object. */
export function optionsSchema(rule: Pick<Rule, 'options'>): object {
  return { type: 'object', additionalProperties: false, properties: rule.options.schema };
}
