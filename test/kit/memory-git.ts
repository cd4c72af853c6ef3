/**
 * Git as pure code sees it, in memory: the port of `src/ports/git.ts` over a few objects. For tests of what is decided
 * from git's answers; that the real git gives these answers is what `test/io/git` and the scenarios are about.
 */
import { failure } from '../../src/errors.js';
import { pathsOf } from '../../src/layer/paths.js';
import type { Change, CommitInfo, Difference, Git, ObjectType, Oid, Tree } from '../../src/ports.js';
import { difference, type Files, folderOf, isBelow, sorted } from './memory-files.js';

export interface Stored {
  blobs: Map<Oid, Uint8Array>;
  commits: Map<Oid, CommitInfo & { files: Files }>;
  /** Annotated tags: what each leads to. */
  tags: Map<Oid, Oid>;
  /** Full names; HEAD is not among them. */
  refs: Map<string, Oid>;
  /** The branch that HEAD is on, or the commit where it is on none. */
  head: { branch: string } | { commit: Oid };
  index: Files;
  /** The other sides of a merge that is not committed yet. */
  merging: Oid[];
  remotes: string[];
  /** Commits without their parents, which this clone does not have. */
  cut: Set<Oid>;
}

const nothing: Files = new Map();

export function memoryGit(stored: Stored): Git {
  const { blobs, commits, tags, refs, cut } = stored;

  function known(oid: Oid): CommitInfo & { files: Files } {
    const found = commits.get(oid);
    if (found === undefined) throw failure('object-missing', { oid });
    return found;
  }
  const parentsOf = (oid: Oid) => (cut.has(oid) ? [] : known(oid).parents);

  /** These commits and all before them. */
  function reach(tips: Iterable<Oid>): Set<Oid> {
    const seen = new Set<Oid>();
    for (const next = [...tips]; next.length > 0; ) {
      const oid = next.pop() ?? '';
      if (seen.has(oid) || !commits.has(oid)) continue;
      seen.add(oid);
      next.push(...parentsOf(oid));
    }
    return seen;
  }

  /** None before its parents. */
  function inOrder(among: ReadonlySet<Oid>): Oid[] {
    const done = new Set<Oid>();
    const visit = (oid: Oid): void => {
      if (done.has(oid) || !among.has(oid)) return;
      for (const parent of parentsOf(oid)) visit(parent);
      done.add(oid);
    };
    for (const oid of among) visit(oid);
    return [...done];
  }

  function peel(oid: Oid | undefined): Oid | null {
    for (let at = oid; at !== undefined; at = tags.get(at)) if (commits.has(at)) return at;
    return null;
  }

  function headOid(): Oid | undefined {
    return 'commit' in stored.head ? stored.head.commit : refs.get(`refs/heads/${stored.head.branch}`);
  }

  function lookUp(rev: string): Oid | undefined {
    if (rev === 'HEAD') return headOid();
    if (/^[0-9a-f]{40}$/.test(rev)) return rev;
    const places = ['', 'refs/', 'refs/tags/', 'refs/heads/', 'refs/remotes/'];
    return places.map((place) => refs.get(place + rev)).find((oid) => oid !== undefined);
  }

  function typeOf(oid: Oid): ObjectType | null {
    if (commits.has(oid)) return 'commit';
    if (tags.has(oid)) return 'tag';
    if (blobs.has(oid)) return 'blob';
    return [...commits.values()].some(({ files }) => folderOf(files, '') === oid) ? 'tree' : null;
  }

  function treeOf(commit: Oid | null, files: () => Files): Tree {
    const list = (folder: string) => sorted(files().values()).filter(({ path }) => isBelow(folder)(path));
    return {
      commit,
      entry: async (path) => files().get(path) ?? null,
      async paths() {
        const entries = list('');
        const holding = (oids: ReadonlySet<string>) => entries.filter(({ oid }) => oids.has(oid));
        return { ...pathsOf(entries), holding, mayCollide: () => true };
      },
      async folder(path) {
        const there = folderOf(files(), path);
        if (commit !== null) return there;
        const head = headOid();
        return head !== undefined && folderOf(known(head).files, path) === there ? there : null;
      },
      list: async (folder) => list(folder),
      names: async (folder) => {
        const inside = list(folder).map(({ path }) => (folder === '' ? path : path.slice(folder.length + 1)));
        return [...new Set(inside.map((path) => path.split('/')[0] ?? ''))];
      },
    };
  }

  function mergeBase(a: Oid, others: readonly Oid[]): Oid | null {
    const theirs = reach(others);
    const common = [...reach([a])].filter((oid) => theirs.has(oid));
    const below = reach(common.flatMap(parentsOf));
    const best = common.filter((oid) => !below.has(oid)).sort((x, y) => known(y).time - known(x).time);
    return best[0] ?? null;
  }

  const trees = new Map<Oid, Tree>();
  function tree(commit: Oid): Tree {
    const made = trees.get(commit) ?? treeOf(commit, () => known(commit).files);
    trees.set(commit, made);
    return made;
  }

  function bytes(oid: Oid, limit: number): Uint8Array {
    const found = blobs.get(oid);
    if (found === undefined) throw failure('object-missing', { oid });
    if (found.length > limit) throw failure('blob-too-large', { what: `object ${oid}`, limit: String(limit) });
    return found;
  }

  function told(asked: Difference): Change[] {
    if ('to' in asked) {
      return difference(asked.from === null ? nothing : known(asked.from).files, known(asked.to).files, null);
    }
    const { commit } = asked;
    const { files } = known(commit);
    const [first, ...others] = (asked.parents ?? parentsOf(commit)).map((oid) => known(oid).files);
    // Of a merge counts what it has from none of its sides.
    const isOwn = (path: string) =>
      others.every(
        (other) => other.get(path)?.oid !== files.get(path)?.oid || other.get(path)?.mode !== files.get(path)?.mode,
      );
    return difference(first ?? nothing, files, commit).filter(({ path }) => isOwn(path));
  }

  /** The newest first; where one parent has the same at the paths, history follows it alone. */
  function touching(tip: Oid, paths: readonly string[]): Oid[] {
    const at = (oid: Oid | undefined) =>
      oid === undefined
        ? ''
        : sorted(known(oid).files.values())
            .filter(({ path }) => paths.some((one) => path === one || isBelow(one)(path)))
            .map(({ path, mode, oid }) => `${mode} ${path} ${oid}`)
            .join('\n');
    const found = new Set<Oid>();
    const seen = new Set<Oid>();
    for (const next = [tip]; next.length > 0; ) {
      const oid = next.pop() ?? '';
      if (seen.has(oid)) continue;
      seen.add(oid);
      const parents = parentsOf(oid);
      const same = parents.find((parent) => at(parent) === at(oid));
      if (same === undefined && (parents.length > 0 || at(oid) !== '')) found.add(oid);
      next.push(...(same === undefined ? parents : [same]));
    }
    return [...found].sort((a, b) => known(b).time - known(a).time);
  }

  const none = (what: string) => () => {
    throw new Error(`git in memory has no ${what}`);
  };

  return {
    root: async () => '/repo',
    commonDir: async () => '/repo/.git',
    hooksDir: async () => '/repo/.git/hooks',
    commit: async (rev) => peel(lookUp(rev.replace(/\^\{commit\}$/, ''))),
    commitInfo: async (oid) => known(oid),
    type: async (oid) => typeOf(oid),
    branch: async () => ('branch' in stored.head ? stored.head.branch : null),
    async staged() {
      const head = headOid();
      return difference(head === undefined ? nothing : known(head).files, stored.index, null);
    },
    changes: async (differences) => differences.map((one) => () => told(one)),
    async log(tips, not, remote = null) {
      const theirs = remote === null ? [] : [...refs].filter(([name]) => name.startsWith(`refs/remotes/${remote}/`));
      const without = reach([...not, ...theirs.map(([, oid]) => oid)]);
      const own = new Set([...reach(tips)].filter((oid) => !without.has(oid)));
      return inOrder(own).map((oid) => ({ oid, parents: parentsOf(oid) }));
    },
    touching: async (tip, paths) => touching(tip, paths),
    index: () => treeOf(null, () => stored.index),
    forgetIndex: () => {},
    tree,
    blob: async (oid, limit = 1 << 20) => bytes(oid, limit),
    blobs: async (oids, limit = 1 << 20) => new Map(oids.map((oid) => [oid, bytes(oid, limit)])),
    mergeBase: async (a, ...others) => mergeBase(a, others),
    merging: async () => stored.merging,
    sizes: async (oids) => new Map(oids.map((oid) => [oid, bytes(oid, Number.POSITIVE_INFINITY).length])),
    async forks(tips, from) {
      const theirs = reach(from);
      const leave = (tip: Oid): Oid[] => (theirs.has(tip) ? [tip] : [...new Set(parentsOf(tip).flatMap(leave))]);
      return new Map(tips.map((tip) => [tip, leave(tip)]));
    },
    isAncestor: async (a, b) => reach([b]).has(a),
    async beside(tip, asked) {
      const before = reach([tip]);
      return new Set(asked.filter((oid) => !before.has(oid)));
    },
    isShallow: async () => cut.size > 0,
    remotes: async () => stored.remotes,
    isSymbolic: async (ref) => ref.endsWith('/HEAD'),
    async tag(name) {
      const oid = refs.get(`refs/tags/${name}`);
      const commit = peel(oid);
      return oid === undefined || commit === null ? null : { name, commit, annotated: oid !== commit };
    },
    async object(name) {
      const oid = lookUp(name);
      const type = oid === undefined ? null : typeOf(oid);
      return oid === undefined || type === null ? null : { oid, type };
    },
    ahead: async () => {},
    config: async () => null,
    files: none('work tree'),
    ignored: none('work tree'),
    spawned: () => 0,
  };
}
