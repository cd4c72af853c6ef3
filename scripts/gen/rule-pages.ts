import type { Rule, ShownRule } from '../../src/rule/define.js';
import { instanceName, sampleSetting } from '../../src/rule/sample.js';

/** `docs/rules/README.md`. */
export function rulesPage(rules: readonly Rule[]): string {
  return [
    '# Rules',
    '',
    'Written by `npm run gen` from `rules/`. `layer-policy explain <rule>` prints the same in a terminal.',
    '',
    '| rule | says | severity | stages |',
    '|---|---|---|---|',
    ...rules.map(
      ({ id, title, severity, stages }) => `| [${id}](${id}.md) | ${title} | ${severity} | ${stages.join(', ')} |`,
    ),
    '',
    `Kinds, which do nothing until a policy makes instances of them: ${rules
      .filter(({ kind }) => kind !== undefined)
      .map(({ id }) => `[${id}](${id}.md)`)
      .join(', ')}.`,
    '',
  ].join('\n');
}

/** `docs/rules/{id}.md`: reason, messages, options, examples, how to waive. */
export function rulePage(rule: ShownRule): string {
  const options = Object.entries(rule.options.schema as Record<string, { description?: string }>);
  return [
    `# ${rule.id}`,
    '',
    `${rule.title}.`,
    '',
    `**Why.** ${rule.why}`,
    '',
    ...(rule.kind === undefined
      ? []
      : ['**A kind.** It does nothing by itself: a policy makes instances of it, each under a name of its own.', '']),
    `Severity: \`${rule.severity}\`. Runs at: ${rule.stages.join(', ')}.`,
    '',
    '## What it says',
    '',
    ...Object.values(rule.messages).flatMap(({ message, hint, fixable }) => [
      `- ${code(message)}  `,
      `  → ${code(hint)}${fixable ? '  ' : ''}`,
      ...(fixable ? ['  `check --fix` mends what of this needs no judgement.'] : []),
    ]),
    '',
    '## Examples',
    '',
    ...rule.examples.flatMap(({ name, given, problems, options: set }) => [
      `${problems.length === 0 ? '✔' : '✖'} **${name}**${problems.length === 0 ? '' : `: ${problems.join(', ')}`}`,
      '',
      '```json',
      JSON.stringify(set ? { options: set, ...given } : given, null, 2),
      '```',
      '',
    ]),
    '## Options',
    '',
    ...(options.length === 0
      ? ['None.']
      : options.map(([name, { description, ...schema }]) => {
          const fallback = JSON.stringify((rule.options.defaults as Record<string, unknown>)[name]);
          return `- \`${name}\`: ${description} (${code(JSON.stringify(schema))}, default ${code(fallback)})`;
        })),
    '',
    '## Set, switch off, waive',
    '',
    '```json',
    JSON.stringify(
      {
        rules: sampleSetting(rule, rule.id, { severity: 'warning', options: rule.options.defaults }),
        waivers: [
          {
            rule: instanceName(rule, rule.id),
            file: 'path/or/glob/**',
            reason: 'why, and who agreed',
            until: '2026-12-31',
          },
        ],
      },
      null,
      2,
    ),
    '```',
    '',
    'A waiver that has run out is a finding of its own.',
    '',
  ].join('\n');
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}
