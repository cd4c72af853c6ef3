import { isBrought } from '../inside/imports.js';
import { has, lineage, type SourceModule, type SourceModules, topOf } from './modules.js';
import { demandedImports, type Import } from './scan.js';
import { isStdlib } from './stdlib.js';

/** An import that will fail on Lambda. */
export interface BrokenImport {
  /** The file it stands in, in the repository, and where. */
  path: string;
  line: number;
  /** As written, with its dots: `requests`, `.feed`. */
  module: string;
  /**
   * nowhere: nothing provides it; version: the standard library of some declared runtimes only; absent: it would be in
   * one of our own packages, and is not; relative: it leads out of its package.
   */
  kind: 'nowhere' | 'version' | 'absent' | 'relative';
  /** Where it fails: all declared runtimes, but for `version`. */
  runtimes: readonly string[];
  /** The function or layer that `absent` is about; null otherwise. */
  of: string | null;
}

/** What a function finds when it runs. */
export interface Surroundings {
  runtimes: readonly string[];
  /** Else nothing is declared, and what any of them has will do. */
  isDeclared: boolean;
  /** The function first, then its source layers. */
  sources: readonly SourceModules[];
  /** Whether its other layers may have a module of this top-level name. */
  installed(module: string): boolean;
  /** Null: not read, so nothing is known of what it imports. */
  textOf(file: SourceModule): string | null;
}

/**
 * Follows the imports of the files at the root of a function through itself and its source layers, and tells those that
 * nothing provides. What no import reaches may import what it likes.
 */
export function brokenImports(around: Surroundings): BrokenImport[] {
  const [own] = around.sources;
  const broken: BrokenImport[] = [];
  const { visit, next } = visits();
  for (const module of own?.files.keys() ?? []) if (own && isEntry(module)) visit(own, module);

  for (let here = next(); here !== undefined; here = next()) {
    const { of, module, file } = here;
    for (const one of demandedImports((file.isPython ? around.textOf(file) : null) ?? '')) {
      const dotted = absoluteName(one, module, file.isPackage);
      const found = one.level > 0 ? of : around.sources.find((source) => has(source, topOf(dotted ?? '')));
      const problem = dotted === null ? { kind: 'relative' as const } : problemOf(dotted, found, around);
      if (problem !== null) {
        const { path } = file;
        const written = '.'.repeat(one.level) + one.module;
        broken.push({ path, line: one.line, module: written, runtimes: around.runtimes, of: null, ...problem });
      } else if (dotted !== null && found !== undefined) {
        visit(found, dotted);
        for (const name of one.names) visit(found, `${dotted}.${name}`);
      }
    }
  }
  return broken;
}

/** Modules that are loaded, each once, packages before what is in them. */
function visits() {
  const seen = new Set<SourceModule>();
  const waiting: { of: SourceModules; module: string; file: SourceModule }[] = [];
  const visit = (of: SourceModules, dotted: string) => {
    for (const module of lineage(dotted)) {
      const file = of.files.get(module);
      if (file === undefined || seen.has(file)) continue;
      seen.add(file);
      waiting.push({ of, module, file });
    }
  };
  return { visit, next: () => waiting.shift() };
}

/** At the root, where Lambda finds handlers; tests that lie beside them no function runs. */
function isEntry(module: string): boolean {
  return !module.includes('.') && !/^(?:test_.*|.*_test|conftest)$/.test(module);
}

/** Null where a relative import leads out of every package. */
function absoluteName({ module, level }: Import, here: string, isPackage: boolean): string | null {
  if (level === 0) return module;
  const parts = here.split('.');
  const above = level - (isPackage ? 1 : 0);
  if (above >= parts.length) return null;
  return [...parts.slice(0, parts.length - above), ...(module === '' ? [] : [module])].join('.');
}

function problemOf(
  dotted: string,
  found: SourceModules | undefined,
  { runtimes, isDeclared, installed }: Surroundings,
): (Pick<BrokenImport, 'kind'> & Partial<BrokenImport>) | null {
  if (found !== undefined) return isMissingIn(found, dotted) ? { kind: 'absent', of: found.of } : null;
  const top = topOf(dotted);
  if (isBrought(top) || installed(top)) return null;
  const missing = runtimes.filter((runtime) => !isStdlib(top, runtime));
  if (missing.length === runtimes.length) return { kind: 'nowhere' };
  return isDeclared && missing.length > 0 ? { kind: 'version', runtimes: missing } : null;
}

/** Not there, and the nearest thing above it a package: what a module puts in its own place nobody can tell. */
function isMissingIn(source: SourceModules, dotted: string): boolean {
  if (has(source, dotted)) return false;
  const above = lineage(dotted).filter((name) => has(source, name));
  return source.folders.has(above.at(-1) ?? '');
}
