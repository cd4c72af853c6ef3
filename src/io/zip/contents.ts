import { crc32 } from 'node:zlib';
import type { Look } from '../../ports.js';
import { readAlone, type Show } from './alone.js';
import { methods } from './format.js';
import type { Entry } from './header.js';
import type { Say } from './say.js';
import { inflater } from './together.js';
import type { OpenZip, Window } from './window.js';

/** Bytes, packed and unpacked, that are unpacked at a time, and that are under way while those before are looked at. */
const together = 1 << 20;
const ahead = 4 * together;

/** A content beyond this is never in memory as a whole. */
const large = 1 << 25;

/**
 * Reads the contents of a sound structure, checks them against what the directory says, and shows them to `look`.
 * Returns what was seen, in the order of the entries; null where there is nothing to read, or it cannot be read.
 */
export async function readContents<Seen>(
  zip: OpenZip,
  entries: readonly Entry[],
  look: Look<Seen>,
  say: Say,
): Promise<(Seen | null)[]> {
  const alone = zip.window();
  const seen = new Map<Entry, Seen>();
  for await (const { batch, contents } of unpackedAhead(zip.window(), entries)) {
    for (const entry of batch) {
      const eyes = look(entry);
      const content = contents?.get(entry) ?? storedWhole(alone, entry);
      const problem = content ? showWhole(content, eyes.show) : await readAlone(alone, entry, eyes.show);
      if (problem === null) seen.set(entry, eyes.seen());
      else say('broken', entry.path, problem);
    }
  }
  return entries.map((entry) => seen.get(entry) ?? null);
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

interface Unpacked {
  batch: Entry[];
  /** Null: something is wrong with one of them. */
  contents: Map<Entry, Buffer> | null;
}

async function* unpackedAhead(window: Window, entries: readonly Entry[]): AsyncIterable<Unpacked> {
  const inflate = inflater(window);
  const coming: { unpacked: Promise<Unpacked>; bytes: number }[] = [];
  let underWay = 0;
  for (const { batch, bytes } of batches(entries)) {
    const deflated = batch.filter(({ method, size }) => method === methods.deflated && size <= large);
    coming.push({ unpacked: inflate(deflated).then((contents) => ({ batch, contents })), bytes });
    underWay += bytes;
    while (underWay > ahead) {
      const first = coming.shift();
      if (first === undefined) break;
      yield await first.unpacked;
      underWay -= first.bytes;
    }
  }
  for (const { unpacked } of coming) yield await unpacked;
}

/** The files that can be read, as many at a time as make a batch; a large one makes a batch by itself. */
function* batches(entries: readonly Entry[]): Iterable<{ batch: Entry[]; bytes: number }> {
  let batch: Entry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    if (entry.kind === 'folder' || !entry.isReadable) continue;
    batch.push(entry);
    bytes += entry.size + entry.compressed;
    if (bytes < together) continue;
    yield { batch, bytes };
    batch = [];
    bytes = 0;
  }
  yield { batch, bytes };
}
