import type { Oid } from './git.js';

export interface ArtefactFile {
  path: string;
  mode: 0o644 | 0o755;
  /** Of the content, hex. */
  sha256: string;
  /** Unpacked, in bytes. */
  size: number;
}

/** A finished zip and all that is known of it. (name, version, sha256) identify a release. */
export interface Artefact {
  name: string;
  version: string;
  /** `{name}-{version}.zip` */
  file: string;
  bytes: Uint8Array;
  /** Of the zip, hex. */
  sha256: string;
  /** Of the zip, in bytes. */
  size: number;
  contentDigest: string;
  /** The last commit that changed the source or the VERSION key. */
  gitSha: Oid;
  /** Of that commit: ISO 8601, UTC. */
  buildDate: string;
  /** Python packages in it by the metadata they carry, and their versions; sorted by name. */
  dependencies: Record<string, string>;
  /** Sorted by the bytes of the path. */
  files: ArtefactFile[];
  /** Repository paths that were left out on purpose. */
  left: string[];
}

export interface BuildRequest {
  name: string;
  source: string;
  versionKey: string;
  versionFile: string;
  /** The commit to build from. */
  tip: Oid;
  /** Of 1,048,576 bytes. */
  maxZipMB: number;
  /** Of a layer, in Lambda's names: `python3.11`; `x86_64`. */
  runtimes?: readonly string[];
  architectures?: readonly string[];
  /** Whether compiled code may be in a layer. */
  natives?: 'forbid' | 'allow';
}

/** How an artefact is made: a layer's word, or that of every function. */
export type BuildMethod = 'source' | 'requirements' | 'function';

/** Makes an artefact from a commit; a build method implements this. The same tree gives the same bytes. */
export type Builder = (request: BuildRequest) => Promise<Artefact>;
