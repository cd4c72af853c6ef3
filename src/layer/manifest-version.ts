import { parseJsonBytes } from './json.js';
import type { Manifest } from './manifest.js';

/** Version and commit of a manifest that may otherwise be wrong; null when it names no full commit. */
export function parseManifestVersion(bytes: Uint8Array): { version: string; gitSha: string } | null {
  const { value } = parseJsonBytes(bytes);
  const { version, git_sha: gitSha } = (value ?? {}) as Partial<Manifest>;
  const isCommit = typeof gitSha === 'string' && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(gitSha);
  return isCommit && typeof version === 'string' ? { version, gitSha } : null;
}
