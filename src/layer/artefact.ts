import type { Artefact, ArtefactEntry, Oid, Sha256 } from '../ports.js';
import { contentDigest } from './digest.js';
import { artefactFile } from './names.js';
import { dependenciesIn } from './packages/dependencies.js';
import type { Version } from './version.js';

export type { Artefact, ArtefactFile } from '../ports.js';

export interface Finished {
  name: string;
  version: Version;
  gitSha: Oid;
  /** Of that commit, seconds since the epoch. */
  time: number;
  /** In the order of the zip. */
  entries: readonly ArtefactEntry[];
  /** The zip. */
  bytes: Uint8Array;
  left: string[];
}

/** All that is known of a finished zip; every build method ends here. */
export function describeArtefact(finished: Finished, sha256: Sha256): Artefact {
  const { name, version, gitSha, time, entries, bytes, left } = finished;
  const files = entries.map((entry) => ({
    path: entry.path,
    mode: entry.mode,
    sha256: sha256(entry.bytes),
    size: entry.bytes.length,
  }));
  return {
    name,
    version,
    file: artefactFile(name, version),
    bytes,
    sha256: sha256(bytes),
    size: bytes.length,
    contentDigest: contentDigest(files, sha256),
    gitSha,
    buildDate: isoDate(time),
    dependencies: dependenciesIn(entries),
    files,
    left,
  };
}

/** `2026-01-15T12:00:00Z`, from seconds since the epoch. */
export function isoDate(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
