import type { Tree } from '../../ports.js';
import type { Fact } from './fact.js';

/**
 * What a change adds is compared with its neighbours, folder by folder from the root, so the price is that of the change
 * and not of the tree. A whole tree is compared with itself in one pass.
 */
export const collisions: Fact<'collisions'> = {
  async learn({ subject }) {
    const added = (await subject.changes()).filter(({ status }) => status === 'A').map(({ path }) => path);
    return subject.whole ? within(added) : besides(subject.tree, added);
  },
};

function within(paths: string[]): { path: string; other: string }[] {
  const first = new Map<string, string>();
  const found = new Map<string, string>();
  for (const path of paths) {
    for (const part of beginnings(path)) {
      const other = first.get(fold(part));
      if (other === undefined) first.set(fold(part), part);
      else if (other !== part) found.set(part, other);
    }
  }
  return [...found].map(([path, other]) => ({ path, other }));
}

async function besides(tree: Tree, paths: string[]): Promise<{ path: string; other: string }[]> {
  const found = new Map<string, string>();
  for (const part of new Set(paths.flatMap(beginnings))) {
    const border = part.lastIndexOf('/') + 1;
    const folded = fold(part.slice(border));
    for (const name of await tree.names(part.slice(0, Math.max(0, border - 1)))) {
      const other = part.slice(0, border) + name;
      if (other !== part && fold(name) === folded && (await isThere(tree, other))) found.set(part, other);
    }
  }
  return [...found].map(([path, other]) => ({ path, other }));
}

async function isThere(tree: Tree, path: string): Promise<boolean> {
  return (await tree.entry(path)) !== null || (await tree.list(path)).length > 0;
}

/** `a/b/c` → `a`, `a/b`, `a/b/c`. */
function beginnings(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
}

function fold(path: string): string {
  return path.normalize('NFC').toLowerCase();
}
