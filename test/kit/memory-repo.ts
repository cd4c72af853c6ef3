/** A repository in memory and the words to tell its story: the words of `kit/repo.ts`, as far as pure code needs them. */
import type { Change, Entry, Git, Oid } from '../../src/ports.js';
import { type Files, hash, overlaid } from './memory-files.js';
import { memoryGit, type Stored } from './memory-git.js';

/** Text or bytes of a plain file, another kind of entry, or null for nothing. */
export type Content = string | Uint8Array | { mode: string; content: string | Uint8Array } | { oid: Oid } | null;
export type Story = Record<string, Content>;

export const exec = (content: string) => ({ mode: '100755', content });
export const symlink = (content: string) => ({ mode: '120000', content });
/** A commit of another repository. */
export const submodule = { oid: 'f'.repeat(40) };

export interface MemoryRepo {
  readonly git: Git;
  /** Lays files over the index. */
  stage(files: Story): MemoryRepo;
  /** Commits the index with these files laid over it. A message is for the reader of the story alone. */
  commit(first?: string | Story, files?: Story): MemoryRepo;
  /** Switches to a branch, which starts here, or at `from`, when it is new; without a name: to no branch. */
  branch(name: string | null, from?: string): MemoryRepo;
  /** Switches to a new branch that begins with nothing. */
  orphan(name: string): MemoryRepo;
  /** What another branch has brought since they parted is laid over the index, and what it took away taken away. */
  merging(other: string): MemoryRepo;
  /** The same, committed with these files laid over it. */
  merge(other: string, files?: Story): MemoryRepo;
  /** A name for what `at` leads to; of a tag, an annotated one where `annotated`. */
  tag(name: string, options?: { at?: string; plain?: boolean }): MemoryRepo;
  /** Sets a full name (`refs/remotes/origin/develop`); null takes it away. A remote is there from its first name on. */
  ref(name: string, at: string | null): MemoryRepo;
  /** From here on backwards this clone has nothing. */
  cut(at?: string): MemoryRepo;
  /** This clone does not have that commit or blob. */
  lose(oid: Oid): MemoryRepo;
  head(rev?: string): Oid;
  /** The object of a path, in the index. */
  oid(path: string): Oid;
  /** Text of a path in the index; throws where there is none. */
  read(path: string): string;
}

