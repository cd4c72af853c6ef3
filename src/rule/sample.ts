import type { Severity } from '../layer/declarations.js';
import type { Rule, ShownRule } from './define.js';

/** How a rule is set in a policy. Of a kind it is an instance, as one of the kind's own examples has it. */
export function sampleSetting(
  rule: ShownRule,
  name: string,
  { severity, options }: { severity: Severity; options: Record<string, unknown> },
): Record<string, unknown> {
  if (rule.kind !== undefined && name === rule.id) {
    const shown = rule.examples.find((example) => example.options !== undefined)?.options;
    return { [instanceName(rule, name)]: { use: rule.id, severity, options: shown } };
  }
  return { [name]: Object.keys(options).length === 0 ? severity : [severity, options] };
}

/** A kind cannot be an instance of itself, so a sample has another name. */
export function instanceName(rule: Rule, name: string): string {
  return rule.kind !== undefined && name === rule.id ? `my-${rule.id}` : name;
}
