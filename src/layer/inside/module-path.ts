import { minorOf } from './runtime.js';

/** A path in an artefact as Python sees it. */
export interface ModulePath {
  /** The one runtime that looks there, for `python/lib/python3.11/site-packages/`; null: all do. */
  runtime: string | null;
  /** Relative to the folder that is on Python's path; null where none is above it. */
  path: string | null;
}

/** `layout`: a layer's modules lie below `python/`, a function's at its root. Backslashes count as what was meant. */
export function modulePath(path: string, layout: 'layer' | 'function'): ModulePath {
  const meant = path.replaceAll('\\', '/');
  if (layout === 'function') return { runtime: null, path: meant };
  if (!meant.startsWith('python/')) return { runtime: null, path: null };
  const [, runtime, inside] = /^python\/lib\/(python3\.\d{1,2})\/site-packages\/(.+)/s.exec(meant) ?? [];
  return { runtime: runtime ?? null, path: inside ?? meant.slice('python/'.length) };
}

/** `_yaml.cpython-311-x86_64-linux-gnu.so`: an extension module, and which Pythons look for it under that name. */
export interface Extension {
  /** Folders and name, without what is behind the first dot. */
  module: string;
  /** `cpython-311`, `abi3`. */
  abi: string;
}

/** Null for other files, and for a plain `.so`: it may be a module for any Python, and it may be a library. */
export function extensionOf(path: string): Extension | null {
  const found = /^((?:.*\/)?[^/.]+)\.(cpython-\d{2,4}[a-z]*|abi3|pypy\d+-pp\d+)[\w-]*\.so$/.exec(path);
  if (found === null) return null;
  const [, module, abi] = found as unknown as [whole: string, module: string, abi: string];
  return { module, abi };
}

/** Whether this runtime looks for an extension of that name. */
export function isFor({ abi }: Extension, runtime: string): boolean {
  return abi === 'abi3' || abi === `cpython-3${minorOf(runtime)}`;
}
