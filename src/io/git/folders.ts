import { failure } from '../../errors.js';
import type { Entry, Oid } from '../../ports.js';
import type { Objects } from './objects.js';
import { parseTree } from './raw.js';

/** One line of a folder; `path` is the bare name. */
export type Node = Entry & { folder: boolean };

/** The tree objects of a repository. Commits share most of them, so each is read once, whoever asks. */
export interface Folders {
  root(commit: Oid): Promise<Node[]>;
  read(oid: Oid): Promise<Node[]>;
  /** What git itself finds at a path, without reading a folder here. */
  at(commit: Oid, path: string): Promise<{ oid: Oid; type: string } | null>;
  /** Asks for all folders on the way to a path at once, where going down asks for one after the other. */
  ahead(commit: Oid, path: string): Promise<void>;
}

export function openFolders(objects: Objects): Folders {
  const known = new Map<string, Promise<Node[]>>();

  function read(name: string): Promise<Node[]> {
    const before = known.get(name);
    if (before) return before;
    const reading = objects.get(name).then((object) => {
      if (object?.bytes == null) throw failure('object-missing', { oid: name });
      return parseTree(object.bytes, object.oid.length / 2);
    });
    known.set(name, reading);
    return reading;
  }

  return {
    read,
    async root(commit) {
      // A commit that was asked for ahead names its tree, which was asked for with it.
      const seen = (await objects.kept(commit))?.bytes?.toString('latin1') ?? '';
      const tree = /^tree ([0-9a-f]+)\n/.exec(seen)?.[1];
      return read(tree !== undefined && (await objects.kept(tree)) !== null ? tree : `${commit}^{tree}`);
    },
    at: (commit, path) => objects.get(`${commit}:${path}`, 0),
    ahead(commit, path) {
      const parts = path.split('/');
      return objects.ahead(parts.map((_, depth) => `${commit}:${parts.slice(0, depth + 1).join('/')}`));
    },
  };
}
