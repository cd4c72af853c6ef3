import { marks, thereAlready } from '../../layer/marks.js';
import { printable } from '../../layer/printable.js';
import type { Moved, Style } from '../../ports.js';
import { count, far } from './far.js';

/** Where a list of tasks stands. All before `ended.length` have ended, at most the one there has begun. */
export interface Standing {
  texts: readonly string[];
  ended: readonly ('done' | 'present')[];
  current: { state: 'running' | 'failed'; moved: Moved | null; seconds: number } | null;
  /** Counts the turns of the spinner. */
  turn: number;
}

export interface Size {
  columns: number;
  rows: number;
}

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** The list as lines of a terminal: never wider, and with room for the cursor below never higher. */
export function frame(standing: Standing, { columns, rows }: Size, style: Style): string[] {
  const { texts, ended } = standing;
  const [from, to] = windowOf(texts.length, ended.length, rows - 1);
  const lines = texts.slice(from, to).map((_, i) => line(standing, from + i, columns - 1, style));
  // Where there is no room for more, the one at work is all there is to see.
  if (to - from === 1) return lines;
  const before = from === 0 ? [] : [summary(ended.slice(0, from), columns - 1, style)];
  const left = texts.length - to;
  const after = left === 0 ? [] : [style.dim(`  ${marks.waiting} ${cut(`${count(left)} more`, columns - 5)}`)];
  return [...before, ...lines, ...after];
}

/** What of the list is shown: all of it, or what is around the one at work, with a line for each side that is not. */
function windowOf(length: number, at: number, room: number): [from: number, to: number] {
  if (length <= room) return [0, length];
  const inside = Math.max(1, room - 2);
  const last = length - inside;
  const from = Math.min(last, Math.max(0, at - Math.floor(inside / 3)));
  return [from, from + inside];
}

function line({ texts, ended, current, turn }: Standing, at: number, width: number, style: Style): string {
  const text = printable(texts[at] ?? '', 1024);
  const state = ended[at];
  if (state === 'done') return `  ${style.green(marks.done)} ${cut(text, width - 4)}`;
  if (state === 'present') return style.dim(`  ${marks.present} ${cut(`${text}${thereAlready}`, width - 4)}`);
  if (at > ended.length || current === null) return style.dim(`  ${marks.waiting} ${cut(text, width - 4)}`);
  if (current.state === 'failed') return `  ${style.red(marks.failed)} ${cut(text, width - 4)}`;
  const how = far(current, width - 4);
  const mark = style.cyan(spinner[turn % spinner.length] ?? '');
  return `  ${mark} ${cut(text, width - 4 - how.length)}${style.cyan(how)}`;
}

function summary(ended: Standing['ended'], width: number, style: Style): string {
  const present = ended.filter((state) => state === 'present').length;
  const done = ended.length - present;
  const told = [
    ...(done === 0 ? [] : [`${count(done)} done`]),
    ...(present === 0 ? [] : [`${count(present)} there already`]),
  ];
  const mark = done === 0 ? style.dim(marks.present) : style.green(marks.done);
  return `  ${mark} ${cut(told.join(', '), width - 4)}`;
}

function cut(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}
