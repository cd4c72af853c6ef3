import type { ArchiveManifest } from '../layer/archive-manifest.js';
import type { Layer } from '../layer/declarations.js';
import type { Manifest } from '../layer/manifest.js';
import type { Measured } from '../layer/measured.js';
import type { Artefact, Oid, PublishedVersion, StoredObject, TagInfo } from '../ports.js';

/** The world as the planner sees it: plain data, looked at once. */
export interface ReleaseState {
  commit: Oid;
  /** Committer date of that commit, seconds since the epoch. */
  commitTime: number;
  branch: string | null;
  /** When it was looked at, ISO 8601 UTC. */
  date: string;
  user: string;
  environment: string;
  /** Declared ones, in order. */
  environments: string[];
  layers: LayerState[];
  /** The manifest of this month's archive at HEAD. */
  archiveMonth: ArchiveManifest | null;
}

export interface LayerState {
  layer: Layer;
  artefact: Omit<Artefact, 'bytes' | 'files' | 'left'>;
  measured: Measured;
  /** Under the artefact's key. */
  object: StoredObject | null;
  versions: PublishedVersion[];
  /** At HEAD. */
  manifest: Manifest | null;
  hasReadme: boolean;
  tagged: TagInfo | null;
  /** The zip that the manifest at HEAD speaks of, when it is another release than this one. */
  previous: PreviousArtefact | null;
}

export interface PreviousArtefact {
  version: string;
  sha256: string;
  size: number;
  /** Where in the archive it lies already. */
  archivedAs: string | null;
}
