import type { Oid } from '../../ports/git.js';
import { baseName } from '../names.js';
import type { Layout, PackedFile } from '../packing.js';
import { moduleOf } from '../python-modules.js';

export interface SourceModule {
  /** In the repository. */
  path: string;
  oid: Oid;
  isPackage: boolean;
  /** Else it is compiled, and nothing tells what it imports. */
  isPython: boolean;
}

/** What can be imported from a function's folder, or from the source of a layer. */
export interface SourceModules {
  /** The function or layer. */
  of: string;
  /** By dotted name; a package is its `__init__`. */
  files: Map<string, SourceModule>;
  /** Dotted names of folders that hold modules, with an `__init__` or without. */
  folders: Set<string>;
}

export function sourceModules(
  { name, source }: { name: string; source: string },
  files: readonly PackedFile[],
  layout: Layout,
): SourceModules {
  const modules: SourceModules = { of: name, files: new Map(), folders: new Set() };
  const [root, inside] = layout === 'layer' ? ['python/', `python/${baseName(source)}/`] : ['', ''];
  for (const { path, oid } of files) {
    const parts = path.slice(root.length).split('/');
    const module = moduleOf(parts.pop() ?? '');
    if (module === null || parts.some((part) => part.includes('.'))) continue;
    const isPackage = module === '__init__';
    const dotted = (isPackage ? parts : [...parts, module]).join('.');
    // Python prefers a package to a module of the same name.
    if (isPackage || !modules.files.has(dotted)) {
      const at = `${source}/${path.slice(inside.length)}`;
      modules.files.set(dotted, { path: at, oid, isPackage, isPython: path.endsWith('.py') });
    }
    for (let depth = 1; depth <= parts.length; depth++) modules.folders.add(parts.slice(0, depth).join('.'));
  }
  return modules;
}

export function topOf(dotted: string): string {
  return dotted.split('.', 1)[0] ?? '';
}

export function has({ files, folders }: SourceModules, dotted: string): boolean {
  return files.has(dotted) || folders.has(dotted);
}

/** `a.b.c` → `a`, `a.b`, `a.b.c`: what Python loads on the way. */
export function lineage(dotted: string): string[] {
  const parts = dotted.split('.');
  return parts.map((_, at) => parts.slice(0, at + 1).join('.'));
}
