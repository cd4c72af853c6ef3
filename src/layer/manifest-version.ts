import type { Git, Oid, Tree } from '../ports.js';
import { blobUpTo } from './blob.js';
import { parseJsonBytes } from './json.js';
import type { Manifest } from './manifest.js';
import { manifestPath } from './names.js';

/** Bytes; beyond this a manifest is none. */
export const manifestLimit = 1024 * 1024;

/** The release that a layer's manifest in a tree records, right or wrong otherwise; null where none can be read. */
export async function recordedRelease(
  git: Pick<Git, 'blob'>,
  tree: Tree,
  layer: string,
): Promise<{ version: string; commit: Oid } | null> {
  const entry = await tree.entry(manifestPath(layer));
  const bytes = entry?.mode.startsWith('100') ? await blobUpTo(git, entry.oid, manifestLimit) : null;
  const manifest = bytes && parseManifestVersion(bytes);
  return manifest && { version: manifest.version, commit: manifest.gitSha };
}

/** Version and commit of a manifest that may otherwise be wrong; null when it names no full commit. */
export function parseManifestVersion(bytes: Uint8Array): { version: string; gitSha: string } | null {
  const { value } = parseJsonBytes(bytes);
  const { version, git_sha: gitSha } = (value ?? {}) as Partial<Manifest>;
  const isCommit = typeof gitSha === 'string' && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(gitSha);
  return isCommit && typeof version === 'string' ? { version, gitSha } : null;
}
