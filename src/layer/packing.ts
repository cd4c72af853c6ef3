import type { Entry, Oid } from '../ports/git.js';
import { pathProblem, watchCollisions } from './artefact-path.js';
import { baseName } from './names.js';
import { byUtf8 } from './order.js';

/**
 * What of a source goes into its zip, decided from git's entries alone: no content is read, so the policy can ask at
 * commit time whether it changed, and means the same by it as the build does.
 */

/** Lambda looks for a layer's modules below `python/`, for a function's handler at the root of its zip. */
export type Layout = 'layer' | 'function';

export interface PackedFile {
  /** In the zip: `python/<package>/…` of a layer, `handler.py` of a function. */
  path: string;
  mode: 0o644 | 0o755;
  oid: Oid;
}

export interface PackingProblem {
  /** In the repository; the source itself for `empty`. */
  path: string;
  problem: 'symlink' | 'submodule' | 'unsafe-name' | 'collision' | 'empty';
}

export interface Packed {
  /** Sorted by the bytes of the path. */
  files: PackedFile[];
  /** Repository paths of what is left out on purpose: caches, editors' backups, hidden files. */
  left: string[];
  problems: PackingProblem[];
}

const junk =
  /^(?:\.(?!\.?$).*|__pycache__|.*~|#.*#|thumbs\.db|desktop\.ini|.*\.(?:py[co]|bak|backup|orig|rej|sw[nop]))$/i;

/** Left out of every artefact: `inside` is a path below the source. */
export function isLeftOut(inside: string): boolean {
  return inside.split('/').some((part) => junk.test(part));
}

/** What an entry is when it is no file, by its mode; null for a file. */
export function linkKind(mode: string): 'symlink' | 'submodule' | null {
  return mode === '120000' ? 'symlink' : mode === '160000' ? 'submodule' : null;
}

/**
 * `source` is the folder, without a trailing slash; `entries` are git's below it, with their full paths. A layer's files
 * lie below `python/` and the folder's own name, so that `import <package>` works from `/opt/python`.
 */
export function packSource(source: string, entries: readonly Entry[], layout: Layout = 'layer'): Packed {
  const packed: Packed = { files: [], left: [], problems: [] };
  const collides = watchCollisions();
  const root = layout === 'function' ? '' : `python/${baseName(source)}/`;
  for (const entry of entries) {
    const inside = entry.path.slice(source.length + 1);
    const path = root + inside;
    const link = linkKind(entry.mode);
    if (isLeftOut(inside)) packed.left.push(entry.path);
    else if (link !== null) packed.problems.push({ path: entry.path, problem: link });
    else if (entry.pathBytes !== undefined || pathProblem(path) !== null)
      packed.problems.push({ path: entry.path, problem: 'unsafe-name' });
    else if (collides(path, 'file') !== null) packed.problems.push({ path: entry.path, problem: 'collision' });
    else packed.files.push({ path, mode: entry.mode === '100755' ? 0o755 : 0o644, oid: entry.oid });
  }
  if (packed.files.length === 0 && packed.problems.length === 0)
    packed.problems.push({ path: source, problem: 'empty' });
  packed.files.sort((a, b) => byUtf8(a.path, b.path));
  return packed;
}

/** Equal for two trees exactly when their artefacts hold the same paths, modes and contents. */
export function packedIdentity({ files }: Packed): string {
  return files.map(({ path, mode, oid }) => `${mode.toString(8)} ${path}\0${oid}\n`).join('');
}
