import type { Tree } from '../ports.js';
import { lockPath } from './packages/lock-path.js';
import { packedIdentity, packSource } from './packing.js';

/**
 * Equal for two trees exactly when the same would be built of a source: of a folder counts what is packed, a file stands
 * for itself (requirements) together with its lock. Null where there is nothing. No content is read.
 */
export async function sourceIdentity(tree: Tree, source: string): Promise<string | null> {
  const [file, entries] = await Promise.all([tree.entry(source), tree.list(source)]);
  if (file === null) return entries.length === 0 ? null : packedIdentity(packSource(source, entries));
  const lock = await tree.entry(lockPath(source));
  return entriesIdentity(lock === null || lock.path === file.path ? [file] : [file, lock]);
}

export function entriesIdentity(entries: readonly { path: string; mode: string; oid: string }[]): string {
  return entries.map(({ path, mode, oid }) => `${mode} ${path}\0${oid}\n`).join('');
}
