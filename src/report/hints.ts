import type { Finding } from '../policy/finding.js';

/**
 * What to do about all of these, each command once. Hints that differ in their pathspec alone (`data.spec`) are one
 * command for all of them, as every command is that takes a pathspec.
 */
export function hintsOf(findings: readonly Finding[]): string[] {
  const specs = new Map<string, Set<string>>();
  for (const { hint, data } of findings) {
    if (hint === '') continue;
    const spec = typeof data.spec === 'string' && hint.split(data.spec).length === 2 ? data.spec : '';
    const same = spec === '' ? hint : hint.replace(spec, () => place);
    specs.set(same, (specs.get(same) ?? new Set()).add(spec));
  }
  return [...specs].map(([hint, names]) => hint.replace(place, () => [...names].join(' ')));
}

/** No hint holds it. */
const place = '\0';
