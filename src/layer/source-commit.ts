import { failure, isFailure } from '../errors.js';
import type { BuildRequest, Git, Oid } from '../ports.js';
import { lockPath } from './packages/lock-path.js';
import { type Layout, type Packed, packSource } from './packing.js';
import { sourceIdentity } from './source-identity.js';
import type { Version } from './version.js';
import { parseVersionFile, type VersionFile, versionFileLimit, versionOf } from './version-file.js';

/** A layer or function, as far as history is asked about it. */
export type Sourced = Pick<BuildRequest, 'name' | 'source' | 'versionKey'>;

type History = Pick<Git, 'touching' | 'tree' | 'blob' | 'commitInfo' | 'isShallow'>;

/**
 * The commit a release is named after: the last one, seen from `tip`, that changed what is packed of the source or the
 * value of the VERSION key. Its tree gives the same artefact as the tip's. Commits that change other files, other keys
 * or what is left out of the artefact do not matter, nor does merging them.
 *
 * Fails with `source-missing`, `version-unreadable`, or `shallow` where the clone ends before the answer.
 */
export async function sourceCommit(
  git: History,
  tip: Oid,
  sourced: Sourced,
  versionFile: string,
): Promise<{ commit: Oid; version: Version }> {
  const version = await versionAt(git, tip, sourced, versionFile);
  const state = (commit: Oid) => stateAt(git, commit, sourced, versionFile);
  const { name, source } = sourced;
  if ((await sourceIdentity(git.tree(tip), source)) === null) throw sourceMissing(name, source, tip);
  const wanted = await state(tip);
  const isFile = (await git.tree(tip).entry(source)) !== null;
  const paths = [source, versionFile, ...(isFile ? [lockPath(source)] : [])];
  const touching = (from: Oid) => git.touching(from, paths);

  let chain = await touching(tip);
  let at = 0;
  for (;;) {
    const commit = chain[at] ?? tip;
    const { parents } = await git.commitInfo(commit);
    const before = chain[at + 1];
    if (before === undefined && parents.length > 0 && (await git.isShallow())) {
      throw failure('shallow', { need: `tell when '${name}' last changed` });
    }
    if (parents.length > 1) {
      // What one side of a merge did to another key must not hide the other side, where our state comes from.
      const same = await firstWhere(parents, async (parent) => (await state(parent)) === wanted);
      if (same === null) return { commit, version };
      chain = await touching(same);
      at = 0;
    } else {
      // Up to the next merge git lists one line of history, each commit followed by the one it was made on.
      if (before === undefined || (await state(before)) !== wanted) return { commit, version };
      at++;
    }
  }
}

/** What is packed of a source at a commit; fails with `source-missing`. Its problems are left to the caller. */
export async function packedAt(
  git: Pick<Git, 'tree'>,
  commit: Oid,
  { name, source }: Sourced,
  layout?: Layout,
): Promise<Packed> {
  const entries = await git.tree(commit).list(source);
  if (entries.length === 0) throw sourceMissing(name, source, commit);
  return packSource(source, entries, layout);
}

function sourceMissing(name: string, source: string, commit: Oid) {
  return failure('source-missing', { name, source, commit: commit.slice(0, 12) });
}

/** The version a key has at a commit; fails with `version-unreadable`. */
export async function versionAt(
  git: Pick<Git, 'tree' | 'blob'>,
  commit: Oid,
  { name, versionKey }: Sourced,
  file: string,
): Promise<Version> {
  const read = await readVersionFile(git, commit, file);
  const found = typeof read === 'string' ? { problem: read } : versionOf(read, versionKey);
  if ('version' in found) return found.version;
  throw failure('version-unreadable', { file, problem: found.problem, key: versionKey, name });
}

/** Equal for two commits when the same would be built from them. Old commits need not be well-formed. */
async function stateAt(git: Pick<Git, 'tree' | 'blob'>, commit: Oid, sourced: Sourced, file: string): Promise<string> {
  const read = await readVersionFile(git, commit, file);
  const value = typeof read === 'string' ? undefined : read.values.get(sourced.versionKey);
  return `${value ?? ''}\n${(await sourceIdentity(git.tree(commit), sourced.source)) ?? ''}`;
}

/** The file, or why it cannot be read. */
async function readVersionFile(
  git: Pick<Git, 'tree' | 'blob'>,
  commit: Oid,
  file: string,
): Promise<VersionFile | string> {
  const entry = await git.tree(commit).entry(file);
  if (entry === null) return `it is not in commit ${commit.slice(0, 12)}`;
  if (!entry.mode.startsWith('100')) return 'it is a link or a submodule, not a file';
  try {
    return parseVersionFile(await git.blob(entry.oid, versionFileLimit));
  } catch (error) {
    if (isFailure(error) && error.code === 'blob-too-large') return 'it is larger than 64 KiB';
    throw error;
  }
}

async function firstWhere(commits: readonly Oid[], holds: (commit: Oid) => Promise<boolean>): Promise<Oid | null> {
  for (const commit of commits) if (await holds(commit)) return commit;
  return null;
}
