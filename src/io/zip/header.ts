import { judgeExtra } from './extra.js';
import { methods, signatures, sizes, utf8Flag, versionNeeded } from './format.js';
import { readMode } from './mode.js';
import type { Say } from './say.js';
import type { Window } from './window.js';

/** One entry, as the central directory has it. */
export interface Entry {
  /** Without the trailing slash of a folder. */
  path: string;
  kind: 'file' | 'folder';
  mode: 0o644 | 0o755;
  method: number;
  crc: number;
  compressed: number;
  /** Unpacked, in bytes. */
  size: number;
  /** Deflated or stored, and not encrypted. */
  isReadable: boolean;
  /** Its sizes follow its data. */
  hasDescriptor: boolean;
  /** Where the local header is said to be. */
  offset: number;
  /** Of the name, and of the whole record, in bytes. */
  nameLength: number;
  length: number;
  /** Of the compressed data in the zip; known when the local header was read. */
  start: number;
  end: number;
}

const flag = { encrypted: 0x0001, descriptor: 0x0008, patch: 0x0020, strong: 0x2040 } as const;
// Bits 1 and 2 tell how hard deflate tried.
const understood = 0x0006 | utf8Flag | flag.encrypted | flag.descriptor | flag.patch | flag.strong;

/**
 * The record at `start` of the zip; null where the directory, which ends at `limit`, breaks off in it. `index` counts
 * from 0, for entries whose name says nothing.
 */
export function readHeader(zip: Window, start: number, limit: number, index: number, say: Say): Entry | null {
  const length = start + sizes.central > limit ? null : recordLength(zip, start);
  if (length === null || start + length > limit) return null;
  const at = zip.load(start, start + length);
  const { buffer, view } = zip;

  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const nameAt = at + sizes.central;
  const nameLength = view.getUint16(at + 28, true);
  const extraAt = nameAt + nameLength;
  const text = decodeName(buffer, nameAt, extraAt, flags, index, say);
  const isReadable = judgeFeatures(view, at, flags, method, text, say);
  judgeExtra(view, extraAt, extraAt + view.getUint16(at + 30, true), text, say);
  const isFolder = text.endsWith('/');
  return {
    path: isFolder ? text.slice(0, -1) : text,
    kind: isFolder ? 'folder' : 'file',
    mode: readMode(view, at, text, say),
    method,
    crc: view.getUint32(at + 16, true),
    compressed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    isReadable,
    hasDescriptor: (flags & flag.descriptor) !== 0,
    offset: view.getUint32(at + 42, true),
    nameLength,
    length,
    start: 0,
    end: 0,
  };
}

/** Null where there is no record. */
function recordLength(zip: Window, start: number): number | null {
  const at = zip.load(start, start + sizes.central);
  const { view } = zip;
  if (view.getUint32(at, true) !== signatures.central) return null;
  return sizes.central + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
}

const ascii = /^[\x00-\x7f]*$/;

/** Without the UTF-8 flag a name's other bytes mean what the reader's system likes. */
function decodeName(record: Buffer, start: number, end: number, flags: number, index: number, say: Say): string {
  const text = record.toString('latin1', start, end);
  if (ascii.test(text)) return text;
  if (flags & utf8Flag) {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(record.subarray(start, end));
    } catch {
      // Said below.
    }
  }
  say('name', null, `the name of entry ${index + 1} is neither ASCII nor marked and valid UTF-8`);
  return text;
}

/** Whether the content can be read. */
function judgeFeatures(view: DataView, at: number, flags: number, method: number, path: string, say: Say): boolean {
  const isPlain = method === methods.stored || method === methods.deflated;
  if (flags & flag.encrypted) say('broken', path, 'encrypted');
  if (flags & flag.patch) say('broken', path, 'patch data');
  if (flags & flag.strong) say('broken', path, 'strongly encrypted');
  if (flags & ~understood) say('broken', path, 'flagged in a way that is not understood');
  if (flags & flag.descriptor) {
    const what = 'written with a data descriptor, whose sizes readers find in two ways';
    say('broken', path, what, 'data-descriptors');
  }
  if (!isPlain) say('broken', path, `compressed by method ${method}`);
  if (view.getUint16(at + 6, true) > versionNeeded) say('broken', path, 'it needs a newer unpacker than all have');
  if (view.getUint16(at + 32, true) !== 0) say('broken', path, 'it has a comment');
  if (view.getUint16(at + 34, true) !== 0) say('broken', path, 'it is on another disk');
  return isPlain && (flags & (flag.encrypted | flag.strong | flag.patch)) === 0;
}
