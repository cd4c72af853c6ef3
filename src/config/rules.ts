import type { RuleSetting, Severity, Waiver } from '../layer/declarations.js';
import { fitsSchema } from '../layer/fits-schema.js';
import { nearest } from '../layer/names.js';
import { optionsSchema } from '../policy/options.js';
import { ruleIndex } from '../policy/rules.gen.js';

const severities: readonly string[] = ['off', 'warning', 'error'] satisfies Severity[];

const settingKeys = ['use', 'severity', 'options'];

/** What the policy says of each rule; whatever is wrong is added to `problems`. */
export async function resolveRules(
  written: Record<string, unknown>,
  waivers: Waiver[],
  problems: string[],
): Promise<Record<string, RuleSetting>> {
  const settings: Record<string, RuleSetting> = {};
  for (const [id, value] of Object.entries(written)) {
    const setting = await resolveSetting(id, value, problems);
    if (setting !== null) settings[id] = setting;
  }
  for (const { rule } of waivers) {
    if (!Object.hasOwn(ruleIndex, rule) && !Object.hasOwn(settings, rule)) problems.push(`waivers: ${unknown(rule)}`);
  }
  return settings;
}

async function resolveSetting(id: string, value: unknown, problems: string[]): Promise<RuleSetting | null> {
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
  const breaches = fitsSchema(optionsSchema(indexed.rule), options)
    ? []
    : (await import('./breaches.js')).optionBreaches(indexed, options);
  problems.push(...breaches.map(({ field, what }) => `${where} options${field.replaceAll('/', '.')} ${what}`));
  if (breaches.length > 0) return null;
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
