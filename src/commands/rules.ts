import { rulesHere } from '../config/rules-here.js';
import { printable } from '../layer/printable.js';
import { isIdle } from '../policy/idle.js';
import { isOfPlugin } from '../policy/policy.js';
import { ruleHere, ruleIds } from '../policy/select.js';
import type { Style } from '../ports.js';
import { defineCommand } from './command.js';

export const rules = defineCommand({
  name: 'rules',
  summary: 'List the rules with the severity that holds here, who said so, and the stages they run at.',
  args: '',
  flags: {},
  examples: [['layer-policy rules', 'what this repository enforces']],
  async run(env, flags) {
    const here = await rulesHere(env, flags);
    const listed = ruleIds(here).flatMap((id) => {
      const found = ruleHere(here, id);
      if (found === null) return [];
      const { kind, setting } = found;
      const { stages, title } = kind.rule;
      const plugin = isOfPlugin(kind) ? kind.plugin : null;
      return [{ id, ...setting, stages, title, plugin, idle: isIdle(kind.rule, setting.options) }];
    });
    const width = Math.max(...listed.map(({ id }) => id.length));
    return {
      exit: 0,
      document: { schema: 1, ok: true, rules: listed, notices: here.notices },
      text: (style) =>
        [
          ...listed.flatMap((rule) => lines(rule, width, style)),
          '',
          ...here.notices.map((notice) => style.dim(`ℹ ${printable(notice)}`)),
          style.dim('layer-policy explain <rule>  for reason, options and examples'),
          '',
        ].join('\n'),
    };
  },
});

type Listed = NonNullable<ReturnType<typeof ruleHere>>['setting'] & {
  id: string;
  title: string;
  stages: readonly string[];
  plugin: string | null;
  idle: boolean;
};

function lines(rule: Listed, width: number, style: Style) {
  const { id, severity, title, stages, use, plugin, idle, from, overrides } = rule;
  const about = [
    stages.length === 5 ? 'all stages' : stages.join(', '),
    ...(idle ? [`does nothing by itself; make an instance: { "use": "${id}" }`] : []),
    ...(use === id ? [] : [`an instance of ${use}`]),
    ...(plugin === null ? [] : [`plugin ${plugin}`]),
    ...(from.length === 0 ? [] : [`set by ${from.join(', then ')}`]),
  ];
  return [
    `${style.bold(id.padEnd(width))}  ${coloured(idle ? 'kind' : severity, style)}  ${printable(title)} ${style.dim(`(${printable(about.join('; '))})`)}`,
    ...overrides.map(
      (override) =>
        `${' '.repeat(width)}  ${coloured(override.severity, style)}  ${style.dim(`in ${printable(override.paths.join(', '))}`)}`,
    ),
  ];
}

function coloured(severity: string, style: Style): string {
  const colour = severity === 'error' ? style.red : severity === 'warning' ? style.yellow : style.dim;
  return colour(severity.padEnd('warning'.length));
}
