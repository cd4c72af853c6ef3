import { folderType, methods, regularFile, signatures, sizes, unix, utf8Flag, versionNeeded } from './format.js';
import type { Refuse } from './refusal.js';

/** One record of the central directory, read and judged by itself. */
export interface EntryHeader {
  /** Without the trailing slash of a folder. */
  path: string;
  kind: 'file' | 'folder';
  /** Of the name in the record, in bytes. */
  nameLength: number;
  mode: 0o644 | 0o755;
  method: number;
  crc: number;
  compressed: number;
  size: number;
  /** Where the local header is said to be. */
  offset: number;
  /** Of the whole record. */
  length: number;
  /** Judges extra fields at other places (the local header's) by the same rules. */
  judgeExtra(start: number, end: number): void;
}

const features: readonly [mask: number, what: string][] = [
  [0x0001, 'encrypted'],
  [0x0008, 'written with a data descriptor, whose sizes readers find in two ways'],
  [0x0020, 'patch data'],
  [0x2040, 'strongly encrypted'],
  // Bits 1 and 2 tell how hard deflate tried, bit 11 that the name is UTF-8.
  [~(0x0006 | utf8Flag) & 0xffff, 'flagged in a way that is not understood'],
];

/** Times and owners, which change nothing about the content. Unicode paths, zip64, AES and unknown ones could. */
const harmlessExtra = new Set([0x5455, 0x7875, 0x5855, 0x000a, 0xcafe]);

export function readHeader(zip: Buffer, at: number, limit: number, index: number, refuse: Refuse): EntryHeader {
  const nameAt = at + sizes.central;
  if (nameAt > limit || zip.readUInt32LE(at) !== signatures.central) {
    throw refuse(`its directory breaks off at entry ${index + 1}`);
  }
  const extraAt = nameAt + zip.readUInt16LE(at + 28);
  const end = extraAt + zip.readUInt16LE(at + 30);
  if (end > limit) throw refuse(`its directory breaks off in entry ${index + 1}`);
  const flags = zip.readUInt16LE(at + 8);
  const text = decodeName(zip, nameAt, extraAt, flags, index, refuse);
  const bad = (problem: string) => refuse(`${text === '' ? `entry ${index + 1}` : text}: ${problem}`);

  for (const [mask, what] of features) if (flags & mask) throw bad(what);
  const method = zip.readUInt16LE(at + 10);
  if (method !== methods.stored && method !== methods.deflated) throw bad(`compressed by method ${method}`);
  if (zip.readUInt16LE(at + 6) > versionNeeded) throw bad('it needs a newer unpacker than all have');
  if (zip.readUInt16LE(at + 32) !== 0) throw bad('it has a comment');
  if (zip.readUInt16LE(at + 34) !== 0) throw bad('it is on another disk');
  if (zip[at + 5] !== unix) throw bad('it has no Unix permissions');

  const judgeExtra = (from: number, to: number) => readExtra(zip, from, to, bad);
  judgeExtra(extraAt, end);
  const kind = text.endsWith('/') ? 'folder' : 'file';
  return {
    path: kind === 'folder' ? text.slice(0, -1) : text,
    kind,
    nameLength: extraAt - nameAt,
    mode: readMode(zip.readUInt32LE(at + 38), kind, bad),
    method,
    crc: zip.readUInt32LE(at + 16),
    compressed: zip.readUInt32LE(at + 20),
    size: zip.readUInt32LE(at + 24),
    offset: zip.readUInt32LE(at + 42),
    length: end - at,
    judgeExtra,
  };
}

const ascii = /^[\x00-\x7f]*$/;

/** Without the UTF-8 flag a name's other bytes mean what the reader's system likes. */
function decodeName(zip: Buffer, start: number, end: number, flags: number, index: number, refuse: Refuse): string {
  const text = zip.toString('latin1', start, end);
  if (ascii.test(text)) return text;
  if (flags & utf8Flag) {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(zip.subarray(start, end));
    } catch {
      // Said below.
    }
  }
  throw refuse(`the name of entry ${index + 1} is neither ASCII nor marked and valid UTF-8`);
}

/** Lambda runs as another user: what not everybody may read is not there. */
function readMode(attributes: number, kind: 'file' | 'folder', bad: (problem: string) => Error): 0o644 | 0o755 {
  const mode = attributes >>> 16;
  const type = mode & 0o170000;
  if (type !== 0 && type !== (kind === 'folder' ? folderType : regularFile)) {
    throw bad('neither a plain file nor a folder (a link, a device, …)');
  }
  if (kind === 'file' && attributes & 0x10) throw bad('a file that is also marked as a folder');
  if (mode & 0o7000) throw bad('it has a setuid, setgid or sticky bit');
  const needed = kind === 'folder' ? 0o555 : 0o444;
  if ((mode & needed) !== needed) throw bad(`not everybody may read it (mode ${(mode & 0o777).toString(8)})`);
  return mode & 0o111 ? 0o755 : 0o644;
}

function readExtra(zip: Buffer, start: number, end: number, bad: (problem: string) => Error): void {
  for (let at = start; at < end; ) {
    if (at + 4 > end) throw bad('a broken extra field');
    const id = zip.readUInt16LE(at);
    if (!harmlessExtra.has(id))
      throw bad(`an extra field that changes meaning (0x${id.toString(16).padStart(4, '0')})`);
    at += 4 + zip.readUInt16LE(at + 2);
    if (at > end) throw bad('a broken extra field');
  }
}
