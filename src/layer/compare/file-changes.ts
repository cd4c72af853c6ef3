import { byUtf8 } from '../order.js';
import type { Side, SideFile } from './side.js';

export interface FileChanges {
  added: SideFile[];
  removed: SideFile[];
  changed: { before: SideFile; after: SideFile }[];
  unchanged: number;
}

/** By content and mode, sorted by path; how a file was packed is no difference. */
export function fileChanges(before: Pick<Side, 'files'>, after: Pick<Side, 'files'>): FileChanges {
  const known = new Map(before.files.map((file) => [file.path, file]));
  const changes: FileChanges = { added: [], removed: [], changed: [], unchanged: 0 };
  for (const file of after.files) {
    const there = known.get(file.path);
    known.delete(file.path);
    if (there === undefined) changes.added.push(file);
    else if (there.sha256 === file.sha256 && there.mode === file.mode) changes.unchanged += 1;
    else changes.changed.push({ before: there, after: file });
  }
  changes.removed.push(...known.values());
  changes.added.sort(byPath);
  changes.removed.sort(byPath);
  changes.changed.sort((a, b) => byPath(a.after, b.after));
  return changes;
}

const byPath = (a: SideFile, b: SideFile) => byUtf8(a.path, b.path);
