import type { Rule } from '../../src/rule/define.js';

/** `presets/recommended.json`: every rule as it declares itself, so that extending it pins nothing and says all. Kinds do nothing by themselves. */
export function recommendedPreset(rules: readonly Rule[]): object {
  const setting = ({ severity, options: { defaults } }: Rule) =>
    Object.keys(defaults).length === 0 ? severity : [severity, defaults];
  return {
    $schema: '../schemas/preset.schema.json',
    description: 'Every rule as it declares itself.',
    rules: Object.fromEntries(rules.filter(({ kind }) => kind === undefined).map((rule) => [rule.id, setting(rule)])),
  };
}
