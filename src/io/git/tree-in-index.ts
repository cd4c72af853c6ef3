import type { Oid } from '../../ports.js';
import type { Folders } from './folders.js';
import { readIndex } from './index-file.js';
import { asEntry, entriesIn, indexLayout } from './index-format.js';
import { keptTrees } from './kept-trees.js';
import { type Listed, listed } from './listing.js';
import { encodePath } from './paths.js';
import type { Vars } from './process.js';

/** So many trees are read; of more git makes its own listing faster. */
const few = 256;

/**
 * All of a tree, from an index that has most of it. A folder of which git has kept this very tree in the index is taken as
 * it stands there: git writes commits of it, too, without looking at its entries. Any other folder is read. What is found
 * where no index is, one with too little of the tree, a format not known here: all end in null, and git is asked.
 */
export async function treeInIndex(cwd: string, vars: Vars, root: Oid, folders: Folders): Promise<Listed | null> {
  try {
    const bytes = readIndex(cwd, vars);
    return bytes && (await laidOver(bytes, root, folders));
  } catch {
    return null;
  }
}

async function laidOver(bytes: Buffer, root: Oid, { read }: Folders): Promise<Listed | null> {
  const oidLength = root.length / 2;
  const layout = indexLayout(bytes, oidLength);
  const index = layout && listed(layout);
  const trees = index?.sorted ? keptTrees(bytes, index.end, root) : null;
  if (!index || !trees) return null;
  if (isKept('', root)) return index;

  function isKept(folder: string, tree: Oid): boolean {
    const kept = trees?.get(folder);
    return kept?.oid === tree && kept.count === index?.span(folder).count;
  }

  let asked = 0;
  /** The entries of a folder, as an index would have them. */
  async function below(folder: string, tree: Oid): Promise<Buffer[]> {
    if (isKept(folder, tree)) return [index?.span(folder).bytes ?? Buffer.alloc(0)];
    if (asked++ === few) throw new Error(`more than ${few} folders are not in the index`);
    const parts = (await read(tree)).map((node) => {
      const path = (folder === '' ? '' : `${folder}/`) + encodePath(node).toString('latin1');
      return node.folder ? below(path, node.oid) : [asEntry(path, node)];
    });
    return (await Promise.all(parts)).flat();
  }
  return listed(entriesIn(Buffer.concat(await below('', root)), oidLength));
}
