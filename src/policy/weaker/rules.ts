import type { RuleSetting } from '../../layer/declarations.js';
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
  const isOff = before.severity === 'off' && before.overrides.every(({ severity }) => severity === 'off');
  if (isOff) return [];
  if (after === null) return [weakening(what, before.severity, undefined)];
  if (after.use !== before.use) return [weakening(`${what}.use`, before.use, after.use)];
  return [
    ...weakerValue(what, before.severity, after.severity, severities),
    // Of a rule that does not run any more it says nothing what its options are.
    ...(after.severity === 'off' ? [] : weakerOptions(`${what}.options`, before, after)),
    ...weakerOverrides(`${what}.overrides`, before, after),
  ];
}

/** An entry that is added counts by itself, where it is milder than what held before anywhere; else any change counts. */
function weakerOverrides(what: string, before: RuleSetting, { overrides }: RuleSetting): Weakening[] {
  const isExtended = before.overrides.every((entry, i) => equal(entry, overrides[i]));
  if (!isExtended) return weakerValue(what, before.overrides, overrides, undefined);
  const strictest = Math.max(...[before, ...before.overrides].map(({ severity }) => severities.indexOf(severity)));
  return overrides
    .slice(before.overrides.length)
    .flatMap((entry) => [
      ...weakerValue(`${what}: ${entry.paths.join(', ')}`, severities[strictest], entry.severity, severities),
      ...(entry.severity === 'off' ? [] : weakerOptions(`${what}: ${entry.paths.join(', ')}`, before, entry)),
    ]);
}

type Options = Pick<RuleSetting, 'options'>;

function weakerOptions(what: string, { use, options: was }: RuleSetting, { options: is }: Options): Weakening[] {
  const { stricter = {} } = (Object.hasOwn(ruleIndex, use) && ruleIndex[use]?.rule.options) || {};
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((option) =>
    weakerValue(`${what}.${option}`, was[option], is[option], stricter[option]),
  );
}

/** Only their code could say which way is stricter. What nobody has said before can hardly be weaker, unless it says so. */
export function weakerPluginRules(what: string, was: Written, is: Written): Weakening[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((id) => {
    const [before, after] = [was[id], is[id]];
    const isMilder = /"(off|warning)"/.test(JSON.stringify(after ?? ''));
    return before === undefined && !isMilder ? [] : weakerValue(`${what}.${id}`, before, after, undefined);
  });
}

type Written = Readonly<Record<string, unknown>>;

function settingOf(settings: Settings, id: string): RuleSetting | null {
  const rule = Object.hasOwn(ruleIndex, id) ? ruleIndex[id]?.rule : undefined;
  return (Object.hasOwn(settings, id) ? settings[id] : undefined) ?? (rule ? ownSetting(rule) : null);
}
