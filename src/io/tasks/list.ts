import type { Style, Tasks } from '../../ports.js';
import { frame, type Size, type Standing } from './frame.js';

/** A list that can make way for what is said meanwhile. */
export interface List extends Tasks {
  hide(): void;
  show(): void;
  /** Draws all of it below whatever is there by now: others wrote to the terminal, and where its cursor is nobody knows. */
  again(): void;
}

export interface Screen {
  write(text: string): void;
  style: Style;
  /** Asked at every look: people change it. */
  size(): Partial<Size>;
}

/** Milliseconds between two looks at a spinner. */
const turn = 80;

/**
 * Draws the list below whatever is said. Each drawing is one write and leaves the terminal as it was, the cursor shown
 * and below the list, so that there is nothing to restore however the run ends.
 */
export function liveList(texts: readonly string[], { write, style, size }: Screen): List {
  const ended: ('done' | 'present')[] = [];
  let current: Standing['current'] = null;
  let drawn: string[] = [];
  let width = 0;
  let begun = 0;
  let lastDrawn = 0;
  let isClosed = false;
  let isAsking = false;
  const timer = setInterval(() => isAsking || draw(), turn);
  timer.unref();

  function room(): Size {
    const { columns, rows } = size();
    return { columns: columns || 80, rows: rows || 24 };
  }

  /** To the first line of what is drawn: a terminal that became narrower has broken lines in two. */
  function up(): string {
    const { columns } = room();
    const rows = drawn.map((one) => Math.max(1, Math.ceil(lengthOf(one) / columns)));
    const sum = rows.reduce((all, each) => all + each, 0);
    return sum === 0 ? '\r' : `\r\x1b[${sum}A`;
  }

  function draw() {
    if (isClosed) return;
    lastDrawn = performance.now();
    if (current !== null) current = { ...current, seconds: (lastDrawn - begun) / 1000 };
    const { columns, rows } = room();
    const lines = frame({ texts, ended, current, turn: Math.floor(lastDrawn / turn) }, { columns, rows }, style);
    const isSame = (one: string, i: number) => columns === width && one === drawn[i];
    const text = lines.map((one, i) => (isSame(one, i) ? '\n' : `${one}\x1b[K\n`)).join('');
    write(`\x1b[?25l\x1b[?7l${up()}${text}\x1b[J\x1b[?7h\x1b[?25h`);
    [drawn, width] = [lines, columns];
  }

  function hide() {
    if (drawn.length > 0) write(`${up()}\x1b[J`);
    drawn = [];
  }

  /** What is soon drawn again need not be drawn now. */
  const soon = () => performance.now() - lastDrawn >= turn && draw();

  draw();
  return {
    begin({ mayAsk }) {
      current = { state: 'running', moved: null, seconds: 0 };
      begun = performance.now();
      isAsking = mayAsk;
      if (mayAsk) draw();
      else soon();
    },
    moved(moved) {
      if (current !== null) current = { ...current, moved };
    },
    end(state) {
      ended.push(state);
      current = null;
      isAsking = false;
      soon();
    },
    close() {
      if (isClosed) return;
      clearInterval(timer);
      if (current === null) {
        hide();
      } else {
        current = { ...current, state: 'failed' };
        draw();
        drawn = [];
      }
      isClosed = true;
    },
    hide,
    show: draw,
    again() {
      drawn = [];
      draw();
    },
  };
}

const lengthOf = (painted: string) => [...painted.replace(/\x1b\[\d+m/g, '')].length;
