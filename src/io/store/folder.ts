import { createHash } from 'node:crypto';
import { dirname, join, sep } from 'node:path';
import { failure } from '../../errors.js';
import type { Files, Store } from '../../ports.js';
import { validKey } from '../registry/names.js';

/** A folder outside the repository: what is kept there must not be what is about to be removed, not even by a link. */
export function folderStore(folder: string, files: Files, inside: readonly string[]): Store {
  const pathOf = (key: string) => join(folder, validKey(folder, key));

  async function refuseInside(path: string): Promise<void> {
    const real = `${await nearest(path)}${sep}`;
    for (const root of inside) {
      const there = (await files.real(root)) ?? root;
      if (real.startsWith(`${there}${sep}`)) throw failure('archive-inside', { folder: path, root: there });
    }
  }

  /** Where a path really lies, or would: its nearest folder that is there, links resolved. */
  async function nearest(path: string): Promise<string> {
    for (let at = path; ; at = dirname(at)) {
      const real = await files.real(at);
      if (real !== null || at === dirname(at)) return real ?? at;
    }
  }

  async function read(key: string): Promise<Uint8Array | null> {
    await refuseInside(pathOf(key));
    return files.read(pathOf(key));
  }

  return {
    place: folder,
    prove: () => refuseInside(folder),
    read,
    async create(key, bytes, sha256) {
      await refuseInside(pathOf(key));
      if (await files.create(pathOf(key), bytes)) return;
      const there = hash((await files.read(pathOf(key))) ?? new Uint8Array());
      if (there !== sha256)
        throw failure('archive-conflict', { place: pathOf(key), there: there.slice(0, 16), here: sha256.slice(0, 16) });
    },
  };
}

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
