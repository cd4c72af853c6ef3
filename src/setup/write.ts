import { failure } from '../errors.js';
import type { Env } from '../ports.js';
import type { Write } from './writes.js';

/** Fails where one of the paths, or a folder on the way to it, is a link: what is written there would land somewhere else. */
export async function refuseLinks({ files }: Pick<Env, 'files'>, root: string, paths: string[]): Promise<void> {
  for (const path of paths) {
    const parts = path.split('/');
    for (let length = 1; length <= parts.length; length++) {
      const way = parts.slice(0, length).join('/');
      if ((await files.look(`${root}/${way}`))?.kind === 'link') throw failure('setup-link', { path: way });
    }
  }
}

/** Creates, appends, and settles old records. A file that came into being since the plan was made is left alone. */
export async function applyWrites(
  { files, gitWriter }: Pick<Env, 'files' | 'gitWriter'>,
  root: string,
  writes: Write[],
): Promise<void> {
  for (const { path, action, text } of writes) {
    const bytes = new TextEncoder().encode(text);
    if (action === 'append') await files.append(`${root}/${path}`, bytes);
    else if (action === 'create') await files.create(`${root}/${path}`, bytes);
    else if (action === 'update') await files.write(`${root}/${path}`, bytes);
  }
  // As `git rm` does.
  const gone = writes.filter(({ action }) => action === 'remove').map(({ path }) => path);
  if (gone.length > 0) await gitWriter.amendIndex(gone.map((path) => ({ path, becomes: null })));
  for (const path of gone) await files.remove(`${root}/${path}`);
}
