import { crc32 } from 'node:zlib';
import type { Look } from '../../ports.js';
import { readAlone, type Show } from './alone.js';
import { methods } from './format.js';
import type { Entry } from './header.js';
import type { Say } from './say.js';
import { inflater } from './together.js';
import type { OpenZip, Window } from './window.js';

/** Bytes, packed and unpacked, that are unpacked at a time: no more than a processor's cache holds. */
const together = 1 << 18;

/** A content beyond this is never in memory as a whole. */
const large = 1 << 25;

/**
 * Reads the contents of these files of a sound structure, checks them against what the directory says, and shows them to
 * `look`. Returns what was seen; nothing of a file that cannot be read.
 */
export async function readContents<Seen>(
  zip: OpenZip,
  files: readonly Entry[],
  look: Look<Seen>,
  say: Say,
): Promise<Map<Entry, Seen>> {
  const window = zip.window();
  const inflate = inflater(window);
  const seen = new Map<Entry, Seen>();
  for (const batch of batches(files)) {
    const contents = inflate(batch.filter(({ method, size }) => method === methods.deflated && size <= large));
    for (const entry of batch) {
      const eyes = look(entry);
      const content = contents?.get(entry) ?? storedWhole(window, entry);
      const problem = content ? showWhole(content, eyes.show) : await readAlone(window, entry, eyes.show);
      if (problem === null) seen.set(entry, eyes.seen());
      else say('broken', entry.path, problem);
    }
  }
  return seen;
}

function showWhole(content: Buffer, show: Show): null {
  show(content, 0, () => content.toString('latin1'));
  return null;
}

/** A sound content that is there as it is; null: there is more to do, or to say. */
function storedWhole(window: Window, { method, start, end, size, crc }: Entry): Buffer | null {
  if (method !== methods.stored || size > large || end - start !== size) return null;
  const at = window.load(start, end);
  const content = window.buffer.subarray(at, at + size);
  return crc32(content) === crc ? content : null;
}

/** As many at a time as make a batch; a large one makes a batch by itself. */
function* batches(files: readonly Entry[]): Iterable<Entry[]> {
  let batch: Entry[] = [];
  let bytes = 0;
  for (const file of files) {
    batch.push(file);
    bytes += file.size + file.compressed;
    if (bytes < together) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  yield batch;
}
