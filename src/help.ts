import { type Command, type FlagSpec, grouped, type Listed } from './commands/command.js';
import { globalFlags } from './commands/global-flags.js';
import type { Style } from './ports.js';

type Named = Pick<Listed, 'group' | 'summary'>;

export function programHelp(commands: Record<string, Named>, version: string, style: Style): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const line = ([name, { summary }]: [string, Named]) => `  ${style.cyan(name.padEnd(width))}  ${summary}`;
  return [
    `${style.bold('layer-policy')} ${version}  Git hooks, policy and releases for AWS Lambda layers`,
    '',
    `${style.bold('Usage')}  layer-policy <command> [options]`,
    ...grouped(commands).flatMap(([group, members]) => section(group, members.map(line), style)),
    '',
    `layer-policy <command> --help   ${style.dim('options and examples of a command')}`,
    '',
  ].join('\n');
}

export function commandHelp(command: Command, style: Style): string {
  const usage = ['layer-policy', command.name, command.args, '[options]'].filter((part) => part !== '').join(' ');
  return [
    `${style.bold(usage)}`,
    `  ${command.summary}`,
    ...section('Options', flagLines(command.flags, style), style),
    ...section('Everywhere', flagLines(globalFlags, style), style),
    ...section(
      'Examples',
      command.examples.flatMap(([line, does]) => [`  ${style.cyan(line)}`, `      ${does}`]),
      style,
    ),
    '',
  ].join('\n');
}

function section(title: string, lines: string[], style: Style): string[] {
  return lines.length === 0 ? [] : ['', style.bold(title), ...lines];
}

function flagLines(flags: Record<string, FlagSpec>, style: Style): string[] {
  const named = Object.entries(flags).map(([name, spec]) => {
    const value = spec.type === 'boolean' ? '' : ` ${spec.value ?? spec.values?.join('|') ?? 'TEXT'}`;
    return { left: `${spec.short ? `-${spec.short}, ` : ''}--${name}${value}`, help: spec.help };
  });
  const width = Math.min(38, Math.max(0, ...named.map(({ left }) => left.length)));
  return named.map(({ left, help }) => `  ${style.cyan(left.padEnd(width))}  ${help}`);
}
