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

async function besides(tree: Tree, paths: { path: string; isNew: boolean }[]): Promise<Collision[]> {
  const brought = new Map<string, Map<string, boolean>>();
  for (const { path, isNew } of paths) {
    for (const part of beginnings(path)) {
      const [folder, name] = parted(part);
      const names = brought.get(folder) ?? new Map<string, boolean>();
      brought.set(folder, names.set(name, isNew || names.get(name) === true));
    }
  }
  // All folders are asked for at once: one after the other would be a round trip each.
  const folders = await Promise.all(
    [...brought].map(async ([folder, names]) => ({ folder, names, neighbours: byFold(await tree.names(folder)) })),
  );
  const found: Collision[] = [];
  for (const { folder, names, neighbours } of folders) {
    const prefix = folder === '' ? '' : `${folder}/`;
    for (const [name, isNew] of names) {
      const same = neighbours.get(fold(name)) ?? [];
      if (same.filter((other) => other === name).length > 1) found.push({ path: prefix + name, other: prefix + name });
      // What was there before a change is not the change's doing.
      for (const other of isNew ? same : []) {
        if (other === name || !(await isThere(tree, prefix + other))) continue;
        found.push({ path: prefix + name, other: prefix + other });
        break;
      }
    }
  }
  return found;
}

function byFold(names: string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const name of names) {
    const folded = fold(name);
    const same = found.get(folded);
    if (same) same.push(name);
    else found.set(folded, [name]);
  }
  return found;
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
