import { isUtf8 } from 'node:buffer';

const replacement = '�';

/**
 * Git's bytes as a path. What is not UTF-8 is shown as `\xNN` and kept exactly in base64, so two different names never
 * become one.
 */
export function decodePath(bytes: Buffer): { path: string; pathBytes?: string } {
  const path = bytes.toString('utf8');
  if (!path.includes(replacement) || isUtf8(bytes)) return { path };
  return { path: escapeBytes(bytes), pathBytes: bytes.toString('base64') };
}

/** The other way. */
export function encodePath({ path, pathBytes }: { path: string; pathBytes?: string }): Buffer {
  return pathBytes === undefined ? Buffer.from(path) : Buffer.from(pathBytes, 'base64');
}

function escapeBytes(bytes: Buffer): string {
  // Joined, not added one to the other: V8 would keep each piece as long as the whole.
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    const length = lengthOfOne(byte);
    const isOne = length > 0 && isUtf8(bytes.subarray(at, at + length));
    pieces.push(isOne ? bytes.toString('utf8', at, at + length) : escaped(byte));
    at += isOne ? length : 1;
  }
  return pieces.join('');
}

/** Bytes of a character of UTF-8 that begins with this one; 0: none does. */
function lengthOfOne(byte: number): number {
  if (byte < 0x80) return 1;
  return byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 0;
}

function escaped(byte: number): string {
  return `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
