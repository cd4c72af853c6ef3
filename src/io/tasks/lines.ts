import { marks, thereAlready } from '../../layer/marks.js';
import { printable } from '../../layer/printable.js';
import type { Style } from '../../ports.js';
import type { List } from './list.js';

/** A line for each task when it has ended: what a log keeps. */
export function lines(texts: readonly string[], write: (text: string) => void, style: Style): List {
  let ended = 0;
  let isRunning = false;
  const tell = (mark: string, note: string) => {
    write(`${mark} ${printable(texts[ended] ?? '', 1024)}${style.dim(note)}\n`);
    ended += 1;
    isRunning = false;
  };
  return {
    begin() {
      isRunning = true;
    },
    moved() {},
    end: (state) =>
      state === 'done' ? tell(style.green(marks.done), '') : tell(style.dim(marks.present), thereAlready),
    close() {
      if (isRunning) tell(style.red(marks.failed), '');
    },
    hide() {},
    show() {},
    again() {},
  };
}

export const silence: List = { begin() {}, moved() {}, end() {}, close() {}, hide() {}, show() {}, again() {} };
