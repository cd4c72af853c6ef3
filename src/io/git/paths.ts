import { TextDecoder } from 'node:util';

const replacement = '�';

/**
 * Git's bytes as a path. What is not UTF-8 is shown as `\xNN` and kept exactly in base64, so two different names never
 * become one.
 */
export function decodePath(bytes: Buffer): { path: string; pathBytes?: string } {
  const path = bytes.toString('utf8');
  if (!path.includes(replacement) || Buffer.from(path, 'utf8').equals(bytes)) return { path };
  return { path: escapeBytes(bytes), pathBytes: bytes.toString('base64') };
}

function escapeBytes(bytes: Buffer): string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = validLength(bytes, at, decoder);
    text +=
      length > 0
        ? bytes.toString('utf8', at, at + length)
        : `\\x${(bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0')}`;
    at += Math.max(length, 1);
  }
  return text;
}

function validLength(bytes: Buffer, at: number, decoder: TextDecoder): number {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length++) {
    try {
      decoder.decode(bytes.subarray(at, at + length));
      return length;
    } catch {
      // Not whole yet, or never: the next length tells.
    }
  }
  return 0;
}
