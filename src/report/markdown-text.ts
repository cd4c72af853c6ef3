import { printable } from '../layer/printable.js';

/** Text from outside as a code span: no HTML, link, mention or emphasis is read in it. Empty for an empty text. */
export function code(text: string, limit?: number): string {
  const shown = printable(text, limit);
  if (shown === '') return '';
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  // One blank at either end is taken off again, so a text that has its own, or ends in a backtick, is given one more.
  const padded = /^[ `]|[ `]$/.test(shown) && /[^ ]/.test(shown) ? ` ${shown} ` : shown;
  return fence + padded + fence;
}

/** A sentence that may hold names: plain words stay, every other one becomes code. */
export function prose(text: string, limit?: number): string {
  return printable(text, limit)
    .split(/( +)/)
    .map((part) => (part === '' || part.startsWith(' ') ? part : word(part)))
    .join('');
}

/** Letters, or a number too short to be a commit: nothing that a platform makes a link or a mention of. */
const plain = /^(?!.*www$)(\p{L}[\p{L}\p{M}]*(['’-]\p{L}[\p{L}\p{M}]*)*|\d{1,6}|[–—-])$/iu;

function word(text: string): string {
  const [, before = '', core = '', after = ''] = /^(["'(]*)(.*?)(["').,;:!?]*)$/.exec(text) ?? [];
  if (core === '' || plain.test(core)) return text;
  // A bracket that closes what the name opens is part of the name.
  return before + (core.includes('(') ? code(core + after) : code(core) + after);
}

/** A row of a table. A pipe ends a cell even in code; escaped it does not, unless a backslash precedes it. */
export function row(...cells: string[]): string {
  return `| ${cells.map((cell) => cell.replace(/\\(?=\|)/g, '\\x5C').replaceAll('|', '\\|')).join(' | ')} |`;
}
