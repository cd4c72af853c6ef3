import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readRegular } from '../../read-regular.js';
import { limits } from '../../zip/format.js';
import type { Download } from './installer.js';

/**
 * What a child left in a folder, by name. A build script is code of others, so whatever lies there may be anything, and
 * may still change: `problem` says so.
 */
export async function filesIn(folder: string): Promise<Download[] | { problem: string }> {
  const names = await readdir(folder).catch(said);
  if ('problem' in names) return names;
  const files: Download[] = [];
  for (const file of names.sort()) {
    const read = await readRegular(join(folder, file), limits.bytes).catch(said);
    if ('problem' in read) return { problem: `it left ${file} behind, and ${read.problem}` };
    files.push({ file, bytes: read.bytes });
  }
  return files;
}

const said = (error: Error) => ({ problem: error.message });
