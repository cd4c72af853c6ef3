import { matching, type PathText } from './paths.js';
import type { SortedPaths } from './sorted-paths.js';

/** Equal for two names that a system without case, or with a form of accents of its own, takes for one. */
export function fold(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/**
 * Whether two paths, or folders of theirs, may fold to one; false is certain. Of two that do, one has a capital letter or
 * is not ASCII: only such are folded and looked up. A name that is a file and a folder begins the path that comes next.
 */
export function mayCollide(
  paths: PathText & SortedPaths,
  begun: readonly number[],
  path: (at: number) => string,
  encode: (part: string) => string,
): boolean {
  const isFolder = (key: string) => {
    const [from, to] = paths.placesIn(key);
    return from < to;
  };
  if (begun.some((at) => isFolder(encode(path(at))))) return true;

  const seen = new Map<string, string>();
  for (const at of matching(paths, /[A-Z\x80-\xff][^\0]*/g)) {
    for (let rest = path(at); rest !== ''; rest = rest.slice(0, Math.max(0, rest.lastIndexOf('/')))) {
      const folded = fold(rest);
      const before = seen.get(folded);
      // Seen with its folders, or as its folders are.
      if (folded === rest || before === rest) break;
      const key = encode(folded);
      if (before !== undefined || paths.placeOf(key) !== -1 || isFolder(key)) return true;
      seen.set(folded, rest);
    }
  }
  return false;
}
