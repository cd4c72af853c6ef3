/** What VERSION says, and what it is compared with. */
import type { VersionFileProblem } from '../../layer/version-file.js';

/** Whether VERSION says what the policy needs; null values are missing keys. */
export interface VersionKeys {
  path: string;
  exists: boolean;
  problems: VersionFileProblem[];
  declared: { name: string; key: string; value: string | null; line: number | null }[];
  /** Keys of `versioned` that are not in the file; their values are free. */
  missingVersioned: string[];
}

/** A state of something versioned: its VERSION value and an identity of its content, null where it is absent. */
export interface VersionedState {
  version: string | null;
  content: string | null;
}

/** One declared layer, function or `versioned` key, now and where it is compared with. */
export interface Bump {
  name: string;
  key: string;
  /** Where the version is written. */
  file: string;
  now: VersionedState;
  /** null: nothing to compare with. */
  base: VersionedState | null;
  /** The tip of the base branch, where the judged commit is not part of it yet. */
  tip: VersionedState | null;
  /** What was released under the version that VERSION has now, and what says so. */
  released: (VersionedState & { by: string }) | null;
  /** The commit judged, where each commit is judged on its own. */
  commit: string | null;
}

/** A declared layer that rose by a major version, and an identity of its README.md now and before, null where there is none. */
export interface MajorRise {
  layer: string;
  key: string;
  readmePath: string;
  now: { version: string; readme: string | null };
  before: { version: string; readme: string | null };
  /** When that was, in words: `in 85bbcf0`, `at release 1.4.2`. */
  since: string;
}

/** A tag that is pushed, or that CI runs for, whose name says that a version is released. */
export interface ReleaseTag {
  tag: string;
  /** The layer or function, its key, and the version that the tag's name says. */
  name: string;
  key: string;
  version: string;
  /** Where the version is written. */
  file: string;
  /** The commit it leads to; null: to none, or it is taken away. */
  commit: string | null;
  /** The version that VERSION has at that commit. */
  found: string | null;
  /** `annotated` or `plain`; `unknown` where CI may have fetched it in another form; else what it is instead of a tag of a commit. */
  form: 'annotated' | 'plain' | 'unknown' | 'tree' | 'blob' | 'deleted';
  /** What the remote has under this name, where that is something else. */
  was: string | null;
}
