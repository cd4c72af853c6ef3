import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Vars } from './process.js';

/** The bytes of the index; null where there is none. */
export function readIndex(cwd: string, vars: Vars): Buffer | null {
  const file = indexFile(cwd, vars);
  // A pipe would be waited for; more than a gigabyte is no index.
  return file !== null && isFile(file, 2 ** 30) ? readFileSync(file) : null;
}

function indexFile(cwd: string, { GIT_DIR, GIT_INDEX_FILE }: Vars): string | null {
  if (GIT_INDEX_FILE !== undefined) return resolve(cwd, GIT_INDEX_FILE);
  if (GIT_DIR !== undefined) return resolve(cwd, GIT_DIR, 'index');
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const git = join(folder, '.git');
    const there = statSync(git, { throwIfNoEntry: false });
    if (there?.isDirectory()) return join(git, 'index');
    // A linked worktree, or a submodule.
    if (there?.isFile()) return resolve(folder, readFileSync(git, 'utf8').replace(/^gitdir: |\n$/g, ''), 'index');
    if (folder === dirname(folder)) return null;
  }
}

function isFile(path: string, limit: number): boolean {
  const there = statSync(path, { throwIfNoEntry: false });
  return there?.isFile() === true && there.size <= limit;
}
