import { megabyte } from '../../layer/limits.js';
import type { Moved } from '../../ports.js';

/** How far the task at work has come and how long it has taken, briefly where the terminal is narrow. */
export function far({ moved, seconds }: { moved: Moved | null; seconds: number }, width: number): string {
  const waited = seconds < 3 ? '' : `  ${Math.floor(seconds)} s`;
  if (moved === null) return waited;
  const percent = `${moved.of === 0 ? 100 : Math.floor((100 * moved.done) / moved.of)} %`;
  const arrow = { 'bytes in': '↓ ', 'bytes out': '↑ ' }[moved.unit as string] ?? '';
  return width < 60 ? `  ${arrow}${percent}` : `  ${arrow}${amount(moved)}  ${percent}${waited}`;
}

function amount({ done, of, unit }: Moved): string {
  if (!unit.startsWith('bytes')) return `${count(done)} / ${count(of)} ${unit}`;
  const [divisor, digits, name] = of < megabyte ? ([1024, 0, 'kB'] as const) : ([megabyte, 1, 'MB'] as const);
  return `${(done / divisor).toFixed(digits)} / ${(of / divisor).toFixed(digits)} ${name}`;
}

/** `10,000` */
export const count = (number: number) => String(number).replace(/\B(?=(\d{3})+$)/g, ',');
