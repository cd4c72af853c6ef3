import { failure } from '../errors.js';
import { nearest } from '../layer/names.js';
import { ruleIndex } from '../policy/rules.gen.js';
import type { Style } from '../ports.js';
import type { Rule } from '../rule/define.js';
import { defineCommand } from './command.js';

export const explain = defineCommand({
  name: 'explain',
  summary: 'Print one rule: its reason, what it says, its options and examples.',
  args: '<rule>',
  flags: {},
  examples: [['layer-policy explain archive-age', 'why old archives are refused, and how to set the limit']],
  async run(_env, _flags, args) {
    const [name, ...more] = args;
    if (name === undefined || more.length > 0) {
      throw failure('usage', { problem: 'explain takes one rule.', command: 'explain' });
    }
    const rule = Object.hasOwn(ruleIndex, name) ? ruleIndex[name]?.rule : undefined;
    if (rule === undefined) {
      const near = nearest(name, Object.keys(ruleIndex));
      throw failure('unknown-rule', { name, nearest: near === null ? '' : ` Did you mean '${near}'?` });
    }
    const { id, title, why, severity, stages, options, messages, examples } = rule;
    return {
      exit: 0,
      document: { schema: 1, ok: true, rule: { id, title, why, severity, stages, options, messages, examples } },
      text: (style) => page(rule, style),
    };
  },
});

function page({ id, title, why, severity, stages, options, messages, examples }: Rule, style: Style): string {
  const set = Object.entries(options.schema as Record<string, { description?: string }>);
  const defaults = options.defaults;
  return [
    `${style.bold(id)}  ${title}`,
    `  ${why}`,
    '',
    `${style.bold('Severity')}  ${severity}    ${style.bold('Stages')}  ${stages.join(', ')}`,
    '',
    style.bold('What it says'),
    ...Object.values(messages).flatMap(({ message, hint }) => [`  ${message}`, `    ${style.green('→')} ${hint}`]),
    '',
    style.bold('Options'),
    ...(set.length === 0
      ? ['  none']
      : set.map(
          ([name, schema]) =>
            `  ${style.cyan(name)}  ${schema.description} (default ${JSON.stringify(defaults[name])})`,
        )),
    '',
    style.bold('Examples'),
    ...examples.map(({ name, problems }) =>
      problems.length === 0
        ? `  ${style.green('✔')} ${name}`
        : `  ${style.red('✖')} ${name} ${style.dim(problems.join(', '))}`,
    ),
    '',
    style.dim(`Set it in .layerpolicyrc.json: "rules": { "${id}": ["${severity}", ${JSON.stringify(defaults)}] }`),
    '',
  ].join('\n');
}
