import type { Oid } from '../ports.js';
import { parseJsonBytes } from './json.js';
import type { Manifest } from './manifest.js';
import { artefactFile } from './names.js';
import { isVersion, type Version } from './version.js';

/** `layer_management/archive/{YYYY-MM}/manifest.json`: what lies in a month of the archive, for whoever has to go back. */
export interface ArchiveManifest {
  schema: 1;
  month: string;
  /** By file name. */
  artefacts: Record<string, ArchivedArtefact>;
}

export interface ArchivedArtefact {
  name: string;
  version: Version;
  sha256: string;
  size_bytes: number;
  git_sha: Oid | null;
  build_date: string | null;
  superseded_by: Version;
  /** ISO 8601, UTC. */
  archived_at: string;
  /** Environment to the ARN that it was published as. */
  arns: Record<string, string>;
}

/** Null for a file that is none: what people keep there is not overwritten unseen. */
export function readArchiveManifest(bytes: Uint8Array): ArchiveManifest | null {
  const { value, problems } = parseJsonBytes(bytes);
  const found = value as Partial<ArchiveManifest> | null | undefined;
  const isOne =
    problems.length === 0 && found?.schema === 1 && typeof found.artefacts === 'object' && found.artefacts !== null;
  return isOne ? (found as ArchiveManifest) : null;
}

/** Whether an entry says of itself what entries say: whoever edits the file by hand may leave anything there. */
export function isArchived(entry: unknown): entry is ArchivedArtefact {
  if (typeof entry !== 'object' || entry === null) return false;
  const { name, version, sha256, size_bytes, git_sha, build_date, superseded_by, arns } = entry as ArchivedArtefact;
  const texts = [name, sha256, ...Object.values(arns ?? {})];
  return (
    texts.every((text) => typeof text === 'string') &&
    [git_sha, build_date].every((text) => text === null || typeof text === 'string') &&
    [version, superseded_by].every((one) => typeof one === 'string' && isVersion(one)) &&
    Number.isSafeInteger(size_bytes) &&
    size_bytes >= 0
  );
}

export function archivedArtefact(
  manifest: Manifest,
  about: { name: string; sha256: string; size: number; supersededBy: Version; at: string },
): ArchivedArtefact {
  const arns = Object.entries(manifest.environments ?? {}).filter(([, { version }]) => version === manifest.version);
  return {
    name: about.name,
    version: manifest.version,
    sha256: about.sha256,
    size_bytes: about.size,
    git_sha: manifest.git_sha,
    build_date: manifest.build_date,
    superseded_by: about.supersededBy,
    archived_at: about.at,
    arns: Object.fromEntries(arns.map(([environment, { arn }]) => [environment, arn])),
  };
}

/** The month with these added; sorted by file, so that the same release writes the same bytes. */
export function withArchived(
  before: ArchiveManifest | null,
  month: string,
  added: readonly ArchivedArtefact[],
): ArchiveManifest {
  const artefacts = { ...before?.artefacts };
  for (const one of added) artefacts[artefactFile(one.name, one.version)] = one;
  const sorted = Object.entries(artefacts).sort(([a], [b]) => (a < b ? -1 : 1));
  return { schema: 1, month, artefacts: Object.fromEntries(sorted) };
}
