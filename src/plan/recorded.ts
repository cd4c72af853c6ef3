import { readArchiveManifest } from '../layer/archive-manifest.js';
import { type Manifest, readManifest } from '../layer/manifest.js';
import { artefactFile, managementFolder, manifestPath } from '../layer/names.js';
import type { Env, Oid } from '../ports.js';

/** A release as it is recorded; `size` null where only its digest is. */
export interface RecordedRelease {
  version: string;
  sha256: string;
  gitSha: Oid | null;
  size: number | null;
}

/**
 * What a manifest, the archive of a commit, or else an earlier state of the manifest records of a version; null: nothing.
 * A month that moved to the archive bucket took its manifest along; what the layer's own manifest said stays in history.
 */
export async function recordedRelease(
  env: Pick<Env, 'git'>,
  commit: Oid,
  name: string,
  manifest: Manifest,
  version: string,
): Promise<RecordedRelease | null> {
  if (manifest.version === version && manifest.sha256 !== undefined) {
    const { sha256, git_sha: gitSha, size_bytes: size = null } = manifest;
    return { version, sha256, gitSha, size };
  }
  const archived = await archivedRelease(env, commit, name, version);
  if (archived !== null) return archived;
  const one = Object.values(manifest.environments ?? {}).find((published) => published.version === version);
  if (one !== undefined) return { version, sha256: one.sha256, gitSha: one.git_sha, size: null };
  for (const earlier of await env.git.touching(commit, [manifestPath(name)])) {
    const found = await manifestOf(env, earlier, name);
    if (found?.version !== version || found.sha256 === undefined) continue;
    return { version, sha256: found.sha256, gitSha: found.git_sha, size: found.size_bytes ?? null };
  }
  return null;
}

/** What was a manifest then; one that was damaged in between says nothing. */
async function manifestOf({ git }: Pick<Env, 'git'>, commit: Oid, name: string): Promise<Manifest | null> {
  const path = manifestPath(name);
  const entry = await git.tree(commit).entry(path);
  return entry?.mode.startsWith('100') ? readManifest(path, name, await git.blob(entry.oid)).manifest : null;
}

async function archivedRelease(
  { git }: Pick<Env, 'git'>,
  commit: Oid,
  name: string,
  version: string,
): Promise<RecordedRelease | null> {
  for (const { path, mode, oid } of await git.tree(commit).list(`${managementFolder}/archive`)) {
    if (!/\/\d{4}-\d{2}\/manifest\.json$/.test(path) || !mode.startsWith('100')) continue;
    const one = readArchiveManifest(await git.blob(oid))?.artefacts[artefactFile(name, version)];
    if (one === undefined) continue;
    return { version, sha256: one.sha256, gitSha: one.git_sha, size: one.size_bytes };
  }
  return null;
}
