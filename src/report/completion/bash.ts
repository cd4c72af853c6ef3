import { type Completable, quoted, type Suggestion } from './completable.js';

/** `source <(layer-policy completion bash)` */
export function bashCompletion(commands: readonly Completable[]): string {
  const valued = commands.flatMap(({ name, flags }) =>
    flags.flatMap(({ name: flag, short, value }) => {
      if (value === null) return [];
      const written = [`--${flag}`, ...(short === null ? [] : [`-${short}`])];
      return [`    ${written.map((one) => `${name}:${one}`).join('|')}) ${reply(value)}; return ;;`];
    }),
  );
  const flags = commands.map(
    ({ name, flags }) => `      ${name}) ${reply({ from: 'words', words: flags.map(({ name }) => `--${name}`) })} ;;`,
  );
  const args = commands.map(({ name, args }) => `    ${name}) ${reply(args)} ;;`);
  return `# bash completion for layer-policy
_layer_policy() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]}
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    ${reply({ from: 'words', words: commands.map(({ name }) => name) })}
    return
  fi
  case $command:$previous in
${valued.join('\n')}
  esac
  if [[ $current == -* ]]; then
    case $command in
${flags.join('\n')}
    esac
    return
  fi
  case $command in
${args.join('\n')}
  esac
}
complete -F _layer_policy layer-policy
`;
}

function reply(suggestion: Suggestion): string {
  if (suggestion.from === 'words')
    return `COMPREPLY=($(compgen -W ${quoted(suggestion.words.join(' '))} -- "$current"))`;
  if (suggestion.from === 'ask') {
    return `COMPREPLY=($(compgen -W "$(layer-policy completion --list ${suggestion.list} 2>/dev/null)" -- "$current"))`;
  }
  if (suggestion.from === 'nothing') return ':';
  // compopt: names with blanks are quoted, folders end in a slash.
  return `compopt -o filenames; mapfile -t COMPREPLY < <(compgen -${suggestion.from === 'files' ? 'f' : 'd'} -- "$current")`;
}
