import { type Completable, quoted, type Suggestion } from './completable.js';

/** `source <(layer-policy completion zsh)`, or a file `_layer-policy` in a folder of `$fpath`. */
export function zshCompletion(commands: readonly Completable[]): string {
  const valued = commands.flatMap(({ name, flags }) =>
    flags.flatMap(({ name: flag, short, value }) => {
      if (value === null) return [];
      const written = [`--${flag}`, ...(short === null ? [] : [`-${short}`])];
      return [`    ${written.map((one) => `${name}:${one}`).join('|')}) ${suggest(value)}; return ;;`];
    }),
  );
  const flags = commands.map(
    ({ name, flags }) =>
      `      ${name}) list=(${flags.map(({ name, help }) => described(`--${name}`, help)).join(' ')}) ;;`,
  );
  const args = commands.map(({ name, args }) => `    ${name}) ${suggest(args)} ;;`);
  return `#compdef layer-policy
_layer-policy() {
  local -a list
  if (( CURRENT == 2 )); then
    list=(${commands.map(({ name, summary }) => described(name, summary)).join(' ')})
    _describe command list
    return
  fi
  case $words[2]:$words[CURRENT-1] in
${valued.join('\n')}
  esac
  if [[ $words[CURRENT] == -* ]]; then
    case $words[2] in
${flags.join('\n')}
    esac
    _describe -o option list
    return
  fi
  case $words[2] in
${args.join('\n')}
  esac
}
# Sourced, it names itself; found in $fpath, it is the function.
if [[ $funcstack[1] == _layer-policy ]]; then _layer-policy "$@"; else compdef _layer-policy layer-policy; fi
`;
}

function suggest(suggestion: Suggestion): string {
  if (suggestion.from === 'words') return `compadd -- ${suggestion.words.join(' ')}`;
  if (suggestion.from === 'ask')
    return `compadd -- \${(f)"$(layer-policy completion --list ${suggestion.list} 2>/dev/null)"}`;
  if (suggestion.from === 'nothing') return ':';
  return suggestion.from === 'files' ? '_files' : '_files -/';
}

/** _describe takes `word:what it is`; a colon of the word's own is escaped. */
function described(word: string, help: string): string {
  return quoted(`${word.replaceAll(':', '\\:')}:${help}`);
}
