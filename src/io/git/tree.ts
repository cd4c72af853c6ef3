import { foldersAbove } from '../../layer/names.js';
import { once } from '../../layer/once.js';
import { byUtf8 } from '../../layer/order.js';
import { pathsOf } from '../../layer/paths.js';
import type { Change, Entry, Oid, Tree } from '../../ports.js';
import type { Folders, Node } from './folders.js';
import type { Listed } from './listing.js';
import { encodePath } from './paths.js';

/** Answers from tree objects, each read once; once somebody wants the whole tree, from that. */
export function commitTree(folders: Folders, commit: Oid, listAll: () => Promise<Listed>): Tree {
  let all: Promise<Listed> | null = null;
  let asked = 0;

  /** Null: nobody asked for it, or it is in no order, and then only the tree objects say what stands in a folder. */
  async function known(path: string): Promise<Listed | null> {
    const listed = await all;
    // A name that is not UTF-8 is asked for as we show it.
    return listed?.sorted && !path.includes('\\x') ? listed : null;
  }

  /** Asking git for a path saves round trips, and it goes the whole way each time: for many, folders are read here once. */
  function isFew(): boolean {
    asked += 1;
    return asked <= 16;
  }

  async function whole(): Promise<Listed> {
    all ??= listAll();
    return all;
  }

  async function find(path: string, within: string): Promise<Node | null> {
    // Ahead is a hint; the walk decides, and asks again for what was not answered.
    const hint = within !== '' && isFew() ? folders.ahead(commit, within) : null;
    const [root] = await Promise.all([folders.root(commit), hint]);
    const [name = '', ...deeper] = path.split('/');
    let node = named(root, name);
    for (const part of deeper) {
      if (!node?.folder) return null;
      node = named(await folders.read(node.oid), part);
    }
    return node;
  }

  return {
    commit,
    paths: whole,
    async folder(path) {
      const found = isFew() ? await folders.at(commit, path) : await find(path, '');
      if (found === null) return null;
      return ('folder' in found ? found.folder : found.type === 'tree') ? found.oid : null;
    },
    async entry(path) {
      const listed = await known(path);
      if (listed) return listed.entry(path);
      const node = await find(path, parentOf(path));
      return node && !node.folder ? asEntry(node, path) : null;
    },
    async list(folder) {
      if (folder === '') return [...(await whole())];
      const listed = await known(folder);
      if (listed) return listed.list(folder);
      const node = await find(folder, folder);
      if (!node?.folder) return [];
      return sortByPath(await walk(folders.read, node.oid, { path: folder }));
    },
    async names(folder) {
      const node = folder === '' ? null : await find(folder, folder);
      if (folder !== '' && !node?.folder) return [];
      return (node === null ? await folders.root(commit) : await folders.read(node.oid)).map(({ path }) => path);
    },
  };
}

/**
 * The index as the tree it would commit: HEAD's tree with the staged changes laid over it. `git diff --cached` names
 * every difference, so this is the whole index for the price of the changes.
 */
export function overlayTree(below: Tree | null, changes: Change[]): Tree {
  const changed = new Map(changes.map((change) => [change.path, change]));
  const added = once(() => namesByFolder(changes));
  const touched = once(() => new Set(changes.flatMap(({ path }) => ['', path, ...foldersAbove(path)])));
  const list: Tree['list'] = async (folder) => {
    const prefix = folder === '' ? '' : `${folder}/`;
    const kept = ((await below?.list(folder)) ?? []).filter((entry) => !changed.has(entry.path));
    const added = changes.filter((change) => change.status !== 'D' && change.path.startsWith(prefix));
    return added.length === 0 ? kept : sortByPath([...kept, ...added]);
  };
  return {
    commit: null,
    async paths() {
      const entries = await list('');
      return {
        ...pathsOf(entries),
        holding: (oids) => entries.filter(({ oid }) => oids.has(oid)),
        mayCollide: () => true,
      };
    },
    list,
    folder: async (path) => (touched().has(path) ? null : (below?.folder(path) ?? null)),
    async entry(path) {
      const change = changed.get(path);
      if (change) return change.status === 'D' ? null : change;
      return below?.entry(path) ?? null;
    },
    async names(folder) {
      const prefix = folder === '' ? '' : `${folder}/`;
      const kept = ((await below?.names(folder)) ?? []).filter((name) => changed.get(prefix + name)?.status !== 'D');
      return [...new Set([...kept, ...(added().get(folder) ?? [])])];
    },
  };
}

/** The names that changes bring, by folder; of a commit of thousands of folders each is gone through once. */
function namesByFolder(changes: Change[]): Map<string, Set<string>> {
  const byFolder = new Map<string, Set<string>>();
  for (const { status, path } of changes) {
    for (let rest = status === 'D' ? '' : path; rest !== ''; ) {
      const slash = rest.lastIndexOf('/');
      const folder = rest.slice(0, Math.max(0, slash));
      const names = byFolder.get(folder) ?? new Set<string>();
      if (names.has(rest.slice(slash + 1))) break;
      byFolder.set(folder, names.add(rest.slice(slash + 1)));
      rest = folder;
    }
  }
  return byFolder;
}

function named(nodes: Node[], name: string): Node | null {
  return nodes.find(({ path }) => path === name) ?? null;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

async function walk(read: Folders['read'], oid: Oid, folder: Name): Promise<Entry[]> {
  const nodes = await read(oid);
  const parts = await Promise.all(
    nodes.map((node) => {
      const name = inside(folder, node);
      return node.folder ? walk(read, node.oid, name) : [{ ...name, mode: node.mode, oid: node.oid }];
    }),
  );
  return parts.flat();
}

type Name = Pick<Entry, 'path' | 'pathBytes'>;

function inside(folder: Name, node: Name): Name {
  const path = `${folder.path}/${node.path}`;
  if (folder.pathBytes === undefined && node.pathBytes === undefined) return { path };
  return {
    path,
    pathBytes: Buffer.concat([encodePath(folder), Buffer.from('/'), encodePath(node)]).toString('base64'),
  };
}

function asEntry(node: Node, path: string): Entry {
  return { path, mode: node.mode, oid: node.oid };
}

function sortByPath(entries: Entry[]): Entry[] {
  return entries.sort((a, b) => byUtf8(a.path, b.path));
}
