import type { Look, Sha256 } from '../../ports.js';
import { readBinary } from './binary.js';
import { newestGlibcIn } from './elf.js';
import type { Seen } from './reading.js';
import { findSecrets, type Secret } from './secrets.js';
import { isWheelFile, readWheelTags } from './wheel.js';

/** Of nearly every file. */
const nothing: Seen = { binary: null, secrets: [], tags: null };

/** What `Zip.walk` shows to learn what is inside an artefact. */
export function lookInside(sha256: Sha256): Look<Seen> {
  return ({ path, size }) => {
    let seen = nothing;
    return {
      show(piece, at, text) {
        const binary = at === 0 ? readBinary(piece, piece.length === size) : seen.binary;
        if (binary?.format === 'elf' && piece.length < size) binary.glibc = newer(binary.glibc, newestGlibcIn(text()));
        const tags = at === 0 && isWheelFile(path) ? readWheelTags(text()) : seen.tags;
        const secrets = findSecrets(path, text(), sha256);
        if (binary === null && tags === null && secrets.length === 0) return;
        seen = { binary, tags, secrets: distinct([...seen.secrets, ...secrets]) };
      },
      seen: () => seen,
    };
  };
}

/** Pieces overlap, so that a secret may be seen twice. */
function distinct(secrets: readonly Secret[]): Secret[] {
  return [...new Map(secrets.map((secret) => [secret.hash, secret])).values()];
}

function newer(a: number | null, b: number | null): number | null {
  return Math.max(a ?? 0, b ?? 0) || null;
}
