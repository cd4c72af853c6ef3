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

/** Negative, zero or positive, as `Array.sort` wants it. Both must be versions. */
export function compareVersions(a: Version, b: Version): number {
  const left = numbers(a);
  const right = numbers(b);
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function raise(version: Version, level: Level): Version {
  const [major = 0, minor = 0, patch = 0] = numbers(version);
  if (level === 'major') return `${major + 1}.0.0`;
  if (level === 'minor') return `${major}.${minor + 1}.0`;
  return `${major}.${minor}.${patch + 1}`;
}

function numbers(version: Version): number[] {
  return version.split('.').map(Number);
}
