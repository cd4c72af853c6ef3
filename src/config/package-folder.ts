import { isAbsolute, join, relative, sep } from 'node:path';
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
  return isInside(modules, path) ? { path } : { problem: `which is a link out of node_modules, to ${path}` };
}

/** A file of such a package, links resolved; null where there is none. A link out of the package is not followed. */
export async function packageFile(
  { files }: Pick<Env, 'files'>,
  folder: string,
  name: string,
): Promise<{ path: string } | { problem: string } | null> {
  const path = await files.real(join(folder, name));
  if (path === null) return null;
  return isInside(folder, path) ? { path } : { problem: `whose ${name} leads out of the package, to ${path}` };
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way.split(sep)[0] !== '..' && !isAbsolute(way);
}
