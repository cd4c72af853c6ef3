import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { liveList } from '../../../src/io/tasks/list.js';
import { screenOf } from '../../kit/screen.js';

const same = (text: string) => text;
const style = {
  bold: same,
  dim: same,
  red: same,
  yellow: same,
  green: same,
  cyan: (text: string) => `\x1b[36m${text}\x1b[39m`,
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A list on a screen, below what was there. */
function shown(texts: string[], size = { columns: 60, rows: 10 }) {
  let written = 'before\n';
  const write = (text: string) => {
    written += text;
  };
  const list = liveList(texts, { write, style, size: () => size });
  return { list, write, size, screen: () => screenOf(written, size), written: () => written };
}
const letters = ['a', 'b', 'c'];
const begin = { mayAsk: false };

it('stands below what is said, and makes way for it', () => {
  const { list, write, screen } = shown(letters);
  list.begin(begin);
  vi.advanceTimersByTime(100);
  list.hide();
  write('PutObject 200\n');
  list.show();
  expect(screen().lines).toEqual(['before', 'PutObject 200', expect.stringMatching(/^ {2}. a$/), '  ○ b', '  ○ c']);
  expect(screen().row).toBe(5);
});

it('is gone when all went well', () => {
  const { list, screen } = shown(letters);
  for (const state of ['done', 'present', 'done'] as const) {
    list.begin(begin);
    vi.advanceTimersByTime(100);
    list.end(state);
  }
  list.close();
  vi.advanceTimersByTime(1000);
  expect(screen()).toEqual({ lines: ['before'], row: 1, isCursorShown: true, wraps: true });
});

it('stays as it stood when one failed', () => {
  const { list, screen } = shown(letters);
  list.begin(begin);
  list.end('done');
  list.begin(begin);
  list.close();
  vi.advanceTimersByTime(1000);
  expect(screen()).toEqual({
    lines: ['before', '  ✔ a', '  ✖ b', '  ○ c'],
    ...{ row: 4, isCursorShown: true, wraps: true },
  });
});

it('writes a line anew only where it changed', () => {
  const { list, written } = shown(letters);
  list.begin(begin);
  vi.advanceTimersByTime(100);
  const before = written().length;
  vi.advanceTimersByTime(80);
  expect(written().slice(before)).toMatch(/ a/);
  expect(written().slice(before)).not.toMatch(/[bc]\x1b/);
});

it('follows a terminal that becomes narrower, whose lines were broken in two', () => {
  const { list, size, written } = shown(['x'.repeat(50), 'b']);
  list.begin(begin);
  vi.advanceTimersByTime(100);
  size.columns = 30;
  const at = written().length;
  vi.advanceTimersByTime(80);
  expect(written().slice(at)).toContain('\x1b[3A');
});

it('is drawn whole below what a shell wrote while it was stopped', () => {
  const { list, write, screen } = shown(letters);
  list.begin(begin);
  vi.advanceTimersByTime(100);
  write('$ fg\n');
  list.again();
  expect(screen().lines.slice(-4)).toEqual(['$ fg', expect.stringMatching(/^ {2}. a$/), '  ○ b', '  ○ c']);
});

it('draws over no question', () => {
  const { list, written } = shown(letters);
  list.begin({ mayAsk: true });
  const before = written();
  expect(before).toMatch(/. a/);
  vi.advanceTimersByTime(10_000);
  expect(written()).toBe(before);
  list.end('done');
  list.begin(begin);
  vi.advanceTimersByTime(100);
  expect(written()).not.toBe(before);
});

it('leaves the terminal as it was after each single write, for whoever kills it', () => {
  const size = { columns: 60, rows: 10 };
  const writes: string[] = [];
  const list = liveList(letters, { write: (text) => void writes.push(text), style, size: () => size });
  list.begin(begin);
  vi.advanceTimersByTime(300);
  expect(writes.length).toBeGreaterThan(3);
  for (let count = 1; count <= writes.length; count++) {
    const { isCursorShown, wraps, row } = screenOf(writes.slice(0, count).join(''), size);
    expect([isCursorShown, wraps, row]).toEqual([true, true, 3]);
  }
  list.close();
});
