import { isDeepStrictEqual } from 'node:util';

/** Where two documents part, a line each; empty: nowhere. */
export function differenceOf(end: unknown, wanted: unknown, path = ''): string {
  if (typeof end !== 'object' || typeof wanted !== 'object' || end === null || wanted === null) {
    return isDeepStrictEqual(end, wanted) ? '' : `${path}: ${JSON.stringify(end)} and not ${JSON.stringify(wanted)}\n`;
  }
  const keys = new Set([...Object.keys(end), ...Object.keys(wanted)]);
  const at = (of: object, key: string) => (of as Record<string, unknown>)[key];
  return [...keys].map((key) => differenceOf(at(end, key), at(wanted, key), `${path}.${key}`)).join('');
}
