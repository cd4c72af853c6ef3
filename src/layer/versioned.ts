import type { Entry, Git, Oid, Tree } from '../ports.js';
import { blobUpTo } from './blob.js';
import type { Declarations } from './declarations.js';
import { matchesGlob } from './glob.js';
import { baseName, foldersAbove } from './names.js';
import { lockPath } from './packages/lock-path.js';
import { entriesIdentity, sourceIdentity } from './source-identity.js';
import { parseVersionFile, tooLarge, type VersionFile, versionFileLimit } from './version-file.js';

/** Something with a VERSION key: a layer, a function, or paths that a `versioned` key stands for. */
export interface Versioned {
  name: string;
  key: string;
  /** The tag template, null for what is not released. */
  tag: string | null;
  /** Equal for two trees only where the content is equal as well; null where that is not known. Costs next to nothing. */
  place(tree: Tree): Promise<string | null>;
  /** An identity of what would be packed from a tree; null where there is nothing. No content is read. */
  content(tree: Tree): Promise<string | null>;
}

export interface VersionedThings {
  all: readonly Versioned[];
  /** Those that a path is part of. */
  at(path: string): Versioned[];
}

/** Asked for every path of a change, and made once a policy. */
const known = new WeakMap<Declarations, VersionedThings>();

export function versionedThings(policy: Declarations): VersionedThings {
  const things = known.get(policy) ?? thingsOf(policy);
  known.set(policy, things);
  return things;
}

function thingsOf(policy: Declarations): VersionedThings {
  const bySource = new Map<string, Versioned[]>();
  const byLock = new Map<string, Versioned[]>();
  const requirements = new Set(
    Object.values(policy.layers).flatMap((one) => (one.build === 'requirements' ? one.name : [])),
  );
  for (const { name, versionKey: key, tag, source } of [
    ...Object.values(policy.layers),
    ...Object.values(policy.functions),
  ]) {
    const thing: Versioned = {
      ...{ name, key, tag },
      place: (tree) => sourcePlace(tree, source),
      content: (tree) => sourceIdentity(tree, source),
    };
    bySource.set(source, [...(bySource.get(source) ?? []), thing]);
    if (requirements.has(name)) byLock.set(lockPath(source), [...(byLock.get(lockPath(source)) ?? []), thing]);
  }
  const free = Object.entries(policy.versioned).map(([key, globs]) => {
    const isPart = (path: string) => globs.some((glob) => matchesGlob(glob, path));
    const thing: Versioned = {
      ...{ name: key, key, tag: null },
      place: async (tree) => {
        const folder = await tree.folder(commonFolder(globs));
        return folder && [folder, ...globs].join(' ');
      },
      content: async (tree) => {
        const entries = (await tree.list(commonFolder(globs))).filter(({ path }) => isPart(path));
        return entries.length === 0 ? null : entriesIdentity(entries);
      },
    };
    return { thing, isPart };
  });
  return {
    all: [...[...bySource.values()].flat(), ...free.map(({ thing }) => thing)],
    at: (path) => [
      ...[path, ...foldersAbove(path)].flatMap((source) => bySource.get(source) ?? []),
      ...(byLock.get(path) ?? []),
      ...free.flatMap(({ thing, isPart }) => (isPart(path) ? [thing] : [])),
    ],
  };
}

/** The artefact's paths begin with the source's name, so a folder that is called otherwise is another content. */
async function sourcePlace(tree: Tree, source: string): Promise<string | null> {
  const folder = await tree.folder(source);
  return folder && `${baseName(source)} ${folder}`;
}

/** The deepest folder all globs lie in, so that a tree is not listed whole for `canonical/**`. */
export function commonFolder(globs: readonly string[]): string {
  const fixed = globs.map((glob) =>
    glob
      .slice(0, glob.search(/[*?[{\\]|$/))
      .split('/')
      .slice(0, -1),
  );
  const [first = [], ...others] = fixed;
  const shared = first.findIndex((part, i) => others.some((other) => other[i] !== part));
  return (shared === -1 ? first : first.slice(0, shared)).join('/');
}

/** The value of every key in VERSION of a tree. */
export async function versionsIn(git: Git, tree: Tree, versionFile: string): Promise<Map<string, string>> {
  return (await readVersionFile(git, await tree.entry(versionFile))).values;
}

/** What is no file is read as an empty one. */
export async function readVersionFile(git: Git, entry: Entry | null): Promise<VersionFile> {
  if (!entry?.mode.startsWith('100')) return parseVersionFile(new Uint8Array());
  const bytes = await blobUpTo(git, entry.oid, versionFileLimit);
  return bytes === null ? tooLarge() : parseVersionFile(bytes);
}

export function treeOf(git: Git, commit: Oid | null): Tree | null {
  return commit === null ? null : git.tree(commit);
}
