import type { Declarations, RuleSetting } from '../../layer/declarations.js';
import { lacking } from '../idle.js';
import { ruleIndex } from '../rules.gen.js';
import { ownSetting } from '../select.js';
import { equal, weakerValue } from './direction.js';
import { type Weakening, weakening } from './weakening.js';

type Settings = Readonly<Record<string, RuleSetting>>;

const severities = ['off', 'warning', 'error'];

/** Rules that are gone, milder, another kind, or have weaker options. What is not said of a rule is its own default. */
export function weakerRules(what: string, was: Settings, is: Settings): Weakening[] {
  return [...new Set([...Object.keys(ruleIndex), ...Object.keys(was)])].flatMap((id) => {
    const [before, after] = [settingOf(was, id), settingOf(is, id)];
    return before === null ? [] : weakerRule(`${what}.${id}`, before, after);
  });
}

function weakerRule(what: string, before: RuleSetting, after: RuleSetting | null): Weakening[] {
  if (isIdle(before)) return [];
  if (after === null) return [weakening(what, before.severity, undefined)];
  if (after.use !== before.use) return [weakening(`${what}.use`, before.use, after.use)];
  return [
    ...weakerValue(what, before.severity, after.severity, severities),
    // Of a rule that does not run any more it says nothing what its options are.
    ...(after.severity === 'off' ? [] : weakerOptions(`${what}.options`, before, after)),
    ...(hasNoAim(after) && !hasNoAim(before) ? [weakening(what, 'with an aim', 'without one')] : []),
    ...weakerOverrides(`${what}.overrides`, before, after),
  ];
}

/** An entry that is added counts by itself, where it is milder than what held before anywhere; else any change counts. */
function weakerOverrides(what: string, before: RuleSetting, { overrides }: RuleSetting): Weakening[] {
  const isExtended = before.overrides.every((entry, i) => equal(entry, overrides[i]));
  if (!isExtended) return weakerValue(what, before.overrides, overrides, undefined);
  const strictest = Math.max(...[before, ...before.overrides].map(({ severity }) => severities.indexOf(severity)));
  return overrides.slice(before.overrides.length).flatMap((entry) => [
    ...weakerValue(`${what}: ${entry.paths.join(', ')}`, severities[strictest], entry.severity, severities),
    // It may be about the same paths as an entry before it, and the last one counts.
    ...(entry.severity === 'off'
      ? []
      : distinct(
          [before, ...before.overrides].flatMap(({ severity, options }) =>
            severity === 'off'
              ? []
              : weakerOptions(`${what}: ${entry.paths.join(', ')}`, { ...before, options }, entry),
          ),
        )),
  ]);
}

function distinct(weakenings: Weakening[]): Weakening[] {
  return [...new Map(weakenings.map((one) => [JSON.stringify(one), one])).values()];
}

type Options = Pick<RuleSetting, 'options'>;

function weakerOptions(what: string, { use, options: was }: RuleSetting, { options: is }: Options): Weakening[] {
  const { stricter = {} } = (Object.hasOwn(ruleIndex, use) && ruleIndex[use]?.rule.options) || {};
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((option) =>
    weakerValue(`${what}.${option}`, was[option], is[option], stricter[option]),
  );
}

/** Runs nowhere. */
function isIdle(setting: RuleSetting): boolean {
  const isOff = [setting, ...setting.overrides].every(({ severity }) => severity === 'off');
  return isOff || (hasNoAim(setting) && setting.overrides.length === 0);
}

/** A kind of rule looks for nothing until an instance of it says for what. */
function hasNoAim({ use, options }: RuleSetting): boolean {
  const rule = Object.hasOwn(ruleIndex, use) ? ruleIndex[use]?.rule : undefined;
  return rule !== undefined && lacking(rule, options).length > 0;
}

/** Only their code could say which way is stricter. What nobody has said before is weaker only where it says so. */
export function weakerPluginRules(what: string, was: Written, is: Written, base: Declarations): Weakening[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((id) => {
    const [before, after] = [was[id], is[id]];
    const isMilder = isDemanded(base, id) && /"(off|warning)"/.test(JSON.stringify(after ?? ''));
    return before === undefined && !isMilder ? [] : weakerValue(`${what}.${id}`, before, after, undefined);
  });
}

/** Whether a policy can have this rule run at all. */
export function isDemanded({ rules, plugins }: Declarations, id: string): boolean {
  const setting = settingOf(rules, id);
  return setting === null ? plugins.length > 0 : !isIdle(setting);
}

type Written = Readonly<Record<string, unknown>>;

function settingOf(settings: Settings, id: string): RuleSetting | null {
  const rule = Object.hasOwn(ruleIndex, id) ? ruleIndex[id]?.rule : undefined;
  return (Object.hasOwn(settings, id) ? settings[id] : undefined) ?? (rule ? ownSetting(rule) : null);
}
