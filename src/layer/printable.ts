import { unseen } from './unseen.js';

/**
 * Text from git, files or zips, made harmless for a terminal and for the log of a CI job: control characters as `\xNN`,
 * what cannot be seen as `\u{…}`, what GitHub's runner takes for a command broken, at most 512 characters. The result is
 * always well-formed Unicode on one line.
 */
export function printable(text: string, limit = 512): string {
  // A command is `::` at the start of a line, blanks apart, or in the old form `##[` anywhere.
  const broken = escaped(text)
    .replaceAll('##[', '##\\x5B')
    .replace(/^(\s*):(?=:)/, '$1\\x3A');
  return cut(broken, limit);
}

/** As printable, but a command stays one: for texts that are escaped by the rules of their format afterwards. */
export function visible(text: string, limit = 512): string {
  return cut(escaped(text), limit);
}

function escaped(text: string): string {
  return text.replace(unseen, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x100 ? `\\x${code.toString(16).toUpperCase().padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

function cut(text: string, limit: number): string {
  // Between the two halves of a character it would leave one of them.
  return text.length > limit ? `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…` : text;
}
