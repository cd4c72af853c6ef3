import { createHash } from 'node:crypto';
import type { Look, WalkedZip, ZipSource } from '../../ports.js';
import { readContents } from './contents.js';
import { limits } from './format.js';
import type { Entry } from './header.js';
import { readStructure } from './structure.js';
import { type OpenZip, openZip } from './window.js';

/** The walk of the port: structure first, and contents where the structure is sound. */
export async function walkZip<Seen>(
  source: ZipSource,
  look: Look<Seen>,
  only?: ReadonlySet<string>,
): Promise<WalkedZip<Seen>> {
  const zip = openZip(source);
  try {
    const { entries, problems, isSound, say } = readStructure(zip);
    const seen = isSound ? await readContents(zip, wanted(entries, only), look, say) : new Map<Entry, Seen>();
    const files = entries.flatMap((entry) => {
      const { kind, path, mode, size, compressed, crc } = entry;
      return kind === 'folder' ? [] : [{ path, mode, size, compressed, crc, seen: seen.get(entry) ?? null }];
    });
    return { size: zip.size, sha256: digest(zip), files, problems };
  } finally {
    zip.close();
  }
}

function wanted(entries: readonly Entry[], only: ReadonlySet<string> | undefined): Entry[] {
  const isWanted = ({ path }: Entry) => only === undefined || only.has(path);
  return entries.filter((entry) => entry.kind === 'file' && entry.isReadable && isWanted(entry));
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
