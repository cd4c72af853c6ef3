/** What manifests record, and what git says of it. */

/**
 * How a commit that a manifest names stands to the judged one; `unknown` where the history of this clone is cut off,
 * `unnamed` where the manifest says that nobody recorded it.
 */
export type CommitStanding = 'unnamed' | 'before' | 'beside' | 'absent' | 'tag' | 'tree' | 'blob' | 'unknown';

/** A release as a manifest records it, and what git has to say of it. */
export interface RecordedRelease {
  layer: string;
  key: string;
  /** The manifest. */
  file: string;
  /** In front of the names of its fields: '' for the latest release, `environments.dev.` for an environment. */
  at: string;
  version: string;
  /** null: nobody recorded it. */
  gitSha: string | null;
  standing: CommitStanding;
  /** The layer's version at that commit, null where it has none; undefined where this clone cannot tell. */
  versionThere: string | null | undefined;
  /** In the judged tree. */
  versionNow: string | null;
  /** The tags it goes by, as this clone has them. */
  tags: { name: string; commit: string }[];
  /** Other accounts of its zip that say otherwise. */
  contradictions: { field: string; here: string | number; there: string | number; by: string }[];
  /** Where its fields stand, by their names without `at`; absent where they stand nowhere. */
  lines?: Readonly<Record<string, number>>;
}

export interface Records {
  releases: RecordedRelease[];
  /** Manifests of declared layers that the change takes away, and where they still are. */
  removed: { layer: string; file: string; version: string; base: string }[];
}
