import type { Completable, CompletableFlag, Suggestion } from './completable.js';

/** `layer-policy completion fish | source` */
export function fishCompletion(commands: readonly Completable[]): string {
  const lines = commands.flatMap(({ name, summary, flags, args }) => [
    `complete -c layer-policy -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
    ...flags.map((flag) => `${on(name)} ${described(flag)}`),
    ...(args.from === 'nothing' ? [] : [`${on(name)} ${suggest(args)}`]),
  ]);
  return `# fish completion for layer-policy\ncomplete -c layer-policy -f\n${lines.join('\n')}\n`;
}

function on(command: string): string {
  return `complete -c layer-policy -n '__fish_seen_subcommand_from ${command}'`;
}

function described({ name, short, help, value }: CompletableFlag): string {
  const flag = `${short === null ? '' : `-s ${short} `}-l ${name} -d ${quoted(help)}`;
  return value === null ? flag : `${flag} -r ${suggest(value)}`;
}

function suggest(suggestion: Suggestion): string {
  if (suggestion.from === 'words') return `-a ${quoted(suggestion.words.join(' '))}`;
  if (suggestion.from === 'ask') return `-a '(layer-policy completion --list ${suggestion.list} 2>/dev/null)'`;
  if (suggestion.from === 'nothing') return '';
  return suggestion.from === 'files' ? '-F' : `-a '(__fish_complete_directories)'`;
}

/** Between single quotes fish knows two escapes. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
