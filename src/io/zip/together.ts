import { gunzipSync } from 'node:zlib';
import type { Entry } from './header.js';
import type { Window } from './window.js';

/** What each of them holds; null where anything is wrong with any of them. */
export type Inflate = (entries: readonly Entry[]) => Map<Entry, Buffer> | null;

/**
 * Inflates many deflated entries in one call: dressed as the members of one gzip file, which zlib takes one after the
 * other, and whose CRC-32 and sizes it checks itself. A call for each entry costs a quarter more, the thread pool more than
 * half as much again.
 */
export function inflater(window: Window): Inflate {
  // Memory that is used again costs less than new memory, and its collection.
  let room = Buffer.alloc(0);
  return (entries) => {
    const length = entries.reduce((sum, { start, end }) => sum + head.length + end - start + tailLength, 0);
    if (room.length < length) room = Buffer.allocUnsafeSlow(Math.ceil(length * 1.2));
    const file = room.subarray(0, length);
    const starts = dress(window, entries, file);
    return hasOtherMembers(file, starts) ? null : unzip(file, entries);
  };
}

function unzip(file: Buffer, entries: readonly Entry[]): Map<Entry, Buffer> | null {
  const size = entries.reduce((sum, entry) => sum + entry.size, 0);
  // One byte more than needed, or zlib asks for a second buffer to see that nothing follows.
  const options = { chunkSize: Math.max(size + 1, 64), maxOutputLength: Math.max(size, 1) };
  try {
    const content = gunzipSync(file, options);
    return content.length === size ? cut(content, entries) : null;
  } catch {
    return null;
  }
}

function cut(content: Buffer, entries: readonly Entry[]): Map<Entry, Buffer> {
  const contents = new Map<Entry, Buffer>();
  let at = 0;
  for (const entry of entries) {
    contents.set(entry, content.subarray(at, at + entry.size));
    at += entry.size;
  }
  return contents;
}

/** Deflated, no name, no time. */
const head = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
const tailLength = 8;

/** Where the members begin. */
function dress(window: Window, entries: readonly Entry[], file: Buffer): Set<number> {
  const starts = new Set<number>();
  let to = 0;
  for (const { start, end, crc, size } of entries) {
    starts.add(to);
    to += head.copy(file, to);
    const at = window.load(start, end);
    to += window.buffer.copy(file, to, at, at + end - start);
    to = file.writeUInt32LE(crc, to);
    to = file.writeUInt32LE(size, to);
  }
  return starts;
}

/**
 * An entry that ends early could go on with a gzip file of its own, and so hide what others do not see. Such a file
 * begins as ours do; chance writes that too, so the entries are not refused for it, only read one by one.
 */
function hasOtherMembers(file: Buffer, starts: ReadonlySet<number>): boolean {
  const magic = head.subarray(0, 3);
  for (let at = file.indexOf(magic); at !== -1; at = file.indexOf(magic, at + 1)) {
    if (!starts.has(at)) return true;
  }
  return false;
}
