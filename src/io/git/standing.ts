import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { isFailure } from '../../errors.js';
import type { Oid } from '../../ports.js';
import { files } from '../files.js';
import type { Plumbing } from './plumbing.js';

/** What a path is in a commit, in the index and on disk: a blob, null for nothing, `other` for anything else. */
export interface Standing {
  path: string;
  commit: Oid | 'other' | null;
  index: Oid | 'other' | null;
  disk: Oid | 'other' | null;
}

/** Looks for itself: `git status` can be told to overlook what we are about to overwrite. */
export async function standings(git: Plumbing, root: string, commit: Oid, paths: string[]): Promise<Standing[]> {
  const [tree, index] = await Promise.all([
    git.text(['ls-tree', '-z', '--full-tree', commit, '--', ...paths]),
    git.text(['ls-files', '--stage', '-z', '--', ...paths]),
  ]);
  const committed = parse(tree, /^(\d{6}) \w+ ([0-9a-f]+)$/);
  const staged = parse(index, /^(\d{6}) ([0-9a-f]+) 0$/);
  return Promise.all(
    paths.map(async (path) => {
      const known = committed.get(path) ?? null;
      const entry = staged.get(path) ?? null;
      return { path, commit: known, index: entry, disk: await onDisk(root, path, commit.length, [known, entry]) };
    }),
  );
}

/** `fields\tpath\0`; what is no plain file, or stands there more than once (a conflict), is `other`. */
function parse(listing: string, fields: RegExp): Map<string, Oid | 'other'> {
  const found = new Map<string, Oid | 'other'>();
  for (const line of listing.split('\0')) {
    const tab = line.indexOf('\t');
    if (tab === -1) continue;
    const path = line.slice(tab + 1);
    const [, mode, oid] = fields.exec(line.slice(0, tab)) ?? [];
    found.set(path, found.has(path) || oid === undefined || mode !== '100644' ? 'other' : oid);
  }
  return found;
}

async function onDisk(root: string, path: string, oidLength: number, known: unknown[]): Promise<Standing['disk']> {
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    const there = await files.look(join(root, folder));
    // Below a link we would write somewhere else.
    if (there !== null && there.kind !== 'folder') return 'other';
  }
  const there = await files.look(join(root, path));
  if (there === null) return null;
  if (there.kind !== 'file') return 'other';
  try {
    const bytes = (await files.read(join(root, path))) ?? new Uint8Array();
    const oid = blobName(bytes, oidLength);
    if (known.includes(oid) || path.endsWith('.zip')) return oid;
    // With core.autocrlf a text stands on disk with other line ends than in the commit; that is no change.
    const unix = blobName(
      Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '\n'), 'latin1'),
      oidLength,
    );
    return known.includes(unix) ? unix : oid;
  } catch (error) {
    if (isFailure(error)) return 'other';
    throw error;
  }
}

/** The name git gives a blob, in the repository's own hash. */
function blobName(bytes: Uint8Array, oidLength: number): Oid {
  const hash = createHash(oidLength === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
