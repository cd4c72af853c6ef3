import type { RuleSetting } from '../layer/declarations.js';
import { fitsSchema } from '../layer/fits-schema.js';
import { optionsSchema } from '../policy/options.js';
import { isOfPlugin, type Kind, type Kinds } from '../policy/policy.js';
import { ownSetting } from '../policy/select.js';
import { type Breach, pointer } from './breach.js';
import { optionGlobBreaches } from './globs.js';
import { isPlainName, isPluginName, noSuchRule } from './rule-names.js';
import { readSetting } from './setting.js';

/** One thing that is said of one rule. */
export interface Statement {
  id: string;
  value: unknown;
  /** The preset, or the policy itself. */
  from: string;
  /** Where it is written. */
  field: string;
  /** Null: it is said of every path. */
  paths: string[] | null;
}

export interface Refused {
  breaches: Breach[];
  /** The rule of a plugin of which it is said; another version of its code might take it. Null: one of our own. */
  ofPlugin: string | null;
}

/** A rule's setting with one more statement laid over what was said before, each option by itself. */
export async function settle(
  { id, value, from, field, paths }: Statement,
  before: Readonly<Record<string, RuleSetting>>,
  kinds: Kinds,
): Promise<RuleSetting | Refused> {
  const written = readSetting(field, value);
  if ('what' in written) return refused(written);
  const said = Object.hasOwn(before, id) ? before[id] : undefined;
  const use = written.use ?? said?.use ?? id;
  if (written.use !== undefined && paths !== null)
    return refused({ field, what: 'makes an instance; only "rules" can' });
  if (use !== id && Object.hasOwn(kinds, id)) {
    return refused({ field, what: `is a rule itself; an instance of "${use}" needs a name of its own` });
  }
  if (use !== id && !isPlainName(id)) {
    return refused({
      field,
      what: 'is no name for an instance: lower case with single dashes, such as "no-notebooks"',
    });
  }
  const kind = Object.hasOwn(kinds, use) ? kinds[use] : undefined;
  if (kind === undefined) {
    const breach = noSuchRule(use === id ? field : field + pointer('use'), use, { ...kinds, ...before });
    return { breaches: [breach], ofPlugin: isPluginName(use) ? use : null };
  }
  const breaches = await optionBreaches(kind, field, written.options);
  if (breaches.length > 0) return { breaches, ofPlugin: isOfPlugin(kind) ? use : null };

  const ground = said?.use === use ? said : ownSetting(kind.rule);
  const setting = {
    severity: written.severity ?? ground.severity,
    options: { ...ground.options, ...written.options },
  };
  return paths === null
    ? { ...ground, ...setting, from: [...ground.from, from] }
    : { ...ground, overrides: [...ground.overrides, { paths, ...setting }] };
}

function refused(breach: Breach): Refused {
  return { breaches: [breach], ofPlugin: null };
}

async function optionBreaches(kind: Kind, field: string, options: Record<string, unknown>): Promise<Breach[]> {
  if (Object.keys(options).length === 0) return [];
  const found = fitsSchema(optionsSchema(kind.rule), options)
    ? optionGlobBreaches(kind.rule, options)
    : isOfPlugin(kind)
      ? (await import('./plugins/options.js')).pluginOptionBreaches(kind, options)
      : (await import('./breaches.js')).optionBreaches(kind, options);
  return found.map((breach) => ({ field, what: `options${breach.field.replaceAll('/', '.')} ${breach.what}` }));
}
