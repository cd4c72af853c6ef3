import { unseen } from './unseen.js';

const obeyed = new RegExp(`(?!\\n)${unseen.source}|(?<=##)\\[`, 'gu');

/**
 * JSON as it is, but what a terminal or the runner of a CI job would obey stands as an escape of JSON: the same text to
 * every program, and harmless to look at.
 */
export function harmlessJson(json: string): string {
  return json.replace(obeyed, (found) => found.split('').map(escaped).join(''));
}

/** A sixteen-bit unit as a backslash, a `u` and four digits. */
function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
