import { fold } from '../../layer/alike.js';
import type { Tree } from '../../ports.js';
import type { Fact } from './fact.js';

interface Collision {
  path: string;
  other: string;
}

/**
 * What a change adds is compared with its neighbours, each folder read once, so the price is that of the change and not
 * of the tree. A whole tree is compared with itself.
 */
export const collisions: Fact<'collisions'> = {
  async learn({ subject }) {
    if (subject.whole) {
      const all = await subject.tree.paths();
      return all.mayCollide() ? within(Array.from(all, ({ path }) => path)) : [];
    }
    const changes = await subject.changes();
    // An index holds no name twice, so in it only what is new can meet another name.
    const isIndex = subject.tree.commit === null;
    return besides(
      subject.tree,
      changes
        .filter(({ status }) => (isIndex ? status === 'A' : status !== 'D'))
        .map(({ path, status }) => ({ path, isNew: status === 'A' })),
    );
  },
};

function within(paths: string[]): Collision[] {
  const first = new Map<string, string>();
  const files = new Set<string>();
  const found = new Map<string, string>();
  for (const path of paths) {
    for (const part of beginnings(path)) {
      const other = first.get(fold(part));
      if (other === undefined) first.set(fold(part), part);
      else if (other !== part || files.has(part) || part === path) found.set(part, other);
    }
    files.add(path);
  }
  return [...found].map(([path, other]) => ({ path, other }));
}

/** Folders. */
const together = 1000;

async function besides(tree: Tree, paths: { path: string; isNew: boolean }[]): Promise<Collision[]> {
  const folders = [...namesByFolder(paths)];
  const alike: Alike[] = [];
  // One after the other would be a round trip each, and a hundred thousand at once a promise each.
  for (let at = 0; at < folders.length; at += together) {
    const some = folders.slice(at, at + together);
    const found = some.map(async ([folder, names]) => inFolder(folder, names, await tree.names(folder)));
    alike.push(...(await Promise.all(found)).flat());
  }
  const found: Collision[] = [];
  for (const { path, isNew, same } of alike) {
    if (same.filter((other) => other === path).length > 1) found.push({ path, other: path });
    // What was there before a change is not the change's doing.
    for (const other of isNew ? same : []) {
      if (other === path || !(await isThere(tree, other))) continue;
      found.push({ path, other });
      break;
    }
  }
  return found;
}

/** What the paths bring into each folder, files and folders alike, and whether it is new there. */
function namesByFolder(paths: { path: string; isNew: boolean }[]): Map<string, Map<string, boolean>> {
  const brought = new Map<string, Map<string, boolean>>();
  for (const { path, isNew } of paths) {
    for (let rest = path; rest !== ''; ) {
      const [folder, name] = parted(rest);
      const names = brought.get(folder) ?? new Map<string, boolean>();
      const before = names.get(name);
      // The folders above it were gone through with the first one.
      if (before === true || before === isNew) break;
      brought.set(folder, names.set(name, isNew));
      rest = folder;
    }
  }
  return brought;
}

interface Alike {
  path: string;
  isNew: boolean;
  /** All of its folder that fold to the same. */
  same: string[];
}

/** The names, where any two in their folder fold to one. */
function inFolder(folder: string, names: ReadonlyMap<string, boolean>, all: string[]): Alike[] {
  if (new Set(all.map(fold)).size === all.length) return [];
  const prefix = folder === '' ? '' : `${folder}/`;
  const byFold = new Map<string, string[]>();
  for (const name of all) {
    const same = byFold.get(fold(name));
    if (same) same.push(prefix + name);
    else byFold.set(fold(name), [prefix + name]);
  }
  return [...names].map(([name, isNew]) => ({ path: prefix + name, isNew, same: byFold.get(fold(name)) ?? [] }));
}

async function isThere(tree: Tree, path: string): Promise<boolean> {
  return (await tree.entry(path)) !== null || (await tree.list(path)).length > 0;
}

/** `a/b/c` → `a`, `a/b`, `a/b/c`. */
function beginnings(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
}

function parted(path: string): [folder: string, name: string] {
  const slash = path.lastIndexOf('/');
  return [path.slice(0, Math.max(0, slash)), path.slice(slash + 1)];
}
