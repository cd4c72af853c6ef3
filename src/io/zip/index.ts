import type { Zip } from '../../ports.js';
import { openKept } from './kept.js';
import { readZip } from './read.js';
import { walkZip } from './walk.js';
import { writeZip } from './write.js';

export const zip: Zip = { write: (entries) => writeZip(entries), read: readZip, walk: walkZip };

/** The same, remembering below that folder what it compressed. */
export function keepingZip(folder: () => Promise<string>, version: string): Zip {
  return {
    ...zip,
    write: async (entries, keepAs) =>
      writeZip(entries, keepAs === undefined ? null : await openKept(await folder(), keepAs, version)),
  };
}
