import type { Git, Oid } from './git.js';

export interface RecordCommit {
  branch: string;
  /** The branch's tip the record was planned on; refused when it moved. */
  parent: Oid;
  message: string;
  /** Author's and committer's, seconds since the epoch: the same record made again is the same commit. */
  date: number;
  /** Path to bytes, null: removed. Only paths below `layer_management/`. */
  files: Map<string, Uint8Array | null>;
}

export interface TagRequest {
  name: string;
  target: Oid;
  message: string;
  /** Seconds since the epoch. */
  date: number;
}

/** What goes to a remote: a branch under its own name, and tags. */
export interface Push {
  remote: string;
  branch: string;
  tags: string[];
}

/** What a path of the index becomes; null: it leaves it. */
export interface IndexChange {
  path: string;
  pathBytes?: string;
  becomes: { mode: string; bytes: Uint8Array } | null;
}

/** Writing git, by plumbing: no hook runs, no work-tree file but the recorded ones is touched. */
export interface GitWriter {
  /** `Name <email>`; fails with `git-identity` when git has none. */
  identity(): Promise<string>;
  /** Signs something and throws it away where commits or tags are signed here; fails with `git-signing`. */
  proveSigning(): Promise<void>;
  /** Whether git takes this as the name of a tag. */
  isTagName(name: string): Promise<boolean>;
  /** Those of the paths whose index entry or work-tree file is not HEAD's, whatever `git status` was told to overlook. */
  changed(paths: string[]): Promise<string[]>;
  /** Files at or below these paths that index or work tree have otherwise than HEAD, new ones included. */
  uncommitted(paths: string[]): Promise<string[]>;
  /** Those whose index entry or work-tree file is still `before`'s, though HEAD has another. */
  behind(before: Oid, paths: string[]): Promise<string[]>;
  /** Builds the tree and the commit in a private index and returns the commit, without moving any ref. */
  prepare(record: RecordCommit): Promise<Oid>;
  /** The same on trial, for `use` alone, which is given a git that knows the commit: no object of it stays. */
  tried<Value>(record: RecordCommit, use: (commit: Oid, git: Git) => Promise<Value>): Promise<Value>;
  /**
   * Moves the checked-out branch from `from` to `to` (compare and set; fails with `branch-moved`), then brings along what
   * of `paths` is still as `from` has it, in index and work tree. A branch that is at `to` already is only brought along.
   */
  advance(branch: string, from: Oid, to: Oid, paths: string[]): Promise<void>;
  /** Paths of the index whose merge is not resolved. */
  unmerged(): Promise<string[]>;
  /** The file by which another git holds the index; null: nobody does. */
  indexLock(): Promise<string | null>;
  /** Changes the index, all or nothing, and nothing on disk. Fails with `index-locked`. */
  amendIndex(changes: readonly IndexChange[]): Promise<void>;
  /** An annotated tag; signed where git is configured so. Never moves one that exists. */
  tag(tag: TagRequest): Promise<void>;
  /** Where git would push this branch to; null: there is no remote. */
  remoteFor(branch: string): Promise<string | null>;
  /** Whether the remote has these tags, and the commit on the branch. Fails with `push-failed` when it cannot be asked. */
  isPushed(push: Push, commit: Oid): Promise<boolean>;
  /** All or nothing, never with force; hooks run. Fails with `push-failed`. */
  push(push: Push): Promise<void>;
}
