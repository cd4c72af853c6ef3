import type { Fix, TextFlaw } from '../rule/fix.js';
import { linesToAppend } from '../setup/ignore-lines.js';

export type TextFix = Exclude<Fix, { kind: 'untrack' }>;

/** In the order in which they are mended: a newline that is added may need to lose its CR. */
const inOrder: readonly TextFlaw[] = ['bom', 'no-final-newline', 'carriage-return'];

/** A text with all fixes done; the very same bytes where there is nothing to do. In bytes, whatever their encoding is. */
export function edit(bytes: Uint8Array, fixes: readonly TextFix[]): Uint8Array {
  const flaws = fixes.flatMap((fix) => (fix.kind === 'normalize' ? [fix.flaw] : []));
  const lines = fixes.flatMap((fix) => (fix.kind === 'append' ? fix.lines : []));
  const normal = inOrder.filter((flaw) => flaws.includes(flaw)).reduce((text, flaw) => mended[flaw](text), bytes);
  return append(normal, [...new Set(lines)]);
}

const newline = 10;
const carriageReturn = 13;

const mended: Record<TextFlaw, (bytes: Uint8Array) => Uint8Array> = {
  bom: (bytes) => {
    let at = 0;
    while (bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf) at += 3;
    return at === 0 ? bytes : bytes.subarray(at);
  },
  'carriage-return': (bytes) => {
    let isAtEnd = false;
    const kept = bytes.toReversed().filter((byte) => {
      isAtEnd = byte === newline || (isAtEnd && byte === carriageReturn);
      return byte !== carriageReturn || !isAtEnd;
    });
    return kept.length === bytes.length ? bytes : kept.reverse();
  },
  'no-final-newline': (bytes) =>
    bytes.length === 0 || bytes.at(-1) === newline
      ? bytes
      : joined(bytes, shown(bytes).includes('\r\n') ? '\r\n' : '\n'),
};

/** Nothing where they are the last word already: saying it again would change as little. */
function append(bytes: Uint8Array, lines: string[]): Uint8Array {
  const last = shown(bytes)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .slice(-lines.length);
  const isThere = lines.every((line, i) => last[i] === line);
  return isThere ? bytes : joined(bytes, linesToAppend(shown(bytes), lines));
}

/** One character a byte. */
function shown(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}

function joined(bytes: Uint8Array, text: string): Uint8Array {
  return new Uint8Array([...bytes, ...new TextEncoder().encode(text)]);
}
