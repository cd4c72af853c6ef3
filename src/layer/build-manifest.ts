import type { Artefact, Oid } from '../ports.js';

/** `.build/layers/manifest.json`: what the last build made. It can be made anew at any time. */
export interface BuildManifest {
  schema: 1;
  /** Of the commit, ISO 8601 UTC: the same build says the same. */
  date: string;
  git_sha: Oid;
  git_branch: string | null;
  /** The tag of one of these, where it is on this commit. */
  git_tag: string | null;
  /** In `.build/layers/`. */
  layers: Record<string, BuiltArtefact>;
  /** In `.build/functions/`. */
  functions: Record<string, BuiltArtefact>;
}

export interface BuiltArtefact {
  version: string;
  file: string;
  sha256: string;
  size_bytes: number;
  content_digest: string;
  git_sha: Oid;
}

export function builtArtefact(artefact: Omit<Artefact, 'bytes' | 'files' | 'left' | 'dependencies'>): BuiltArtefact {
  return {
    version: artefact.version,
    file: artefact.file,
    sha256: artefact.sha256,
    size_bytes: artefact.size,
    content_digest: artefact.contentDigest,
    git_sha: artefact.gitSha,
  };
}
