import { isAbsolute, relative } from 'node:path';
import type { Env } from '../ports.js';

/**
 * Where an installed package lies, links resolved; or why it is not taken. A package that is a link to somewhere else is
 * no installed one: what stands there is whatever the work tree holds just now.
 */
export async function packageFolder(
  { git, files }: Pick<Env, 'git' | 'files'>,
  name: string,
): Promise<{ path: string } | { problem: string }> {
  const root = await git.root();
  const modules = await files.real(`${root}/node_modules`);
  const path = modules && (await files.real(`${root}/node_modules/${name}`));
  if (!modules || !path) {
    return { problem: `which is not installed in node_modules (npm install --save-dev ${name})` };
  }
  const inside = relative(modules, path);
  if (inside.startsWith('..') || isAbsolute(inside)) {
    return { problem: `which is a link out of node_modules, to ${path}` };
  }
  return { path };
}
