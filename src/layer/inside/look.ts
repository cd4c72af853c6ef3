import type { Look, Sha256 } from '../../ports.js';
import { readBinary } from './binary.js';
import { newestGlibcIn } from './elf.js';
import type { Seen } from './reading.js';
import { findSecrets, type Secret } from './secrets.js';
import { isWheelFile, readWheelTags } from './wheel.js';

/** What `Zip.walk` shows to learn what is inside an artefact. */
export function lookInside(sha256: Sha256): Look<Seen> {
  return ({ path, size }) => {
    const seen: Seen = { binary: null, secrets: [], tags: null };
    const secrets = new Map<string, Secret>();
    return {
      show(piece, at, text) {
        if (at === 0) seen.binary = readBinary(piece, piece.length === size);
        if (piece.length < size && seen.binary?.format === 'elf') {
          seen.binary.glibc = newer(seen.binary.glibc, newestGlibcIn(text()));
        }
        if (isWheelFile(path) && at === 0) seen.tags = readWheelTags(text());
        for (const secret of findSecrets(path, text(), sha256)) secrets.set(secret.hash, secret);
      },
      seen: () => ({ ...seen, secrets: [...secrets.values()] }),
    };
  };
}

function newer(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
