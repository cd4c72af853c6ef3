import type { Declarations } from '../layer/declarations.js';
import type { Rule, Stage } from '../rule/define.js';
import type { FactId } from '../rule/facts.js';
import { ruleIndex } from './rules.gen.js';

/** A rule as this policy runs it. */
export interface SelectedRule {
  /** The id it was declared under; differs from `rule.id` for an instance of a kind. */
  id: string;
  rule: Rule;
  severity: 'warning' | 'error';
  options: Record<string, unknown>;
  /** What must be collected for it with these options. */
  needs: FactId[];
}

/** The rules of a stage that are not off, with the policy's severities and options; `only` narrows them by id. */
export function selectRules(policy: Declarations, stage: Stage, only: readonly string[] = []): SelectedRule[] {
  const plain = Object.values(ruleIndex).map(({ rule }) => rule.id);
  const instances = Object.keys(policy.rules).filter((id) => !Object.hasOwn(ruleIndex, id));
  return [...plain, ...instances].flatMap((id) => {
    const setting = policy.rules[id];
    const rule = ruleIndex[setting?.use ?? id]?.rule;
    const severity = setting?.severity ?? rule?.severity;
    if (rule === undefined || severity === undefined || severity === 'off' || !rule.stages.includes(stage)) return [];
    if (only.length > 0 && !only.includes(id)) return [];
    const options = setting?.options ?? rule.options.defaults;
    const skipped = rule.skip?.(options) ?? [];
    return [{ id, rule, severity, options, needs: rule.facts.filter((fact) => !skipped.includes(fact)) }];
  });
}

/** Every id that `--rule` and waivers may name. */
export function ruleIds(policy: Declarations): string[] {
  return [...new Set([...Object.keys(ruleIndex), ...Object.keys(policy.rules)])];
}
