import type { Listing } from './paths.js';

/** A full object name: 40 (SHA-1) or 64 (SHA-256) lower-case hex digits. */
export type Oid = string;

export type ObjectType = 'commit' | 'tree' | 'blob' | 'tag';

/** One entry of a tree, never a folder. `mode` is git's: 100644, 100755, 120000 (symlink), 160000 (submodule). */
export interface Entry {
  /** Relative to the root, `/` between parts. A byte that is not UTF-8 stands as `\xNN`. */
  path: string;
  mode: string;
  oid: Oid;
  /** base64 of the path's bytes, only when they are not UTF-8. */
  pathBytes?: string;
}

/** One difference between two trees. A rename is a deletion and an addition. */
export interface Change extends Entry {
  status: 'A' | 'M' | 'T' | 'D';
  before: { mode: string; oid: Oid } | null;
  /** The commit that makes the change; null for the index and for the difference of two end points. */
  commit: Oid | null;
}

/** The index, or the tree of a commit. Contents come from git objects, never from the work tree. */
export interface Tree {
  /** The commit, or null for the index. */
  commit: Oid | null;
  entry(path: string): Promise<Entry | null>;
  /** Every entry, without an object for each. After that the others answer from it as well. */
  paths(): Promise<Listing<Entry>>;
  /** The tree object of a folder; null where there is none, or, in an index, where something in it is staged. */
  folder(path: string): Promise<Oid | null>;
  /** Every entry below a folder (`''` is the root), sorted by path bytes. */
  list(folder: string): Promise<Entry[]>;
  /** Names directly in a folder, files and folders alike. A folder all of whose files are gone may still be named. */
  names(folder: string): Promise<string[]>;
}

export interface CommitInfo {
  oid: Oid;
  parents: Oid[];
  /** Committer date, seconds since the epoch. */
  time: number;
}

/**
 * A difference to be told: what a commit changed against its parents, which may be given where git does not know them;
 * or what lies between two, where null is nothing at all.
 */
export type Difference = { commit: Oid; parents?: readonly Oid[] } | { from: Oid | null; to: Oid };

export interface TagInfo {
  name: string;
  /** The commit the tag leads to. */
  commit: Oid;
  annotated: boolean;
}

/** Reading git. Nothing here takes a lock, writes, or runs code that a repository's config names. */
export interface Git {
  /** Top folder of the work tree. */
  root(): Promise<string>;
  /** Git's folder shared by all worktrees. */
  commonDir(): Promise<string>;
  /** Where git looks for hooks (`git rev-parse --git-path hooks`), absolute. */
  hooksDir(): Promise<string>;
  /** Any revision expression to a commit; null when it names none. */
  commit(rev: string): Promise<Oid | null>;
  commitInfo(oid: Oid): Promise<CommitInfo>;
  /** Null where this clone has no object of that full name. */
  type(oid: Oid): Promise<ObjectType | null>;
  /** HEAD's branch (`develop`), null when detached. */
  branch(): Promise<string | null>;
  /** The index git is committing (GIT_INDEX_FILE respected) against HEAD, or against nothing before the first commit. */
  staged(): Promise<Change[]>;
  /** What each of these differences changes, in that order. One process tells them all; each is read when it is called. */
  changes(differences: readonly Difference[]): Promise<(() => Change[])[]>;
  /**
   * All commits reachable from `tips`, and neither from `not` nor from what is known of `remote`; none before its
   * parents.
   */
  log(
    tips: readonly Oid[],
    not: readonly Oid[],
    remote?: string | null,
  ): Promise<Pick<CommitInfo, 'oid' | 'parents'>[]>;
  /** The commits reachable from `tip` that changed one of the paths, newest first, as `git rev-list tip -- paths` has them. */
  touching(tip: Oid, paths: string[]): Promise<Oid[]>;
  /** The index git is committing, as it was when it was first asked for. */
  index(): Tree;
  /** Somebody has written it since: it is asked for anew. */
  forgetIndex(): void;
  tree(commit: Oid): Tree;
  /** The bytes of a blob; fails with `blob-too-large` above `limit` bytes (default 1 MiB). */
  blob(oid: Oid, limit?: number): Promise<Uint8Array>;
  blobs(oids: Oid[], limit?: number): Promise<Map<Oid, Uint8Array>>;
  /** The best common ancestor of a commit and of what a merge of all the others would be. */
  mergeBase(a: Oid, ...others: Oid[]): Promise<Oid | null>;
  /** What a merge that is not committed yet brings into HEAD; mostly nothing. */
  merging(): Promise<Oid[]>;
  /** Bytes of each blob, of which no content is read; costs no process. Fails with `object-missing`. */
  sizes(oids: Oid[]): Promise<Map<Oid, number>>;
  /**
   * Where each tip leaves the history of `from`: the commits of it that the tip was made on, the tip itself where it is
   * part of it, none where they share nothing. Of one commit only and `from` one commit too, this is their merge base.
   */
  forks(tips: readonly Oid[], from: readonly Oid[]): Promise<Map<Oid, Oid[]>>;
  isAncestor(a: Oid, b: Oid): Promise<boolean>;
  /** Those of the commits that are neither `tip` nor before it, in one process. All must be in this clone. */
  beside(tip: Oid, commits: Oid[]): Promise<Set<Oid>>;
  isShallow(): Promise<boolean>;
  /** Remote names, `origin` first. */
  remotes(): Promise<string[]>;
  /** Whether a full name stands for another ref, as `refs/remotes/origin/HEAD` does, and not for an object by itself. */
  isSymbolic(ref: string): Promise<boolean>;
  /** `fresh`: one that was made since tags were listed is seen too. */
  tag(name: string, fresh?: boolean): Promise<TagInfo | null>;
  /** The very object that a full name stands for (`refs/tags/v1.2.3`): commit, tag, tree or blob; null where there is none. */
  object(name: string): Promise<{ oid: Oid; type: string } | null>;
  /**
   * Asks for objects, by any names git has for them (`HEAD:VERSION`), and keeps them for the run: what is asked for
   * together costs one round trip. A hint: it never fails, and what it did not find is asked for again.
   */
  ahead(names: string[]): Promise<void>;
  /** One value of git's configuration (`core.hooksPath`); null when it is not set. */
  config(key: string): Promise<string | null>;
  /** Paths of the work tree that git tracks or would offer to add, from the root, sorted. Walks the work tree: never in a hook. */
  files(): Promise<string[]>;
  /** Which of these paths (a folder's ends in `/`) the ignore files hide, and where: `.gitignore:3:*.zip`. Tracked or not. */
  ignored(paths: string[]): Promise<Map<string, string>>;
  /** How many git processes were started; tests hold the hook to three. */
  spawned(): number;
}
