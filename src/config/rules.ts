import type { RuleSetting, Severity, Waiver } from '../layer/declarations.js';
import { nearest } from '../layer/names.js';
import { describeSchemaErrors } from '../layer/schema-errors.js';
import { optionsSchema } from '../policy/options.js';
import { ruleIndex } from '../policy/rules.gen.js';

const severities: readonly string[] = ['off', 'warning', 'error'] satisfies Severity[];

const settingKeys = ['use', 'severity', 'options'];

/** What the policy says of each rule; whatever is wrong is added to `problems`. */
export function resolveRules(
  written: Record<string, unknown>,
  waivers: Waiver[],
  problems: string[],
): Record<string, RuleSetting> {
  const settings: Record<string, RuleSetting> = {};
  for (const [id, value] of Object.entries(written)) {
    const setting = resolveSetting(id, value, problems);
    if (setting !== null) settings[id] = setting;
  }
  for (const { rule } of waivers) {
    if (!Object.hasOwn(ruleIndex, rule) && !Object.hasOwn(settings, rule)) problems.push(`waivers: ${unknown(rule)}`);
  }
  return settings;
}

function resolveSetting(id: string, value: unknown, problems: string[]): RuleSetting | null {
  const { severity, options = {}, use = id } = readSetting(value);
  const where = `rules.${id}`;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
    problems.push(`${where}: a rule is named in lower case with single dashes, such as "no-notebooks"`);
    return null;
  }
  const unknownKey = Object.keys(readSetting(value)).find((key) => !settingKeys.includes(key));
  if (unknownKey !== undefined) {
    const near = nearest(unknownKey, settingKeys);
    problems.push(`${where} has an unknown key "${unknownKey}"${near === null ? '' : `; did you mean "${near}"?`}`);
    return null;
  }
  if (typeof severity !== 'string' || !severities.includes(severity)) {
    problems.push(`${where} must be "off", "warning" or "error", [severity, options], or { use, severity, options }`);
    return null;
  }
  const indexed = typeof use === 'string' && Object.hasOwn(ruleIndex, use) ? ruleIndex[use] : undefined;
  if (indexed === undefined || typeof use !== 'string') {
    problems.push(`${where}: ${unknown(String(use))}`);
    return null;
  }
  if (use !== id && Object.hasOwn(ruleIndex, id)) {
    problems.push(`${where} is a rule itself; an instance of "${use}" needs a name of its own`);
    return null;
  }
  if (!indexed.validOptions(options)) {
    const errors = describeSchemaErrors(indexed.validOptions.errors ?? [], optionsSchema(indexed.rule));
    problems.push(...errors.map(({ field, what }) => `${where} options${field.replaceAll('/', '.')} ${what}`));
    return null;
  }
  return { severity: severity as Severity, use, options: { ...indexed.rule.options.defaults, ...(options as object) } };
}

function readSetting(value: unknown): { severity?: unknown; options?: unknown; use?: unknown } {
  if (typeof value === 'string') return { severity: value };
  if (Array.isArray(value) && value.length === 2) return { severity: value[0], options: value[1] };
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { severity: 'error', ...value };
  return {};
}

function unknown(id: string): string {
  const near = nearest(id, Object.keys(ruleIndex));
  return `there is no rule "${id}"${near === null ? '' : `; did you mean "${near}"?`}`;
}
