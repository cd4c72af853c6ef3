import { ownRules, rulesHere } from '../config/rules-here.js';
import { exitCodes, failure, isFailure } from '../errors.js';
import type { RuleSetting } from '../layer/declarations.js';
import { nearest } from '../layer/names.js';
import { printable } from '../layer/printable.js';
import { isOfPlugin, type Kind } from '../policy/policy.js';
import { ruleIndex } from '../policy/rules.gen.js';
import { ruleHere, ruleIds } from '../policy/select.js';
import type { Style } from '../ports.js';
import type { ShownRule } from '../rule/define.js';
import { sampleSetting } from '../rule/sample.js';
import { defineCommand } from './command.js';

export const explain = defineCommand({
  name: 'explain',
  summary: 'Print one rule: its reason, what it says, its options and examples, and what holds here.',
  args: '<rule>',
  flags: {},
  examples: [['layer-policy explain archive-age', 'why old archives are refused, and how to set the limit']],
  async run(env, flags, args) {
    const [name, ...more] = args;
    if (name === undefined || more.length > 0) {
      throw failure('usage', { problem: 'explain takes one rule.', command: 'explain' });
    }
    const here = await rulesHere(env, flags).catch((error) => rulesBeside(error, name));
    const found = ruleHere(here, name);
    if (found === null) {
      const near = nearest(name, ruleIds(here));
      throw failure('unknown-rule', { name, nearest: near === null ? '' : ` Did you mean '${near}'?` });
    }
    const { kind, setting } = found;
    const rule = await shown(kind);
    const { id, title, why, severity, stages, options, messages, examples } = rule;
    const plugin = isOfPlugin(kind) ? kind.plugin : null;
    return {
      exit: 0,
      document: {
        schema: 1,
        ok: true,
        rule: { id, title, why, kind: rule.kind ?? null, severity, stages, options, messages, examples, plugin },
        here: { id: name, ...setting },
        notices: here.notices,
      },
      text: (style) =>
        [
          ...page(rule, style),
          ...standing(name, setting, plugin, style),
          ...here.notices.map((notice) => style.dim(`ℹ ${printable(notice)}`)),
          style.dim(`Set it in ${here.file}: "rules": ${JSON.stringify(sampleSetting(rule, name, setting))}`),
          '',
        ].join('\n'),
    };
  },
});

async function shown(kind: Kind): Promise<ShownRule> {
  if (isOfPlugin(kind)) return kind.rule;
  const { examplesOf } = await import('../policy/examples.gen.js');
  return { ...kind.rule, examples: examplesOf[kind.rule.id] ?? [] };
}

/** Whoever mends a policy that cannot be read asks what a rule takes. */
function rulesBeside(error: unknown, name: string) {
  if (!isFailure(error) || error.exit !== exitCodes.usage || !Object.hasOwn(ruleIndex, name)) throw error;
  return ownRules([`This is the rule as it declares itself. The policy here cannot be read: ${error.message}`]);
}

function page(rule: ShownRule, style: Style): string[] {
  const { id, title, why, kind, severity, stages, options, messages, examples } = rule;
  const set = Object.entries(options.schema as Record<string, { description?: string }>);
  const defaults = options.defaults;
  return [
    `${style.bold(id)}  ${printable(title)}`,
    `  ${printable(why)}`,
    ...(kind === undefined
      ? []
      : ['  A kind: it does nothing by itself. A policy makes instances of it, by names of its own.']),
    '',
    `${style.bold('Severity')}  ${severity}    ${style.bold('Stages')}  ${stages.join(', ')}`,
    '',
    style.bold('What it says'),
    ...Object.values(messages).flatMap(({ message, hint }) => [
      `  ${printable(message)}`,
      `    ${style.green('→')} ${printable(hint)}`,
    ]),
    '',
    style.bold('Options'),
    ...(set.length === 0
      ? ['  none']
      : set.map(
          ([name, { description = '' }]) =>
            `  ${style.cyan(name)}  ${printable(description)} (default ${printable(String(JSON.stringify(defaults[name])))})`,
        )),
    '',
    style.bold('Examples'),
    ...examples.map(({ name, problems }) =>
      problems.length === 0
        ? `  ${style.green('✔')} ${printable(name)}`
        : `  ${style.red('✖')} ${printable(name)} ${style.dim(problems.join(', '))}`,
    ),
    '',
  ];
}

/** What holds in this repository, where it is not what the rule says of itself. */
function standing(name: string, setting: RuleSetting, plugin: string | null, style: Style): string[] {
  const { use, severity, options, from, overrides } = setting;
  const said = [
    ...(plugin === null ? [] : [`  brought by plugin ${plugin}`]),
    ...(use === name ? [] : [`  ${name} is an instance of ${use}`]),
    ...(from.length === 0 ? [] : [`  ${severity} ${JSON.stringify(options)}, set by ${from.join(', then ')}`]),
    ...overrides.map(
      ({ paths, ...over }) => `  ${over.severity} ${JSON.stringify(over.options)} in ${paths.join(', ')}`,
    ),
  ];
  return said.length === 0 ? [] : [style.bold('Here'), ...said.map((line) => printable(line)), ''];
}
