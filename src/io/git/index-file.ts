import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Oid } from '../../ports.js';
import { type Listed, listed } from './listing.js';
import type { Vars } from './process.js';

/**
 * All of a tree as it stands in the index file, where the file itself says that it holds this tree and nothing else: git
 * writes a commit of that name from it without looking at the entries. Null: ask git. What is found where no index is, an
 * index with changes, a format not known here: all end in null, since everything hangs on the tree's name.
 */
export function treeInIndex(cwd: string, vars: Vars, tree: Oid): Listed | null {
  try {
    const file = indexFile(cwd, vars);
    // A pipe would be waited for; more than a gigabyte is no index.
    if (file === null || !isFile(file, 2 ** 30)) return null;
    return entriesOf(readFileSync(file), tree);
  } catch {
    return null;
  }
}

function indexFile(cwd: string, { GIT_DIR, GIT_INDEX_FILE }: Vars): string | null {
  if (GIT_INDEX_FILE !== undefined) return resolve(cwd, GIT_INDEX_FILE);
  if (GIT_DIR !== undefined) return resolve(cwd, GIT_DIR, 'index');
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const git = join(folder, '.git');
    const there = statSync(git, { throwIfNoEntry: false });
    if (there?.isDirectory()) return join(git, 'index');
    // A linked worktree, or a submodule.
    if (there?.isFile()) return resolve(folder, readFileSync(git, 'utf8').replace(/^gitdir: |\n$/g, ''), 'index');
    if (folder === dirname(folder)) return null;
  }
}

function isFile(path: string, limit: number): boolean {
  const there = statSync(path, { throwIfNoEntry: false });
  return there?.isFile() === true && there.size <= limit;
}

const header = 12;
/** Times, device, inode, mode, owner and size of a file come before its object's name, two bytes of flags after it. */
const [modeAt, oidAt] = [24, 40];
const extended = 0x40;

function entriesOf(bytes: Buffer, tree: Oid): Listed | null {
  const oidLength = tree.length / 2;
  const flagsAt = oidAt + oidLength;
  const version = bytes.readUInt32BE(4);
  const count = bytes.readUInt32BE(8);
  if (bytes.toString('latin1', 0, 4) !== 'DIRC' || (version !== 2 && version !== 3) || count * flagsAt > bytes.length)
    return null;
  const found = listed({
    bytes,
    first: header,
    end: bytes.length - oidLength,
    count,
    path: (entry) => entry + flagsAt + (((bytes[entry + flagsAt] ?? 0) & extended) === 0 ? 2 : 4),
    // One to eight NULs.
    next: (entry, pathEnd) => entry + ((pathEnd - entry + 8) & ~7),
    prefix: (entry) => bytes.readUInt32BE(entry + oidAt) >>> 4,
    describe: (entry) => ({
      mode: bytes.readUInt32BE(entry + modeAt).toString(8),
      oid: bytes.toString('hex', entry + oidAt, entry + flagsAt),
    }),
  });
  return rootTree(bytes, found.end, oidLength) === `${count} ${tree}` ? found : null;
}

/** How many entries the cached tree of the root covers, and its name; null where it is not up to date, or not alone. */
function rootTree(bytes: Buffer, from: number, oidLength: number): string | null {
  let root: string | null = null;
  const end = bytes.length - oidLength;
  for (let at = from; at < end; at += 8 + bytes.readUInt32BE(at + 4)) {
    const name = bytes.toString('latin1', at, at + 4);
    // In small letters stand extensions without which entries are not what they seem: a split or a sparse index.
    if (!/^[A-Z]/.test(name)) return null;
    if (name === 'TREE') {
      const body = at + 8;
      // `\0count subtrees\n` and the bytes of the name.
      const lineEnd = bytes.indexOf(10, body);
      const [count] = bytes.toString('latin1', body + 1, lineEnd).split(' ');
      root = `${count} ${bytes.toString('hex', lineEnd + 1, lineEnd + 1 + oidLength)}`;
    }
  }
  return root;
}
