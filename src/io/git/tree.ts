import { failure } from '../../errors.js';
import { byUtf8 } from '../../layer/order.js';
import type { Change, Entry, Oid, Tree } from '../../ports.js';
import type { Objects } from './objects.js';
import { decodePath } from './paths.js';
import { parseTree } from './raw.js';

type Node = Entry & { folder: boolean };

/** Answers from tree objects, each read once. `listAll` serves the whole tree, where one `ls-tree` beats many reads. */
export function commitTree(objects: Objects, commit: Oid, listAll: () => Promise<Entry[]>): Tree {
  const read = treeReader(objects);
  const root = read(`${commit}^{tree}`);
  let all: Promise<Entry[]> | null = null;
  return {
    commit,
    async entry(path) {
      const node = await find(read, await root, path);
      return node && !node.folder ? asEntry(node, path) : null;
    },
    async list(folder) {
      if (folder === '') {
        all ??= listAll();
        return all;
      }
      const node = await find(read, await root, folder);
      if (!node?.folder) return [];
      return sortByPath(await walk(read, node.oid, Buffer.from(`${folder}/`)));
    },
    async names(folder) {
      const node = folder === '' ? null : await find(read, await root, folder);
      if (folder !== '' && !node?.folder) return [];
      return (node === null ? await root : await read(node.oid)).map(({ path }) => path);
    },
  };
}

/**
 * The index as the tree it would commit: HEAD's tree with the staged changes laid over it. `git diff --cached` names
 * every difference, so this is the whole index for the price of the changes.
 */
export function overlayTree(below: Tree | null, changes: Change[]): Tree {
  const changed = new Map(changes.map((change) => [change.path, change]));
  const added = namesByFolder(changes);
  return {
    commit: null,
    async entry(path) {
      const change = changed.get(path);
      if (change) return change.status === 'D' ? null : change;
      return below?.entry(path) ?? null;
    },
    async list(folder) {
      const prefix = folder === '' ? '' : `${folder}/`;
      const kept = ((await below?.list(folder)) ?? []).filter((entry) => !changed.has(entry.path));
      const added = changes.filter((change) => change.status !== 'D' && change.path.startsWith(prefix));
      return added.length === 0 ? kept : sortByPath([...kept, ...added]);
    },
    async names(folder) {
      const prefix = folder === '' ? '' : `${folder}/`;
      const kept = ((await below?.names(folder)) ?? []).filter((name) => changed.get(prefix + name)?.status !== 'D');
      return [...new Set([...kept, ...(added().get(folder) ?? [])])];
    },
  };
}

/** Made at the first question, so that a commit of thousands of folders is gone through once. */
function namesByFolder(changes: Change[]): () => Map<string, Set<string>> {
  let made: Map<string, Set<string>> | null = null;
  return () => {
    if (made !== null) return made;
    made = new Map();
    for (const { status, path } of changes) {
      for (let rest = status === 'D' ? '' : path; rest !== ''; ) {
        const slash = rest.lastIndexOf('/');
        const folder = rest.slice(0, Math.max(0, slash));
        const names = made.get(folder) ?? new Set<string>();
        if (names.has(rest.slice(slash + 1))) break;
        made.set(folder, names.add(rest.slice(slash + 1)));
        rest = folder;
      }
    }
    return made;
  };
}

type ReadTree = (name: string) => Promise<Node[]>;

function treeReader(objects: Objects): ReadTree {
  const known = new Map<string, Promise<Node[]>>();
  return (name) => {
    const before = known.get(name);
    if (before) return before;
    const reading = objects.get(name).then((object) => {
      if (object?.bytes == null) throw failure('object-missing', { oid: name });
      return parseTree(object.bytes, object.oid.length / 2);
    });
    known.set(name, reading);
    return reading;
  };
}

async function find(read: ReadTree, nodes: Node[], path: string): Promise<Node | null> {
  const slash = path.indexOf('/');
  const name = slash === -1 ? path : path.slice(0, slash);
  const node = nodes.find((candidate) => candidate.path === name);
  if (node === undefined || slash === -1) return node ?? null;
  return node.folder ? find(read, await read(node.oid), path.slice(slash + 1)) : null;
}

async function walk(read: ReadTree, oid: Oid, prefix: Buffer): Promise<Entry[]> {
  const nodes = await read(oid);
  const parts = await Promise.all(
    nodes.map((node) => {
      const name = Buffer.concat([prefix, bytesOf(node)]);
      return node.folder ? walk(read, node.oid, Buffer.concat([name, Buffer.from('/')])) : [fullEntry(node, name)];
    }),
  );
  return parts.flat();
}

function bytesOf(node: Entry): Buffer {
  return node.pathBytes === undefined ? Buffer.from(node.path) : Buffer.from(node.pathBytes, 'base64');
}

function fullEntry(node: Node, name: Buffer): Entry {
  return { ...decodePath(name), mode: node.mode, oid: node.oid };
}

function asEntry(node: Node, path: string): Entry {
  return { path, mode: node.mode, oid: node.oid };
}

function sortByPath(entries: Entry[]): Entry[] {
  return entries.sort((a, b) => byUtf8(a.path, b.path));
}
