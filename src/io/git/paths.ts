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

function escapeBytes(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = [1, 2, 3, 4].find((bytesOfOne) => isUtf8(bytes.subarray(at, at + bytesOfOne))) ?? 0;
    text += length > 0 ? bytes.toString('utf8', at, at + length) : escaped(bytes[at] ?? 0);
    at += Math.max(length, 1);
  }
  return text;
}

function escaped(byte: number): string {
  return `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
