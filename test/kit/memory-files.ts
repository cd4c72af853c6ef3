/** The files of a commit in memory, and what lies between two. */
import { createHash } from 'node:crypto';
import { foldersAbove } from '../../src/layer/names.js';
import { byUtf8 } from '../../src/layer/order.js';
import type { Change, Entry, Oid } from '../../src/ports.js';

/** What lies at each path. */
export type Files = ReadonlyMap<string, Entry>;

export const hash = (kind: string, bytes: Uint8Array | string): Oid =>
  createHash('sha1')
    .update(`${kind} ${Buffer.byteLength(bytes)}\0`)
    .update(bytes)
    .digest('hex');

export const sorted = (files: Iterable<Entry>) => [...files].sort((a, b) => byUtf8(a.path, b.path));
export const isBelow = (folder: string) => (path: string) => folder === '' || path.startsWith(`${folder}/`);

/** The tree object of a folder: equal where all in it is equal. */
export function folderOf(files: Files, folder: string): Oid | null {
  const inside = sorted(files.values()).filter(({ path }) => isBelow(folder)(path));
  const lines = inside.map(({ path, mode, oid }) => `${mode} ${path.slice(folder.length)} ${oid}\n`);
  return inside.length === 0 ? null : hash('tree', lines.join(''));
}

export function difference(before: Files, now: Files, commit: Oid | null): Change[] {
  const paths = [...new Set([...before.keys(), ...now.keys()])].sort(byUtf8);
  return paths.flatMap((path): Change[] => {
    const [old, entry] = [before.get(path), now.get(path)];
    if (old?.oid === entry?.oid && old?.mode === entry?.mode) return [];
    const was = old === undefined ? null : { mode: old.mode, oid: old.oid };
    if (entry === undefined) return old === undefined ? [] : [{ ...old, status: 'D', before: was, commit }];
    const isRetyped = old !== undefined && old.mode.slice(0, 3) !== entry.mode.slice(0, 3);
    return [{ ...entry, status: old === undefined ? 'A' : isRetyped ? 'T' : 'M', before: was, commit }];
  });
}

/** The files with these laid over them; null takes away, and so does what stands where a folder is needed. */
export function overlaid(files: Files, more: Iterable<readonly [path: string, entry: Entry | null]>): Files {
  const made = new Map(files);
  for (const [path, entry] of more) {
    for (const other of made.keys()) if (isBelow(path)(other)) made.delete(other);
    if (entry === null) made.delete(path);
    else for (const gone of [path, ...foldersAbove(path)]) made.delete(gone);
    if (entry !== null) made.set(path, entry);
  }
  return made;
}
