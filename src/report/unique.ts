import type { Finding } from '../policy/finding.js';

/**
 * A name for each finding that no other one has: its fingerprint, and `:2`, `:3`… where it stands again (one file, one
 * kind of violation, several lines). Platforms take two of one name for one and show the first.
 */
export function uniqueNames(findings: readonly Finding[]): string[] {
  const seen = new Map<string, number>();
  return findings.map(({ fingerprint }) => {
    const times = (seen.get(fingerprint) ?? 0) + 1;
    seen.set(fingerprint, times);
    return times === 1 ? fingerprint : `${fingerprint}:${times}`;
  });
}
