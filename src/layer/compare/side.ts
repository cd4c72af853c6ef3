import type { Distribution } from './distributions.js';

/** What `compare` knows of one zip: digests and names, no contents. */
export interface Side {
  /** As it was named. */
  file: string;
  /** Of the zip, hex. */
  sha256: string;
  contentDigest: string;
  /** Of the zip, in bytes. */
  size: number;
  files: readonly SideFile[];
  distributions: readonly Distribution[];
}

export interface SideFile {
  path: string;
  mode: 0o644 | 0o755;
  /** Unpacked and packed, in bytes. */
  size: number;
  compressed: number;
  /** Of the content, hex. */
  sha256: string;
}

/** A layer's modules lie below `python/`; a function's, and a wheel's, at the root. */
export function layoutOf({ files }: Pick<Side, 'files'>): 'layer' | 'function' {
  return files.some(({ path }) => path.startsWith('python/')) ? 'layer' : 'function';
}
