import { failure } from '../../errors.js';
import type { Kinds, PluginRule, Policy } from '../../policy/policy.js';
import { ruleIndex } from '../../policy/rules.gen.js';
import type { Judged } from '../../policy/subject.js';
import type { Env } from '../../ports.js';
import { configInvalid } from '../config-invalid.js';
import type { LoadedConfig } from '../load.js';
import { resolveRules } from '../rules.js';
import { rulesOf } from './brought.js';
import { codeOf, mayName, type Origin } from './code.js';
import { isGuarded, trustedBase } from './trust.js';

/**
 * The policy with the rules of its plugins. Their code is the judged tree's at hooks and on a developer's machine; where
 * what is judged may come from anybody it is the base's, and a plugin that the base does not name is not run: a notice
 * says so, and settings that only that code could judge are passed over. A rule that the file of a plugin nowhere names is
 * a mistake all the same: it is read for that, and not run.
 */
export async function withPlugins(
  env: Env,
  config: LoadedConfig,
  { stage, tree, base = null, baseNamed = null }: Judged,
): Promise<Policy> {
  const trusted = isGuarded(env.vars, stage) ? await trustedBase(env, base, baseNamed) : 'anyone';
  const found = await bring(env, config.plugins, { judged: tree, policy: config.tree ?? tree, trusted });
  const kinds: Kinds = { ...ruleIndex, ...found.rules };
  const { settings, breaches, passedOver } = await resolveRules(config.written, kinds, found.mayBring);
  if (breaches.length > 0) throw configInvalid(config.file, breaches, config.lineOf);
  const passed = passedOver.length === 0 ? [] : [`Not judged for want of that code: ${passedOver.join(', ')}.`];
  return {
    ...config,
    declarations: { ...config.declarations, rules: settings },
    kinds,
    notices: [...config.notices, ...found.notices, ...passed],
  };
}

async function bring(env: Env, plugins: readonly string[], origin: Origin) {
  const rules: Record<string, PluginRule> = {};
  const notices: string[] = [];
  const unseen: ((rule: string) => boolean)[] = [];
  for (const plugin of plugins) {
    const code = await codeOf(env, plugin, origin);
    if ('withheld' in code) {
      notices.push(`Plugin ${plugin} is not run: ${code.withheld}. Code runs here once the base branch has it.`);
      unseen.push(await mayName(env, plugin, origin));
      continue;
    }
    if (!code.isJudged) {
      notices.push(`Plugin ${plugin} runs as the base branch has it; what changed in it counts once that is merged.`);
      unseen.push(await mayName(env, plugin, origin));
    }
    for (const rule of await rulesOf(env, plugin, code)) {
      const other = Object.hasOwn(rules, rule.id) ? rules[rule.id] : undefined;
      if (other !== undefined) {
        throw failure('plugin-invalid', { plugin, problem: `it brings ${rule.id}, and so does ${other.plugin}` });
      }
      rules[rule.id] = { rule, plugin };
    }
  }
  return { rules, notices, mayBring: (rule: string) => unseen.some((names) => names(rule)) };
}
