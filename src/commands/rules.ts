import { loadConfig } from '../config/load.js';
import { isFailure } from '../errors.js';
import type { Declarations } from '../layer/declarations.js';
import { ruleIndex } from '../policy/rules.gen.js';
import { ruleIds } from '../policy/select.js';
import type { Env } from '../ports.js';
import { defineCommand } from './command.js';

export const rules = defineCommand({
  name: 'rules',
  summary: 'List the rules with the severity that holds here and the stages they run at.',
  args: '',
  flags: {},
  examples: [['layer-policy rules', 'what this repository enforces']],
  async run(env, flags) {
    const policy = await policyHere(env, flags);
    const listed = (policy ? ruleIds(policy) : Object.keys(ruleIndex)).flatMap((id) => {
      const rule = ruleIndex[policy?.rules[id]?.use ?? id]?.rule;
      if (rule === undefined) return [];
      return [{ id, severity: policy?.rules[id]?.severity ?? rule.severity, stages: rule.stages, title: rule.title }];
    });
    const width = Math.max(...listed.map(({ id }) => id.length));
    return {
      exit: 0,
      document: { schema: 1, ok: true, rules: listed },
      text: (style) =>
        [
          ...listed.map(({ id, severity, title, stages }) => {
            const colour = severity === 'error' ? style.red : severity === 'warning' ? style.yellow : style.dim;
            const where = stages.length === 5 ? 'all stages' : stages.join(', ');
            return `${style.bold(id.padEnd(width))}  ${colour(severity.padEnd(7))}  ${title} ${style.dim(`(${where})`)}`;
          }),
          '',
          style.dim('layer-policy explain <rule>  for reason, options and examples'),
          '',
        ].join('\n'),
    };
  },
});

/** Listing the rules is useful before there is a policy, and outside a repository. */
async function policyHere(env: Env, flags: { config?: string }): Promise<Declarations | null> {
  try {
    const head = await env.git.commit('HEAD');
    return (await loadConfig(env, flags, head === null ? env.git.index() : env.git.tree(head))).declarations;
  } catch (error) {
    if (isFailure(error) && ['config-missing', 'not-a-repository'].includes(error.code)) return null;
    throw error;
  }
}
