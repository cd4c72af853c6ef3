import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import type { Look } from '../../ports.js';
import { methods } from './format.js';
import type { Entry } from './header.js';
import type { Window } from './window.js';

export type Show = ReturnType<Look<unknown>>['show'];

/** A content comes in pieces of this size, in bytes; that they overlap is the port's promise. */
const piece = 1 << 20;
const overlap = 1024;

const damaged = 'its content is damaged, or larger than it says';

/** Reads one content piece by piece, so that its size says nothing of the memory it takes. What is wrong with it, or null. */
export async function readAlone(window: Window, entry: Entry, show: Show): Promise<string | null> {
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
      total += next.length;
      last = shown;
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
    // The window is loaded again before the stream has done with this.
    yield Buffer.from(window.buffer.subarray(at, at + to - from));
  }
}

function verify(entry: Entry, found: { size: number; crc: number; used: number }): string | null {
  if (found.size !== entry.size) return 'its content is not as large as it says';
  // Deflate ends by itself; bytes behind that end would be seen by nobody, so nobody should have put them there.
  if (found.used !== entry.compressed) return 'bytes are hidden behind its content';
  return found.crc === entry.crc ? null : 'its content is damaged (CRC-32)';
}
