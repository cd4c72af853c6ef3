import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { GitProcess } from './process.js';

/**
 * Names of the remotes in the repository's own config, read from the file, because a hook that asks git pays for a
 * process; null where the file is not to be found or names others, and git must be asked.
 */
export function remotesInConfig(git: GitProcess): string[] | null {
  const config = read(resolve(sharedFolder(git), 'config'));
  if (config === null || /^\s*\[include|worktreeConfig/im.test(config)) return null;
  const sections = config.matchAll(/^\s*\[remote\s+"((?:[^"\\\n]|\\.)*)"\s*\]/gim);
  return [...new Set(Array.from(sections, ([, name = '']) => name.replace(/\\(.)/g, '$1')))];
}

/** Whether a ref of this repository stands for another one; null where refs do not lie in files, and git must be asked. */
export function isSymbolicInFiles(git: GitProcess, ref: string): boolean | null {
  const folder = sharedFolder(git);
  const config = read(resolve(folder, 'config'));
  if (config === null || /refstorage/i.test(config)) return null;
  // Packed refs are never symbolic.
  return read(resolve(folder, ref))?.startsWith('ref:') ?? false;
}

/** git's folder that all worktrees share. */
function sharedFolder({ cwd, vars }: GitProcess): string {
  const folder = gitFolder(cwd, vars.GIT_DIR);
  const shared = vars.GIT_COMMON_DIR ?? read(resolve(folder, 'commondir'))?.trim() ?? '.';
  return resolve(vars.GIT_COMMON_DIR === undefined ? folder : cwd, shared);
}

function gitFolder(cwd: string, given: string | undefined): string {
  if (given !== undefined) return resolve(cwd, given);
  // In a linked worktree and in a submodule a file stands in its place.
  const link = /^gitdir: (.*)/.exec(read(resolve(cwd, '.git')) ?? '')?.[1];
  return resolve(cwd, link ?? '.git');
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
