import type { Oid } from '../../ports.js';

/** A folder whose entries in the index are one tree, which git has named before. */
export interface KeptTree {
  oid: Oid;
  /** How many entries it has, with all below it. */
  count: number;
}

/**
 * The trees in the extensions that follow an index's entries, by folder. Git takes a folder's tree away as soon as anything
 * in it is staged, and writes commits of those that are there without looking at an entry. Null: an index of a kind whose
 * entries are not what they seem, split or sparse. Where the root is the one that is wanted, no more is read.
 */
export function keptTrees(bytes: Buffer, from: number, wanted: Oid): Map<string, KeptTree> | null {
  const oidLength = wanted.length / 2;
  const trees = new Map<string, KeptTree>();
  // `name\0count subtrees\n`, the bytes of the object's name where there is one, and then the subtrees.
  function read(at: number, above: string): number {
    const nameEnd = bytes.indexOf(0, at);
    const lineEnd = bytes.indexOf(10, nameEnd);
    const folder = above + bytes.toString('latin1', at, nameEnd);
    const [count = -1, below = 0] = bytes
      .toString('latin1', nameEnd + 1, lineEnd)
      .split(' ')
      .map(Number);
    let next = lineEnd + 1;
    if (count >= 0) {
      trees.set(folder, { count, oid: bytes.toString('hex', next, next + oidLength) });
      next += oidLength;
    }
    if (trees.get('')?.oid === wanted) return next;
    for (let i = 0; i < below; i++) next = read(next, folder === '' ? '' : `${folder}/`);
    return next;
  }

  // A checksum ends the file.
  for (let at = from; at < bytes.length - oidLength; at += 8 + bytes.readUInt32BE(at + 4)) {
    const name = bytes.toString('latin1', at, at + 4);
    // Extensions without which the rest is not to be understood are in small letters.
    if (!/^[A-Z]/.test(name)) return null;
    if (name === 'TREE') read(at + 8, '');
  }
  return trees;
}
