/**
 * The outside world as this tool sees it: types only. `env.ts` builds the real ones from `io/`; pure code and
 * tests see nothing else.
 */

/** A full object name: 40 (SHA-1) or 64 (SHA-256) lower-case hex digits. */
export type Oid = string;

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
  /** HEAD's branch (`develop`), null when detached. */
  branch(): Promise<string | null>;
  /** The index git is committing (GIT_INDEX_FILE respected) against HEAD, or against nothing before the first commit. */
  staged(): Promise<Change[]>;
  /** From one tree-ish to another; null is the empty tree. */
  diff(from: Oid | null, to: Oid): Promise<Change[]>;
  /**
   * What each commit changed against its parents, oldest first, of all commits reachable from `tips`, and neither from
   * `not` nor from what is known of `remote`.
   */
  history(tips: Oid[], not: Oid[], remote?: string | null): Promise<Change[]>;
  /** The commits reachable from `tip` that changed one of the paths, newest first, as `git rev-list tip -- paths` has them. */
  touching(tip: Oid, paths: string[]): Promise<Oid[]>;
  index(): Tree;
  tree(commit: Oid): Tree;
  /** The bytes of a blob; fails with `blob-too-large` above `limit` bytes (default 1 MiB). */
  blob(oid: Oid, limit?: number): Promise<Uint8Array>;
  blobs(oids: Oid[], limit?: number): Promise<Map<Oid, Uint8Array>>;
  mergeBase(a: Oid, b: Oid): Promise<Oid | null>;
  isAncestor(a: Oid, b: Oid): Promise<boolean>;
  isShallow(): Promise<boolean>;
  /** Remote names, `origin` first. */
  remotes(): Promise<string[]>;
  tag(name: string): Promise<TagInfo | null>;
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

export interface RecordCommit {
  branch: string;
  /** The branch's tip the record was planned on; refused when it moved. */
  parent: Oid;
  message: string;
  /** Author's and committer's, seconds since the epoch: the same record made again is the same commit. */
  date: number;
  /** Path to bytes. Only paths below `layer_management/`. */
  files: Map<string, Uint8Array>;
}

export interface TagRequest {
  name: string;
  target: Oid;
  message: string;
  /** Seconds since the epoch. */
  date: number;
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
  /** Those whose index entry or work-tree file is still `before`'s, though HEAD has another. */
  behind(before: Oid, paths: string[]): Promise<string[]>;
  /** Builds the tree and the commit in a private index and returns the commit, without moving any ref. */
  prepare(record: RecordCommit): Promise<Oid>;
  /**
   * Moves the checked-out branch from `from` to `to` (compare and set; fails with `branch-moved`), then brings along what
   * of `paths` is still as `from` has it, in index and work tree. A branch that is at `to` already is only brought along.
   */
  advance(branch: string, from: Oid, to: Oid, paths: string[]): Promise<void>;
  /** An annotated tag; signed where git is configured so. Never moves one that exists. */
  tag(tag: TagRequest): Promise<void>;
}

/** Files of the work tree and of git's own folder. Paths are absolute. Every write is atomic and durable. */
export interface Files {
  read(path: string): Promise<Uint8Array | null>;
  /** Temporary file, fsync, rename, fsync of the folder. Creates folders. */
  write(path: string, bytes: Uint8Array, mode?: number): Promise<void>;
  /** As write, but never replaces: false when the path exists. */
  create(path: string, bytes: Uint8Array, mode?: number): Promise<boolean>;
  /** Appends and fsyncs. */
  append(path: string, bytes: Uint8Array): Promise<void>;
  /** Names in a folder, sorted; empty when there is none. */
  list(path: string): Promise<string[]>;
  exists(path: string): Promise<boolean>;
  /** What stands at a path, a link not followed; null for nothing. `mode` holds the permission bits, of a link's target. */
  look(path: string): Promise<{ kind: 'file' | 'folder' | 'link' | 'other'; mode: number } | null>;
  /** Renames, so bytes, mode and links stay as they are; never replaces: false when there is something at `to`. */
  move(from: string, to: string): Promise<boolean>;
  /** The path with every link in it resolved; null when nothing is there. */
  real(path: string): Promise<string | null>;
  /** Removes a file or a folder and all in it; nothing to remove is fine. Links are removed, never followed. */
  remove(path: string): Promise<void>;
}

