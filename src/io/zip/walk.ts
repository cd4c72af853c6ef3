import { createHash } from 'node:crypto';
import type { Look, WalkedZip, ZipSource } from '../../ports.js';
import { readContents } from './contents.js';
import { limits } from './format.js';
import { readStructure } from './structure.js';
import { type OpenZip, openZip } from './window.js';

/** The walk of the port: structure first, and contents where the structure is sound. */
export async function walkZip<Seen>(source: ZipSource, look: Look<Seen>): Promise<WalkedZip<Seen>> {
  const zip = openZip(source);
  try {
    const { entries, problems, isSound, say } = readStructure(zip);
    const seen = isSound ? await readContents(zip, entries, look, say) : [];
    const files = entries.flatMap(({ kind, path, mode, size, compressed, crc }, index) =>
      kind === 'folder' ? [] : [{ path, mode, size, compressed, crc, seen: seen[index] ?? null }],
    );
    return { size: zip.size, sha256: digest(zip), files, problems };
  } finally {
    zip.close();
  }
}

const stretch = 1 << 17;

function digest(zip: OpenZip): string | null {
  if (zip.size > limits.bytes) return null;
  const hash = createHash('sha256');
  const window = zip.window();
  for (let start = 0; start < zip.size; start += stretch) {
    const end = Math.min(start + stretch, zip.size);
    const at = window.load(start, end);
    hash.update(window.buffer.subarray(at, at + end - start));
  }
  return hash.digest('hex');
}
