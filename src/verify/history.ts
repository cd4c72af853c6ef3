import { baseName, managementFolder } from '../layer/names.js';
import type { Env, Oid } from '../ports.js';

const folder = `${managementFolder}/archive`;

/** A zip as an earlier commit had it in the archive. */
export interface Archived {
  commit: Oid;
  path: string;
  oid: Oid;
  /** Below the archive, in the repository as in the bucket: `2026-01/inbox-core-1.0.0.zip`. */
  key: string;
}

/** The last that history has of a file of the archive; null where it, or what this clone has of it, has none. */
export async function lastArchived({ git }: Pick<Env, 'git'>, head: Oid, file: string): Promise<Archived | null> {
  for (const commit of await git.touching(head, [folder])) {
    const entries = await git.tree(commit).list(folder);
    const found = entries.find(({ path, mode }) => baseName(path) === file && mode.startsWith('100'));
    if (found !== undefined) {
      const { path, oid } = found;
      return { commit, path, oid, key: path.slice(folder.length + 1) };
    }
  }
  return null;
}
