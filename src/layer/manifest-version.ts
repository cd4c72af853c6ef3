import type { Git, Oid, Tree } from '../ports.js';
import { blobUpTo } from './blob.js';
import { type ParsedJson, parseJsonBytes } from './json.js';
import type { Manifest } from './manifest.js';
import { manifestPath } from './names.js';

/** Bytes; beyond this a manifest is none. */
const manifestLimit = 1024 * 1024;

/** Three facts ask for every manifest, and a blob never changes. */
const understood = new Map<Oid, Promise<ParsedJson | null>>();

/** What a manifest's blob says; null where it is too large to be one. */
export function manifestText(git: Pick<Git, 'blob'>, oid: Oid): Promise<ParsedJson | null> {
  const text = understood.get(oid) ?? blobUpTo(git, oid, manifestLimit).then((bytes) => bytes && parseJsonBytes(bytes));
  understood.set(oid, text);
  return text;
}

/** The release that a layer's manifest in a tree records, right or wrong otherwise; null where it names no full commit. */
export async function recordedRelease(
  git: Pick<Git, 'blob'>,
  tree: Tree,
  layer: string,
): Promise<{ version: string; commit: Oid } | null> {
  const entry = await tree.entry(manifestPath(layer));
  const text = entry?.mode.startsWith('100') ? await manifestText(git, entry.oid) : null;
  const { version, git_sha: commit } = (text?.value ?? {}) as Partial<Manifest>;
  const isCommit = typeof commit === 'string' && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commit);
  return isCommit && typeof version === 'string' ? { version, commit } : null;
}
