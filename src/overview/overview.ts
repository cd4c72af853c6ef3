import type { Version } from '../layer/version.js';
import type { Oid, TagInfo } from '../ports.js';

/** All that the page tells, as git has it: nothing is asked of any environment. Dates are ISO 8601, UTC. */
export interface Overview {
  /** The name of the repository's folder. */
  repository: string;
  head: Oid;
  branch: string | null;
  headDate: string;
  /** When it was looked at; ages are counted to it. */
  now: string;
  /** Declared ones, in order. */
  environments: { name: string; promoteFrom: string | null }[];
  layers: LayerOverview[];
  /** Newest first. */
  releases: Release[];
  /** Oldest first; the last is HEAD. */
  findings: Judged[];
  notices: string[];
}

export interface LayerOverview {
  name: string;
  /** VERSION at HEAD; null where it says none. */
  version: Version | null;
  /** By environment, as its manifest records it. */
  running: Record<string, Running>;
  /** Declared functions that use it. */
  functions: string[];
  /** Of the newest release whose zip this clone has; null where it has none. */
  packages: PackageSizes | null;
}

export interface Running {
  version: Version;
  sha256: string | null;
  arn: string;
  publishedAt: string | null;
  previous: Version | null;
}

export interface PackageSizes {
  version: Version;
  /** Unpacked bytes, largest first. */
  packages: { name: string; bytes: number }[];
}

/** One version of one layer. */
export interface Release {
  name: string;
  version: Version;
  sha256: string | null;
  /** Of the zip. */
  bytes: number | null;
  gitSha: Oid | null;
  builtAt: string | null;
  tag: TagInfo | null;
  published: { environment: string; arn: string; at: string | null }[];
  /** The month of the archive it lies in. */
  archivedIn: string | null;
  supersededBy: Version | null;
  functions: string[];
}

/** What the policy of a commit says of that commit's whole tree. */
export interface Judged {
  commit: Oid;
  date: string;
  /** Findings by rule; null: it has no policy that can be understood. */
  counts: Record<string, number> | null;
}