/** Empty, on branch `develop`. Every commit is a minute later than the one before it. */
export function memoryRepo(): MemoryRepo {
  const stored: Stored = {
    ...{ blobs: new Map(), commits: new Map(), tags: new Map(), refs: new Map(), cut: new Set() },
    ...{ head: { branch: 'develop' }, index: new Map(), merging: [], remotes: [] },
  };
  const git = memoryGit(stored);
  let time = Date.parse('2026-01-15T12:00:00Z') / 1000;

  function resolved(rev: string): Oid {
    if (stored.commits.has(rev)) return rev;
    const head = 'branch' in stored.head ? stored.refs.get(`refs/heads/${stored.head.branch}`) : stored.head.commit;
    const [, name = '', up = ''] = /^(.*?)(~*)$/.exec(rev) ?? [];
    const places = ['', 'refs/heads/', 'refs/tags/', 'refs/remotes/'];
    let at = name === 'HEAD' || name === '' ? head : places.map((place) => stored.refs.get(place + name)).find(Boolean);
    while (at !== undefined && stored.tags.has(at)) at = stored.tags.get(at);
    for (const _ of up) at = at && stored.commits.get(at)?.parents[0];
    if (at === undefined) throw new Error(`the story has no ${rev}`);
    return at;
  }

  function entry(path: string, content: Content): Entry | null {
    if (content === null) return null;
    if (typeof content === 'object' && 'oid' in content) return { path, mode: '160000', oid: content.oid };
    const plain = typeof content === 'string' || content instanceof Uint8Array;
    const [mode, held] = plain ? ['100644', content] : [content.mode, content.content];
    const bytes = typeof held === 'string' ? new TextEncoder().encode(held) : held;
    const oid = hash('blob', bytes);
    stored.blobs.set(oid, bytes);
    return { path, mode, oid };
  }

  const filesAt = (oid: Oid | null): Files =>
    oid === null ? new Map() : (stored.commits.get(oid)?.files ?? new Map());
  const laid = (files: Story) => Object.entries(files).map(([path, content]) => [path, entry(path, content)] as const);

  const self: MemoryRepo = {
    git,
    stage(files) {
      stored.index = overlaid(stored.index, laid(files));
      return self;
    },
    commit(first = {}, files = {}) {
      self.stage(typeof first === 'string' ? files : first);
      const { head } = stored;
      const before = 'branch' in head ? stored.refs.get(`refs/heads/${head.branch}`) : head.commit;
      const parents = [...(before === undefined ? [] : [before]), ...stored.merging];
      time += 60;
      const text = [...stored.index.values()].map(({ path, mode, oid }) => `${mode} ${path} ${oid}`).join('\n');
      const oid = hash('commit', `${parents.join(' ')} ${time}\n${text}`);
      stored.commits.set(oid, { oid, parents, time, files: stored.index });
      stored.merging = [];
      if ('branch' in head) stored.refs.set(`refs/heads/${head.branch}`, oid);
      else stored.head = { commit: oid };
      return self;
    },
    branch(name, from) {
      const at = from ?? (name !== null && stored.refs.has(`refs/heads/${name}`) ? name : 'HEAD');
      const oid = resolved(at);
      if (name !== null) stored.refs.set(`refs/heads/${name}`, oid);
      stored.head = name === null ? { commit: oid } : { branch: name };
      stored.index = filesAt(oid);
      return self;
    },
    orphan(name) {
      stored.head = { branch: name };
      stored.index = new Map();
      return self;
    },
    merging(other) {
      const theirs = resolved(other);
      const parted = parting(resolved('HEAD'), theirs);
      const before = filesAt(parted);
      const now = filesAt(theirs);
      const changed = [...new Set([...before.keys(), ...now.keys()])].filter(
        (path) => before.get(path)?.oid !== now.get(path)?.oid,
      );
      stored.index = overlaid(
        stored.index,
        changed.map((path) => [path, now.get(path) ?? null] as const),
      );
      stored.merging = [theirs];
      return self;
    },
    merge: (other, files = {}) => self.merging(other).commit(files),
    tag(name, { at = 'HEAD', plain = false } = {}) {
      const commit = resolved(at);
      const oid = plain ? commit : hash('tag', `${name} ${commit}`);
      if (!plain) stored.tags.set(oid, commit);
      stored.refs.set(`refs/tags/${name}`, oid);
      return self;
    },
    ref(name, at) {
      const [, remote] = /^refs\/remotes\/([^/]+)\//.exec(name) ?? [];
      if (remote !== undefined && !stored.remotes.includes(remote)) stored.remotes.push(remote);
      if (at === null) stored.refs.delete(name);
      else stored.refs.set(name, /^[0-9a-f]{40}$/.test(at) ? at : resolved(at));
      return self;
    },
    cut(at = 'HEAD') {
      const oid = resolved(at);
      stored.cut.add(oid);
      const kept = new Set<Oid>();
      for (const next = [...stored.refs.values()].map((ref) => stored.tags.get(ref) ?? ref); next.length > 0; ) {
        const one = next.pop() ?? '';
        if (kept.has(one)) continue;
        kept.add(one);
        if (!stored.cut.has(one)) next.push(...(stored.commits.get(one)?.parents ?? []));
      }
      for (const one of stored.commits.keys()) if (!kept.has(one)) stored.commits.delete(one);
      return self;
    },
    lose(oid) {
      stored.commits.delete(oid);
      stored.blobs.delete(oid);
      return self;
    },
    head: (rev = 'HEAD') => resolved(rev),
    oid(path) {
      const found = stored.index.get(path);
      if (found === undefined) throw new Error(`the index has no ${path}`);
      return found.oid;
    },
    read: (path) => new TextDecoder().decode(stored.blobs.get(self.oid(path))),
  };

  function parting(a: Oid, b: Oid): Oid | null {
    const before = (oid: Oid): Set<Oid> => {
      const seen = new Set<Oid>();
      for (const next = [oid]; next.length > 0; ) {
        const one = next.pop() ?? '';
        if (!seen.has(one)) next.push(...(stored.commits.get(one)?.parents ?? []));
        seen.add(one);
      }
      return seen;
    };
    const theirs = before(b);
    const common = [...before(a)].filter((oid) => theirs.has(oid));
    return common.sort((x, y) => (stored.commits.get(y)?.time ?? 0) - (stored.commits.get(x)?.time ?? 0))[0] ?? null;
  }
  return self;
}

/** The paths of changes, each with its status: `A VERSION`. */
export const brief = (changes: readonly Change[]) => changes.map(({ status, path }) => `${status} ${path}`);
