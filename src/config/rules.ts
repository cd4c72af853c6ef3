import type { RuleSetting } from '../layer/declarations.js';
import { lacking } from '../policy/idle.js';
import type { Kinds } from '../policy/policy.js';
import { type Breach, mostBreaches, pointer } from './breach.js';
import { isPluginName, noSuchRule } from './rule-names.js';
import { type Statement, settle } from './settle.js';
import type { WrittenRules } from './written.js';

export interface ResolvedRules {
  settings: Record<string, RuleSetting>;
  breaches: Breach[];
  /** Rules of plugins, and instances of them, whose settings were not judged and hold nothing. */
  passedOver: string[];
}

export const thePolicy = 'policy';

/**
 * What the policy says of each rule. Some plugin's code may not be here, or not be the code that the policy was written
 * for: what is said of a rule that `mayBring` expects of it, and is not understood, is passed over then, not refused.
 */
export async function resolveRules(
  written: WrittenRules,
  kinds: Kinds,
  mayBring: (rule: string) => boolean,
): Promise<ResolvedRules> {
  const settings: Record<string, RuleSetting> = {};
  const breaches: Breach[] = [];
  const passedOver = new Set<string>();
  for (const statement of statements(written)) {
    const { id, from } = statement;
    if (passedOver.has(id)) continue;
    if (breaches.length > mostBreaches) break;
    const settled = await settle(statement, settings, kinds);
    if (!('breaches' in settled)) settings[id] = settled;
    else if (settled.ofPlugin !== null && mayBring(settled.ofPlugin)) passedOver.add(id);
    else
      breaches.push(...settled.breaches.map((breach) => (from === thePolicy ? breach : { ...breach, preset: from })));
  }
  for (const id of passedOver) delete settings[id];
  for (const [id, setting] of Object.entries(settings)) breaches.push(...instanceBreaches(id, setting, kinds));

  const named = { ...kinds, ...settings };
  for (const [i, { rule }] of written.waivers.entries()) {
    if (breaches.length > mostBreaches) break;
    const isKnown = Object.hasOwn(named, rule) || passedOver.has(rule) || (isPluginName(rule) && mayBring(rule));
    if (!isKnown) breaches.push(noSuchRule(pointer('waivers', i, 'rule'), rule, named));
  }
  return { settings, breaches, passedOver: [...passedOver] };
}

/** An instance that looks for nothing lets everything pass that it was written to stop. */
function instanceBreaches(id: string, { use, severity, options }: RuleSetting, kinds: Kinds): Breach[] {
  const kind = use === id || severity === 'off' ? undefined : kinds[use];
  const missing = kind === undefined ? [] : lacking(kind.rule, options);
  return missing.map((option) => ({ field: pointer('rules', id), what: `gives no "${option}", which ${use} needs` }));
}

function statements({ layers, overrides }: WrittenRules): Statement[] {
  const everywhere = layers.flatMap(({ from, rules }) =>
    Object.entries(rules).map(([id, value]) => ({ id, value, from, field: pointer('rules', id), paths: null })),
  );
  const somewhere = overrides.flatMap(({ paths, rules }, i) =>
    Object.entries(rules).map(([id, value]) => ({
      ...{ id, value, from: thePolicy, field: pointer('overrides', i, 'rules', id) },
      paths,
    })),
  );
  return [...everywhere, ...somewhere];
}