/** One file of an artefact. `path` starts at the root of the zip. */
export interface ArtefactEntry {
  path: string;
  mode: 0o644 | 0o755;
  bytes: Uint8Array;
}

export interface Zip {
  /** One sequence of bytes for one list of entries, on every official Node from 20.19 on. */
  write(entries: ArtefactEntry[]): Promise<Uint8Array>;
  /**
   * The files of a zip that is strictly well-formed; fails with `zip-invalid` on anything else. `file` is the zip's
   * name, for that failure.
   */
  read(bytes: Uint8Array, file?: string): Promise<ArtefactEntry[]>;
}

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
}

/** Makes an artefact from a commit; a build method implements this. The same tree gives the same bytes. */
export type Builder = (request: BuildRequest) => Promise<Artefact>;

/** An object as a registry stores it. */
export interface StoredObject {
  key: string;
  sha256: string;
  size: number;
}

export interface PublishRequest {
  layerName: string;
  /** The key of the stored zip, in the same registry. */
  key: string;
  sha256: string;
  size: number;
  description: string;
  runtimes: string[];
  architectures: string[];
}

export interface PublishedVersion {
  layerName: string;
  version: number;
  arn: string;
  description: string;
  /** Hex, of the zip that the version holds. */
  sha256: string;
  size: number;
  /** ISO 8601, UTC. */
  createdAt: string;
}

/** Where artefacts are published: one environment's objects and layer versions. A deploy target implements this. */
export interface Registry {
  environment: string;
  /** Stored object, null when the key is free. */
  head(key: string): Promise<StoredObject | null>;
  /** Fails with `object-absent` when the key is free. */
  get(key: string): Promise<Uint8Array>;
  /** Created once, never overwritten: `present` when the same bytes are there, fails with `object-conflict` when others are. */
  put(key: string, bytes: Uint8Array, sha256: string): Promise<'created' | 'present'>;
  /** All versions of a layer, newest first. */
  versions(layerName: string): Promise<PublishedVersion[]>;
  /**
   * Exactly one attempt; every call makes a new version. The caller reconciles by description first. Fails with
   * `object-absent` or `object-conflict` when the key does not hold the bytes asked for.
   */
  publish(request: PublishRequest): Promise<PublishedVersion>;
}

/** A process, known again even when the system gives its number to another. */
export interface Holder {
  host: string;
  /** Of this start of the machine; null where the system tells none. */
  boot: string | null;
  pid: number;
  /** When the process started, in the system's own words; null where it tells none. */
  started: string | null;
}

export interface Processes {
  self(): Promise<Holder>;
  /** Whether it still runs; of another machine nobody knows, so it counts as running. */
  isAlive(holder: Holder): Promise<boolean>;
}

/** Content hashing, so that pure code need not import it. Hex, lower case. */
export type Sha256 = (bytes: Uint8Array | string) => string;

/** Terminal colours; every function returns its text unchanged where colour is off. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  green(text: string): string;
  cyan(text: string): string;
}

export interface Out {
  stdout(text: string): void;
  stderr(text: string): void;
  /** For text that goes to stdout, and for text that goes to stderr. */
  style: Style;
  styleError: Style;
  isTerminal: boolean;
  /** One line that replaces itself on a terminal; nothing elsewhere. An empty text clears it. */
  progress(text: string): void;
}

/** Everything a command is handed. Members are built on first use. */
export interface Env {
  cwd: string;
  /** Environment variables. */
  vars: Record<string, string | undefined>;
  out: Out;
  git: Git;
  gitWriter: GitWriter;
  files: Files;
  zip: Zip;
  sha256: Sha256;
  processes: Processes;
  /** Null: this version has no such build method. */
  builder(method: string): Builder | null;
  registry(environment: { name: string; target: string }): Promise<Registry>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** All of standard input. */
  stdin(): Promise<string>;
  /** Asks on the terminal and gives the answer; null where nobody is there to answer. */
  ask: ((question: string) => Promise<string>) | null;
  /** Who builds: the login name. */
  user(): string;
  /** The path of the running CLI, for the hooks' diagnosis. */
  self: string;
  /** This tool's version. */
  version: string;
}
