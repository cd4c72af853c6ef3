/**
 * Versions are MAJOR.MINOR.PATCH and nothing else. semver's own parser trims blanks, drops `v` and build metadata and
 * takes numbers beyond 2^53, so the strict pattern stands in front; with it, plain numbers compare exactly.
 */

export type Version = string;
export type Level = 'major' | 'minor' | 'patch';

/** No leading zeros, each number at most nine digits. */
export const versionPattern = /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/;

export function isVersion(text: string): text is Version {
  return versionPattern.test(text);
}

const countPattern = /^(0|[1-9]\d{0,8})(\.(0|[1-9]\d{0,8})){0,2}$/;

/** One to three numbers, as the value of a `versioned` key may be: `1.1`. Every version is one, too. */
export function isCount(text: string): boolean {
  return countPattern.test(text);
}

/** Negative, zero or positive, as `Array.sort` wants it. Both must be versions or counts; a missing number is zero. */
export function compareVersions(a: Version, b: Version): number {
  const left = numbers(a);
  const right = numbers(b);
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const levels: readonly Level[] = ['major', 'minor', 'patch'];

/** Raises one number and zeroes those behind it. What has fewer numbers keeps them: `1.1` becomes `1.2`, by patch `1.1.1`. */
export function raise(version: Version, level: Level): Version {
  const given = numbers(version);
  const raised = levels.indexOf(level);
  const length = Math.max(given.length, raised + 1);
  return Array.from({ length }, (_, i) => (i > raised ? 0 : (given[i] ?? 0) + Number(i === raised))).join('.');
}

export function isMajorRise(from: Version, to: Version): boolean {
  return compareVersions(to, raise(from, 'major')) >= 0;
}

function numbers(version: Version): number[] {
  return version.split('.').map(Number);
}
