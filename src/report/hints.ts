import type { Finding } from '../policy/finding.js';

/** Names in a command line of ours, at most. */
const mostNames = 12;

export interface Hint {
  text: string;
  /** How many names had no room in it. */
  left: number;
}

/**
 * What to do about all of these, each command once. Hints that differ in their pathspec alone (`data.spec`) are one
 * command for all of them, as every command is that takes a pathspec.
 */
export function hintsOf(findings: readonly Finding[]): Hint[] {
  const specs = new Map<string, Set<string>>();
  for (const { hint, data } of findings) {
    if (hint === '') continue;
    const spec = typeof data.spec === 'string' && hint.split(data.spec).length === 2 ? data.spec : '';
    const same = spec === '' ? hint : hint.replace(spec, () => place);
    specs.set(same, (specs.get(same) ?? new Set()).add(spec));
  }
  return [...specs].map(([hint, names]) => {
    const shown = [...names].slice(0, mostNames);
    return { text: hint.replace(place, () => shown.join(' ')), left: names.size - shown.length };
  });
}

/** No hint holds it. */
const place = '\0';
