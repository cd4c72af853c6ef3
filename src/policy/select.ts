import type { Declarations, RuleOverride, RuleSetting, Severity } from '../layer/declarations.js';
import { globMatcher } from '../layer/glob.js';
import type { Rule, Stage } from '../rule/define.js';
import type { FactId } from '../rule/facts.js';
import { isIdle } from './idle.js';
import type { Kind, Policy } from './policy.js';

/** A rule as this policy runs it. */
export interface SelectedRule {
  /** The id it was declared under; differs from `rule.id` for an instance of a kind. */
  id: string;
  rule: Rule;
  /** One for each distinct set of options. */
  runs: Run[];
  /** What counts for a path, or for a folder as a whole: the severity, and the run it is of. */
  at(path: string): { severity: Severity; run: Run };
}

export interface Run {
  options: Record<string, unknown>;
  /** What must be collected, and all that the rule sees, with these options. */
  needs: readonly FactId[];
}

/** The part of a policy that is about rules. */
export type RulesHere = Pick<Policy, 'kinds'> & { declarations: Pick<Declarations, 'rules'> };

/** The rules of a stage that are not off or idle everywhere; `only` narrows them by id. */
export function selectRules(here: RulesHere, stage: Stage | 'validate', only: readonly string[] = []): SelectedRule[] {
  return ruleIds(here).flatMap((id) => {
    const found = ruleHere(here, id);
    if (!found?.kind.rule.stages.includes(stage) || (only.length > 0 && !only.includes(id))) return [];
    const selected = selectRule(id, found.kind.rule, found.setting);
    return selected.runs.length === 0 ? [] : [selected];
  });
}

/** Every id that `--rule` and waivers may name: rules of this tool and of plugins, then instances. */
export function ruleIds({ declarations, kinds }: RulesHere): string[] {
  return [...new Set([...Object.keys(kinds), ...Object.keys(declarations.rules)])];
}

/** A rule by the id it runs under, and what holds of it here; null: there is none. */
export function ruleHere({ declarations, kinds }: RulesHere, id: string): { kind: Kind; setting: RuleSetting } | null {
  const setting = Object.hasOwn(declarations.rules, id) ? declarations.rules[id] : undefined;
  const use = setting?.use ?? id;
  const kind = Object.hasOwn(kinds, use) ? kinds[use] : undefined;
  return kind === undefined ? null : { kind, setting: setting ?? ownSetting(kind.rule) };
}

/** What holds for a rule of which the policy says nothing. */
export function ownSetting({ id, severity, options }: Rule): RuleSetting {
  return { severity, use: id, options: options.defaults, from: [], overrides: [] };
}

function selectRule(id: string, rule: Rule, setting: RuleSetting): SelectedRule {
  const runs = new Map<string, Run>();
  const settled = ({ severity, options }: RuleSetting | RuleOverride) => {
    if (severity === 'off' || isIdle(rule, options)) return { severity, run: nowhere };
    const key = JSON.stringify(options);
    const skipped = rule.skip?.(options) ?? [];
    const run = runs.get(key) ?? { options, needs: rule.facts.filter((fact) => !skipped.includes(fact)) };
    runs.set(key, run);
    return { severity, run };
  };
  const everywhere = settled(setting);
  const overrides = setting.overrides.map((override) => ({
    covers: globMatcher(override.paths),
    ...settled(override),
  }));
  return {
    id,
    rule,
    runs: [...runs.values()],
    at: (path) => overrides.findLast(({ covers }) => covers(path)) ?? everywhere,
  };
}

const nowhere: Run = { options: {}, needs: [] };
