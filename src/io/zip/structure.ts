import { pathProblem, watchCollisions } from '../../layer/artefact-path.js';
import { isBomb, limits, methods, signatures, sizes } from './format.js';
import { type EntryHeader, readHeader } from './header.js';
import type { Refuse } from './refusal.js';

/**
 * Zip readers differ: some trust the directory at the end, some the headers in front of each file, some search for
 * either. A zip passes here when all of them must see the same files: no byte is out of account from the first to the
 * last, and whatever is said twice is said the same way. Nothing is inflated; one walk, front and back side by side.
 */

export interface Extent {
  path: string;
  kind: 'file' | 'folder';
  mode: 0o644 | 0o755;
  method: number;
  crc: number;
  /** Unpacked, in bytes. */
  size: number;
  /** Of the compressed data in the zip. */
  start: number;
  end: number;
}

/** Entries in the order they lie in the zip; throws what `refuse` makes of the first thing wrong. */
export function readStructure(zip: Buffer, refuse: Refuse): Extent[] {
  const directory = readFrame(zip, refuse);
  const collides = watchCollisions();
  const extents: Extent[] = [];
  let central = directory.start;
  let local = 0;
  let total = 0;
  for (let index = 0; index < directory.count; index++) {
    const header = readHeader(zip, central, directory.end, index, refuse);
    const start = matchLocal(zip, header, central, local, directory.start, refuse);
    const end = start + header.compressed;
    if (end > directory.start) throw refuse(`${header.path}: its data runs into the directory`);
    judgeContent(header, refuse);
    total += header.size;
    if (total > limits.bytes) throw refuse(`it unpacks to more than ${limits.bytes} bytes, which Lambda refuses`);
    judgePath(header, collides, refuse);
    const { path, kind, mode, method, crc, size } = header;
    extents.push({ path, kind, mode, method, crc, size, start, end });
    central += header.length;
    local = end;
  }
  if (central !== directory.end) throw refuse('its directory holds more than the entries it counts');
  if (local !== directory.start) throw refuse('bytes lie between the files and the directory that belong to neither');
  return extents;
}

/** Where the central directory is: the end record must be the last thing, and the directory right in front of it. */
function readFrame(zip: Buffer, refuse: Refuse): { start: number; end: number; count: number } {
  if (zip.length > limits.bytes) throw refuse(`it is larger than ${limits.bytes} bytes`);
  const end = zip.length - sizes.end;
  if (end < 0 || zip.readUInt32LE(end) !== signatures.end) {
    throw refuse('it does not end as a zip does: it is cut off, or something (a comment?) was appended');
  }
  const count = zip.readUInt16LE(end + 10);
  const size = zip.readUInt32LE(end + 12);
  const start = zip.readUInt32LE(end + 16);
  if (zip.readUInt32LE(end + 4) !== 0 || zip.readUInt16LE(end + 8) !== count) throw refuse('it spans several disks');
  if (zip.readUInt16LE(end + 20) !== 0) throw refuse('it has a comment');
  if (count > limits.entries) throw refuse(`it has more than ${limits.entries} entries`);
  if (start + size !== end) {
    throw refuse('its directory is not where the end record says: zip64, or something was put in front or between');
  }
  return { start, end, count };
}

/** The local header must say what the central one says; returns where the data starts. */
function matchLocal(
  zip: Buffer,
  header: EntryHeader,
  central: number,
  local: number,
  limit: number,
  refuse: Refuse,
): number {
  const { path } = header;
  if (header.offset !== local)
    throw refuse(`${path}: it overlaps another entry, or bytes in front of it belong to none`);
  const nameAt = local + sizes.local;
  const extraAt = nameAt + header.nameLength;
  if (extraAt > limit || zip.readUInt32LE(local) !== signatures.local) throw refuse(`${path}: no local header`);
  // Version, flags, method, time, date, CRC, both sizes, length of the name: 24 bytes in the same order in both.
  if (zip.compare(zip, central + 6, central + 30, local + 4, local + 28) !== 0) {
    throw refuse(`${path}: the directory and the local header do not say the same`);
  }
  const name = central + sizes.central;
  if (zip.compare(zip, name, name + header.nameLength, nameAt, extraAt) !== 0) {
    throw refuse(`${path}: the local header has another name`);
  }
  const start = extraAt + zip.readUInt16LE(local + 28);
  if (start > limit) throw refuse(`${path}: its local header runs into the directory`);
  header.judgeExtra(extraAt, start);
  return start;
}

function judgeContent(header: EntryHeader, refuse: Refuse): void {
  const { path, kind, size, compressed, method, crc } = header;
  if (method === methods.stored && size !== compressed) throw refuse(`${path}: stored, yet its two sizes differ`);
  if (kind === 'folder' && (size !== 0 || compressed !== 0 || crc !== 0)) throw refuse(`${path}: a folder with data`);
  if (isBomb(size, compressed)) throw refuse(`${path}: unpacks to more than ${limits.ratio} times its size`);
}

function judgePath({ path, kind }: EntryHeader, collides: ReturnType<typeof watchCollisions>, refuse: Refuse): void {
  const problem = pathProblem(path);
  if (problem !== null) throw refuse(`${path === '' ? 'an entry' : path}: ${problem}`);
  const other = collides(path, kind);
  if (other !== null) throw refuse(`${path}: some systems take it for ${other}, which is there too`);
}
