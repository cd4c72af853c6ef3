import type { Sha256 } from '../ports.js';
import { byUtf8 } from './order.js';

export interface DigestedFile {
  /** From the root of the zip. */
  path: string;
  mode: 0o644 | 0o755;
  /** Of the content, hex. */
  sha256: string;
}

/**
 * Names what an artefact holds, however it is compressed: sha256 over the sorted lines
 * `{mode} {path}\0{sha256 of content}\n`. The mode is printed as the zip's permissions are written down everywhere else,
 * `0644` or `0755` (not git's `100644`: an artefact has files only, so the type says nothing). Lines are sorted by their
 * UTF-8 bytes, which is by mode first.
 */
export function contentDigest(files: readonly DigestedFile[], sha256: Sha256): string {
  return sha256(files.map(line).sort(byUtf8).join(''));
}

function line({ path, mode, sha256 }: DigestedFile): string {
  return `0${mode.toString(8)} ${path}\0${sha256}\n`;
}
