import { unseen } from './unseen.js';

/** Words of the commands we print. Names come from git, and the commands are meant to be copied as they are shown. */

/** A text as one word of a POSIX shell, on one line, in characters that no report has to escape. */
export function shellWord(text: string): string {
  if (/^(?!=)[\w@%+=:,./-]+$/.test(text)) return text;
  return isShown(text) ? `'${text.replaceAll("'", "'\\''")}'` : bytesWord(new TextEncoder().encode(text));
}

/**
 * A path as one argument of a git command that takes pathspecs: it means that path and no other, whatever is in its name
 * and from whatever folder the command is run. `pathBytes` is base64, for a path that is not UTF-8.
 */
export function pathspec(path: string, pathBytes?: string): string {
  if (pathBytes !== undefined) {
    const bytes = Uint8Array.from(atob(pathBytes), (character) => character.charCodeAt(0));
    return bytesWord(new Uint8Array([...new TextEncoder().encode(literal), ...bytes]));
  }
  // Behind the short form `:/` git takes most punctuation for more magic.
  return /^[A-Za-z0-9.][\w@%+=:,./-]*$/.test(path) ? `:/${path}` : shellWord(literal + path);
}

const literal = ':(top,literal)';

/** A command whose files are named from the root, made right from any folder. */
export function fromTop<const Command extends string>(command: Command) {
  return `(cd "$(git rev-parse --show-toplevel)" && ${command})` as const;
}

/** `$'…'` of bash, zsh, ksh and POSIX 2024: every byte that is no plain character stands as an octal number. */
function bytesWord(bytes: Uint8Array): string {
  const parts = Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    return /[\w@%+=:,./ ()-]/.test(character) ? character : `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `$'${parts.join('')}'`;
}

/** Reports escape what no reader sees, and break what GitHub's runner takes for a command. */
function isShown(text: string): boolean {
  return text.search(unseen) === -1 && !text.includes('##[');
}
