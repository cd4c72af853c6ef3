/** What a terminal of this size shows after these bytes: enough of one for what this program draws, and it throws at the rest. */
export interface Screen {
  /** Everything that can be scrolled to, without blank lines at the end. */
  lines: string[];
  /** The row of the cursor among them. */
  row: number;
  isCursorShown: boolean;
  /** Whether a long line goes on in the next row. */
  wraps: boolean;
}

export function screenOf(written: string, { columns, rows }: { columns: number; rows: number }): Screen {
  const lines: string[][] = [[]];
  let [row, column, isCursorShown, wraps] = [0, 0, true, true];
  const down = () => {
    row += 1;
    lines[row] ??= [];
  };
  const acts: Record<string, (count: number) => void> = {
    // Never above what is in sight: what has scrolled away cannot be drawn over.
    A: (count) => (row = Math.max(row - count, lines.length - rows, 0)),
    G: (count) => (column = count - 1),
    J: () => {
      lines.splice(row + 1);
      lines[row]?.splice(column);
    },
    K: (how) => void lines[row]?.splice(how === 2 ? 0 : column),
    m: () => {},
  };
  for (const [part, , code, letter] of written.matchAll(/\x1b\[(\??)(\d*)([A-Za-z])|[^\x1b]|\x1b/gu)) {
    if (letter !== undefined) {
      if (part === '\x1b[?25l' || part === '\x1b[?25h') isCursorShown = letter === 'h';
      else if (part === '\x1b[?7l' || part === '\x1b[?7h') wraps = letter === 'h';
      else if (acts[letter] !== undefined) acts[letter](code === '' ? 1 : Number(code));
      else throw new Error(`a screen does not know ${JSON.stringify(part)}`);
    } else if (part === '\x1b') throw new Error('an escape that is none');
    else if (part === '\r') column = 0;
    else if (part === '\n') {
      column = 0;
      down();
    } else {
      if (column === columns && wraps) {
        column = 0;
        down();
      }
      const at = Math.min(column, columns - 1);
      const line = lines[row] ?? [];
      while (line.length < at) line.push(' ');
      line[at] = part;
      column = at + 1;
    }
  }
  const shown = lines.map((line) => line.join('').trimEnd());
  while (shown.at(-1) === '') shown.pop();
  return { lines: shown, row, isCursorShown, wraps };
}
