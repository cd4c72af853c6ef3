import { matchesGitGlob } from './glob.js';

export interface IgnoreFile {
  /** The folder the file lies in, `''` for the root. Outer files come first. */
  folder: string;
  text: string;
}

interface Pattern {
  negated: boolean;
  foldersOnly: boolean;
  glob: string;
  folder: string;
}

/**
 * Whether git would ignore a path by these files alone. `git check-ignore` reads the work tree and the clone's private
 * settings, so it cannot say this of a commit.
 */
export function isIgnored(path: string, files: readonly IgnoreFile[]): boolean {
  const patterns = files.flatMap(({ folder, text }) => text.split('\n').flatMap((line) => parseLine(line, folder)));
  const parts = path.split('/');
  // A folder that is ignored closes over all in it: git does not look inside for exceptions.
  return parts.some((_, i) => {
    const beginning = parts.slice(0, i + 1).join('/');
    const isFolder = i < parts.length - 1;
    const last = patterns.findLast((pattern) => matches(pattern, beginning, isFolder));
    return last !== undefined && !last.negated;
  });
}

function matches({ folder, foldersOnly, glob }: Pattern, path: string, isFolder: boolean): boolean {
  if (foldersOnly && !isFolder) return false;
  if (folder !== '' && !path.startsWith(`${folder}/`)) return false;
  return matchesGitGlob(glob, folder === '' ? path : path.slice(folder.length + 1));
}

function parseLine(raw: string, folder: string): Pattern[] {
  // Blanks at the end do not count unless the last is escaped.
  let line = raw.replace(/\r$/, '').replace(/(?<!\\) +$/, '');
  if (line === '' || line.startsWith('#')) return [];
  const negated = line.startsWith('!');
  if (negated) line = line.slice(1);
  const foldersOnly = line.endsWith('/');
  if (foldersOnly) line = line.slice(0, -1);
  if (line === '') return [];
  const anchored = line.includes('/');
  return [{ negated, foldersOnly, folder, glob: anchored ? line.replace(/^\//, '') : `**/${line}` }];
}
