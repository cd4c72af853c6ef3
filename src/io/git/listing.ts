import { mayCollide } from '../../layer/alike.js';
import { pathsIn } from '../../layer/paths.js';
import { sortedPaths } from '../../layer/sorted-paths.js';
import type { Entry, Listing, Oid } from '../../ports.js';
import { decodePath } from './paths.js';

/** How entries stand in bytes of git, one after the other, each with a NUL behind its path. Positions are of bytes. */
export interface Layout {
  bytes: Buffer;
  /** Of the first entry. */
  first: number;
  /** Behind the last one, or anything after it where `count` is exact. */
  end: number;
  /** How many there are at most. */
  count: number;
  /** Where an entry's path begins. */
  path(entry: number): number;
  /** The entry after one whose path ends here. */
  next(entry: number, pathEnd: number): number;
  describe(entry: number): { mode: string; oid: Oid };
  /** The first 28 bits of its object's name. */
  prefix(entry: number): number;
}

/** All entries of a tree. Where it is sorted as git makes trees, entries and folders are looked up without reading one. */
export interface Listed extends Listing<Entry> {
  sorted: boolean;
  entry(path: string): Entry | null;
  list(folder: string): Entry[];
  /** How many entries a folder has, and their bytes. Its name is in bytes too, each written as one character. */
  span(folder: string): { count: number; bytes: Buffer };
  /** Where reading the layout ended. */
  end: number;
}

export function listed(layout: Layout): Listed {
  const { text, starts, longest, entries, sorted, begun, end } = gather(layout);
  const { bytes, path: pathOf, describe } = layout;
  const paths = { text, starts, longest, ...sortedPaths({ text, starts }) };
  const encode = (part: string) => (/[^\0-\x7f]/.test(part) ? Buffer.from(part).toString('latin1') : part);
  const pathAt = (at: number) => {
    const start = pathOf(entries[at] ?? 0);
    return decodePath(bytes.subarray(start, bytes.indexOf(0, start)));
  };
  const item = (at: number): Entry => ({ ...pathAt(at), ...describe(entries[at] ?? 0) });
  return {
    ...pathsIn(paths, encode, item),
    *holding(oids) {
      const prefixes = new Set(Array.from(oids, (oid) => Number.parseInt(oid.slice(0, 7), 16)));
      for (let at = 0; at < entries.length; at++) {
        if (!prefixes.has(layout.prefix(entries[at] ?? 0))) continue;
        const found = item(at);
        if (oids.has(found.oid)) yield found;
      }
    },
    mayCollide: () => !sorted || mayCollide(paths, begun, (at) => pathAt(at).path, encode),
    sorted,
    entry(path) {
      const at = paths.placeOf(encode(path));
      return at === -1 ? null : item(at);
    },
    span(folder) {
      const [from, to] = folder === '' ? [0, entries.length] : paths.placesIn(folder);
      return { count: to - from, bytes: bytes.subarray(entries[from] ?? end, entries[to] ?? end) };
    },
    list(folder) {
      const [from, to] = paths.placesIn(encode(folder));
      return Array.from({ length: to - from }, (_, i) => item(from + i));
    },
    end,
  };
}

/** One pass over the bytes, in which each path is copied and compared with the one before it. */
function gather({ bytes, first, end, count: most, path, next }: Layout) {
  const text = Buffer.alloc(end - first + 1);
  const starts = new Uint32Array(most);
  const entries = new Uint32Array(most);
  const begun: number[] = [];
  let sorted = true;
  let longest = 0;
  let count = 0;
  let to = 1;
  let entry = first;
  for (; entry < end && count < most; count++) {
    let from = path(entry);
    let byte = bytes[from] ?? 0;
    let before = starts[count - 1] ?? 0;
    entries[count] = entry;
    starts[count] = to;
    for (; byte !== 0 && byte === text[before]; before++) {
      text[to++] = byte;
      byte = bytes[++from] ?? 0;
    }
    const other = text[before] ?? 0;
    if (count > 0 && byte <= other) sorted = false;
    if (count > 0 && other === 0) begun.push(count - 1);
    for (; byte !== 0; byte = bytes[++from] ?? 0) text[to++] = byte;
    longest = Math.max(longest, to - (starts[count] ?? 0));
    to++;
    entry = next(entry, from);
  }
  return {
    text: text.toString('latin1', 0, to),
    starts: starts.subarray(0, count),
    entries: entries.subarray(0, count),
    longest,
    sorted,
    begun,
    end: entry,
  };
}
