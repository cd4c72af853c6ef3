import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw, type InflateRaw, inflateRaw } from 'node:zlib';
import type { Look } from '../../ports.js';
import { methods } from './format.js';
import type { Entry, Say } from './header.js';
import type { OpenZip, Window } from './window.js';

/** Contents are read some at a time: the thread pool inflates them while those before are looked at. */
const batch = { files: 128, bytes: 1 << 24 } as const;

/** What is larger comes in pieces; that they overlap is the port's promise. Bytes. */
const large = 1 << 25;
const piece = 1 << 22;
const overlap = 1024;

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
  // What is on its way through the thread pool must not change.
  const window = zip.window({ keeps: true });
  const seen: (Seen | null)[] = [];
  const readOne = async (entry: Entry): Promise<Seen | null> => {
    if (entry.kind === 'folder' || !entry.isReadable) return null;
    const eyes = look(entry);
    const problem =
      entry.size > large ? await readPieces(window, entry, eyes.show) : await readWhole(window, entry, eyes.show);
    if (problem === null) return eyes.seen();
    say('broken', entry.path, problem);
    return null;
  };
  for (const some of batches(entries)) seen.push(...(await Promise.all(some.map(readOne))));
  return seen;
}

function* batches(entries: readonly Entry[]): Iterable<Entry[]> {
  let some: Entry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    some.push(entry);
    bytes += entry.size + entry.end - entry.start;
    if (some.length < batch.files && bytes < batch.bytes) continue;
    yield some;
    some = [];
    bytes = 0;
  }
  yield some;
}

type Show = ReturnType<Look<unknown>>['show'];

const damaged = 'its content is damaged, or larger than it says';
// Deflate ends by itself; bytes behind that end would be seen by nobody, so nobody should have put them there.
const hidden = 'bytes are hidden behind its content';

/** What is wrong with the content, or null. */
async function readWhole(window: Window, entry: Entry, show: Show): Promise<string | null> {
  const { start, end, size, method } = entry;
  const at = window.load(start, end);
  const data = window.buffer.subarray(at, at + end - start);
  const inflated = method === methods.stored ? { bytes: data, used: data.length } : await inflate(data, size);
  if (inflated === null) return damaged;
  const { bytes, used } = inflated;
  const problem = verify(entry, { size: bytes.length, crc: crc32(bytes), used });
  if (problem === null) show(bytes, 0, () => bytes.toString('latin1'));
  return problem;
}

function inflate(data: Buffer, size: number): Promise<{ bytes: Buffer; used: number } | null> {
  // One byte more than needed, or zlib asks for a second buffer to see that nothing follows.
  const options = { info: true, chunkSize: Math.max(size + 1, 64), maxOutputLength: Math.max(size, 1) };
  return new Promise((resolve) => {
    inflateRaw(data, options, (error, result) => {
      if (error) return resolve(null);
      // With `info` it gives this pair; the types do not know.
      const { buffer, engine } = result as unknown as { buffer: Buffer; engine: InflateRaw };
      resolve({ bytes: buffer, used: engine.bytesWritten });
    });
  });
}

async function readPieces(window: Window, entry: Entry, show: Show): Promise<string | null> {
  const { start, end, size, method } = entry;
  let total = 0;
  let crc = 0;
  let last = Buffer.alloc(0);
  const consume = async (pieces: AsyncIterable<Buffer>) => {
    for await (const next of pieces) {
      if (total + next.length > size) throw new Error(damaged);
      crc = crc32(next, crc);
      const tail = last.subarray(-overlap);
      const shown = Buffer.concat([tail, next]);
      show(shown, total - tail.length, () => shown.toString('latin1'));
      last = shown;
      total += next.length;
    }
  };
  const packed = Readable.from(parts(window, start, end));
  if (method === methods.stored) {
    await consume(packed);
    return verify(entry, { size: total, crc, used: total });
  }
  const engine = createInflateRaw({ chunkSize: piece });
  try {
    await pipeline(packed, engine, consume);
  } catch {
    return damaged;
  }
  return verify(entry, { size: total, crc, used: engine.bytesWritten });
}

function* parts(window: Window, start: number, end: number): Iterable<Buffer> {
  for (let from = start; from < end; from += piece) {
    const to = Math.min(from + piece, end);
    const at = window.load(from, to);
    yield window.buffer.subarray(at, at + to - from);
  }
}

function verify(entry: Entry, found: { size: number; crc: number; used: number }): string | null {
  if (found.size !== entry.size) return 'its content is not as large as it says';
  if (found.used !== entry.end - entry.start) return hidden;
  return found.crc === entry.crc ? null : 'its content is damaged (CRC-32)';
}
