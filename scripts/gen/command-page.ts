import { type Command, type FlagSpec, grouped } from '../../src/commands/command.js';
import { globalFlags } from '../../src/commands/global-flags.js';
import { commands } from '../../src/commands/index.js';

/** `docs/commands.md`. */
export async function commandsPage(): Promise<string> {
  const all: Command[] = [];
  for (const { load } of Object.values(commands)) all.push(await load());
  return [
    '# Commands',
    '',
    'Written by `npm run gen` from `src/commands/`. `layer-policy <command> --help` prints the same in a terminal.',
    '',
    ...grouped(commands).flatMap(([group, members]) => [
      `| ${group.toLowerCase()} | |`,
      '|---|---|',
      ...members.map(([name, { summary }]) => `| [${name}](#${name}) | ${cell(summary)} |`),
      '',
    ]),
    ...all.flatMap(section),
    '## Everywhere',
    '',
    ...flagTable(globalFlags),
    '',
  ].join('\n');
}

function section({ name, args, summary, flags, examples }: Command): string[] {
  const usage = ['layer-policy', name, args, '[options]'].filter((part) => part !== '').join(' ');
  return [
    `## ${name}`,
    '',
    `${summary}${/[.!?]$/.test(summary) ? '' : '.'}`,
    '',
    '```text',
    usage,
    '```',
    '',
    ...(Object.keys(flags).length === 0 ? [] : [...flagTable(flags), '']),
    '```sh',
    ...examples.flatMap(([line, does]) => [`# ${does}`, line]),
    '```',
    '',
  ];
}

function flagTable(flags: Record<string, FlagSpec>): string[] {
  return [
    '| option | |',
    '|---|---|',
    ...Object.entries(flags).map(([name, { type, value, values, short, help, multiple }]) => {
      const taken = type === 'boolean' ? '' : ` ${value ?? values?.join('\\|') ?? 'TEXT'}`;
      return `| \`${short ? `-${short}, ` : ''}--${name}${taken}\`${multiple ? ' …' : ''} | ${cell(help)} |`;
    }),
  ];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
