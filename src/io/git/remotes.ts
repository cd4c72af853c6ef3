import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { GitProcess } from './process.js';

/**
 * Names of the remotes in the repository's own config, read from the file, because a hook that asks git pays for a
 * process; null where the file is not to be found or names others, and git must be asked.
 */
export function remotesInConfig({ cwd, vars }: GitProcess): string[] | null {
  const folder = gitFolder(cwd, vars.GIT_DIR);
  const shared = vars.GIT_COMMON_DIR ?? read(resolve(folder, 'commondir'))?.trim() ?? '.';
  const config = read(resolve(vars.GIT_COMMON_DIR === undefined ? folder : cwd, shared, 'config'));
  if (config === null || /^\s*\[include|worktreeConfig/im.test(config)) return null;
  const sections = config.matchAll(/^\s*\[remote\s+"((?:[^"\\\n]|\\.)*)"\s*\]/gim);
  return [...new Set(Array.from(sections, ([, name = '']) => name.replace(/\\(.)/g, '$1')))];
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
