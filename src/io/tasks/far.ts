import { megabyte } from '../../layer/limits.js';
import type { Moved } from '../../ports.js';

/** How far the task at work has come and how long it has taken, briefly where the terminal is narrow. */
export function far({ moved, seconds }: { moved: Moved | null; seconds: number }, width: number): string {
  const waited = seconds < 3 ? '' : `  ${Math.floor(seconds)} s`;
  if (moved === null) return waited;
  const share = moved.of === 0 ? 100 : Math.floor((100 * moved.done) / moved.of);
  const percent = `${String(share).padStart(2)} %`;
  const arrow = { 'bytes in': '↓ ', 'bytes out': '↑ ' }[moved.unit as string] ?? '';
  return width < 60 ? `  ${arrow}${percent}` : `  ${arrow}${amount(moved)}  ${percent}${waited}`;
}

function amount({ done, of, unit }: Moved): string {
  const [show, name] = shownIn(of, unit);
  // As wide at the start as at the end, so that nothing beside it moves.
  return `${show(done).padStart(show(of).length)} / ${show(of)} ${name}`;
}

function shownIn(of: number, unit: Moved['unit']): [show: (number: number) => string, name: string] {
  if (!unit.startsWith('bytes')) return [count, unit];
  if (of < megabyte) return [(bytes) => (bytes / 1024).toFixed(0), 'kB'];
  return [(bytes) => (bytes / megabyte).toFixed(1), 'MB'];
}

/** `10,000` */
export const count = (number: number) => String(number).replace(/\B(?=(\d{3})+$)/g, ',');
