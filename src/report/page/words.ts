/** Numbers and dates as people read them; the page says them in one language, whatever the machine's. */
import { megabyte } from '../../layer/limits.js';

const day = 86_400_000;

/** `today`, `yesterday`, `3 days ago`, `5 weeks ago`, `7 months ago`; dates to come are said as dates. */
export function age(date: string, now: string): string {
  const days = Math.floor(Date.parse(now) / day) - Math.floor(Date.parse(date) / day);
  if (Number.isNaN(days) || days < 0) return date.slice(0, 10);
  if (days === 0) return 'today';
  if (days === 1) return 'yesterday';
  if (days < 14) return `${days} days ago`;
  if (days < 70) return `${Math.floor(days / 7)} weeks ago`;
  if (days < 730) return `${Math.floor(days / 30.44)} months ago`;
  return `${Math.floor(days / 365.25)} years ago`;
}

export function size(bytes: number): string {
  if (bytes >= megabyte) return `${(bytes / megabyte).toFixed(2)} MB`;
  return bytes >= 1024 ? `${(bytes / 1024).toFixed(1)} kB` : `${bytes} B`;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
