/** A calendar month of UTC: `2026-01`. Months of this form sort as text. */
export type Month = string;

/** The month in a folder name; null for anything that is not `YYYY-MM`. */
export function parseMonth(name: string): Month | null {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(name) ? name : null;
}

/** The month of a moment in milliseconds, or of an ISO date. */
export function monthOf(moment: number | string): Month {
  return new Date(moment).toISOString().slice(0, 7);
}

/** The last day of a month, as milliseconds of its midnight UTC. */
export function lastDay(month: Month): number {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return Date.UTC(year, number, 0);
}

/** Whole days from the end of a month to a day (`YYYY-MM-DD`). Negative while the month lasts. */
export function daysSince(month: Month, today: string): number {
  return Math.floor((Date.parse(today) - lastDay(month)) / 86_400_000);
}
