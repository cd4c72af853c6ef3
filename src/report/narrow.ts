import { failure, isFailure } from '../errors.js';
import type { Env } from '../ports.js';
import { stages } from '../rule/define.js';

/** Paths as they are given (absolute, or relative to where we were started), relative to the root. */
export async function pathsFromRoot(env: Env, args: string[]): Promise<string[]> {
  if (args.length === 0) return [];
  const stage = args.find((arg) => (stages as readonly string[]).includes(arg));
  if (stage !== undefined) {
    throw failure('usage', { problem: `'${stage}' is a stage: check --stage ${stage}.`, command: 'check' });
  }
  const root = await topFolder(env);
  return Promise.all(
    args.map(async (arg) => {
      const parts: string[] = [];
      const full = (arg.startsWith('/') || /^[A-Za-z]:/.test(arg) ? arg : `${env.cwd}/${arg}`).replaceAll('\\', '/');
      for (const part of full.split('/')) {
        if (part === '..') parts.pop();
        else if (part !== '.' && part !== '') parts.push(part);
      }
      const written = `/${parts.join('/')}`;
      const path = inside(root, written) ? written : await withoutLinks(env, root, written);
      if (!inside(root, path)) {
        throw failure('usage', { problem: `'${arg}' is outside the repository at ${root}.`, command: 'check' });
      }
      return path.slice(root.length + 1);
    }),
  );
}

/** Paths in a bare repository are those of its trees. */
async function topFolder(env: Env): Promise<string> {
  return env.git.root().catch((error) => {
    if (isFailure(error) && error.code === 'no-work-tree') return env.cwd;
    throw error;
  });
}

function inside(root: string, path: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}

/** Links on the way resolved as far as there is something; the last part is a name, whatever it is. */
async function withoutLinks(env: Env, root: string, path: string): Promise<string> {
  const slash = path.lastIndexOf('/');
  if ((await env.files.real(path)) === root) return root;
  const folder = path.slice(0, slash);
  const real = (await env.files.real(folder)) ?? (folder === '' ? '' : await withoutLinks(env, root, folder));
  return real + path.slice(slash);
}
