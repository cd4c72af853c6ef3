import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { failure } from '../../errors.js';
import type { ZipSource } from '../../ports.js';

/** A part of a zip at a time, so that its size says nothing of the memory it takes. */
export interface Window {
  /**
   * Holds what was last loaded, and changes when more is; `view` looks at the same bytes, and reads numbers faster than
   * Buffer does.
   */
  buffer: Buffer;
  view: DataView;
  /** Makes bytes `start` to `end` of the zip, which must have them, part of both; returns where in them they begin. */
  load(start: number, end: number): number;
}

export interface OpenZip {
  size: number;
  /** As many as there are places to read side by side. */
  window(): Window;
  close(): void;
}

/** Fails with `zip-absent` where a path leads to no regular file. */
export function openZip(source: ZipSource): OpenZip {
  return typeof source === 'string' ? openFile(source) : openBytes(source);
}

function openBytes(bytes: Uint8Array): OpenZip {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { size: buffer.length, window: () => ({ buffer, view: viewOf(buffer), load: (start) => start }), close() {} };
}

function viewOf(buffer: Buffer): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
}

/** Loaded at once, in bytes: many small entries at the price of one read, into memory that a processor's cache holds. */
const stretch = 1 << 17;

function openFile(path: string): OpenZip {
  const absent = (problem: string, cause?: unknown) => failure('zip-absent', { file: path, problem }, cause);
  let fd: number;
  try {
    // O_NONBLOCK: a FIFO in place of a file must not hang us before we can see what it is.
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw absent(missing ? 'there is no such file' : String(error instanceof Error ? error.message : error), error);
  }
  const { size, isFile } = statOf(fd);
  if (!isFile) {
    closeSync(fd);
    throw absent('this is not a regular file');
  }
  return {
    size,
    window: () => fileWindow({ fd, size, absent }),
    close: () => closeSync(fd),
  };
}

function statOf(fd: number): { size: number; isFile: boolean } {
  const found = fstatSync(fd);
  return { size: found.size, isFile: found.isFile() };
}

interface File {
  fd: number;
  size: number;
  absent(problem: string): Error;
}

function fileWindow({ fd, size, absent }: File): Window {
  const room = Buffer.allocUnsafeSlow(stretch);
  const nothing = Buffer.alloc(0);
  let from = 0;
  const window: Window = {
    buffer: nothing,
    view: viewOf(nothing),
    load(start, end) {
      if (start >= from && end <= from + window.buffer.length) return start - from;
      const length = Math.min(Math.max(stretch, end - start), size - start);
      const next = length <= stretch ? room.subarray(0, length) : Buffer.allocUnsafeSlow(length);
      for (let read = 0; read < length; ) {
        const count = readSync(fd, next, read, length - read, start + read);
        if (count === 0) throw absent('it grew shorter while it was read');
        read += count;
      }
      window.buffer = next;
      window.view = viewOf(next);
      from = start;
      return 0;
    },
  };
  return window;
}
