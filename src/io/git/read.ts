import { resolve } from 'node:path';
import { failure } from '../../errors.js';
import { once } from '../../layer/once.js';
import type { CommitInfo, Git, ObjectType, Oid, Tree } from '../../ports.js';
import { openFolders } from './folders.js';
import type { Listed } from './listing.js';
import { openObjects } from './objects.js';
import { type GitProcess, gitFailure, gitOutput, gitVars, runGit, type Vars } from './process.js';
import { openRanges, rawDiff } from './ranges.js';
import { parseListing, parseRaw } from './raw.js';
import { isSymbolicInFiles, remotesInConfig } from './remotes.js';
import { commitTree, overlayTree } from './tree.js';
import { treeInIndex } from './tree-in-index.js';
import { workTree } from './work-tree.js';

const fewTags = 64;
const defaultBlobLimit = 1024 * 1024;

/** git, read through plumbing: constant arguments, object names checked before use, one `cat-file` for all contents. */
export function readGit(git: { cwd: string; vars: Vars }): Git & { close(): void } {
  let spawned = 0;
  const counting: GitProcess = {
    cwd: git.cwd,
    vars: gitVars(git.vars),
    started() {
      spawned += 1;
    },
  };
  const objects = openObjects(counting);
  const folders = openFolders(objects);
  const output = (args: string[], input?: string) => gitOutput(counting, args, input);
  const text = async (args: string[]) => (await output(args)).toString('utf8').replace(/\n$/, '');
  const trees = new Map<Oid, Tree>();

  /** Zero is yes, one is no, all else is trouble. */
  async function question(args: string[]): Promise<string | null> {
    const result = await runGit(counting, args);
    if (result.code === 0) return result.stdout.toString('utf8').trim();
    if (result.code === 1) return null;
    throw gitFailure(counting, args, result);
  }

  function tree(commit: Oid): Tree {
    let known = trees.get(commit);
    if (known === undefined) {
      known = commitTree(folders, commit, async () => (await fromIndex(commit)) ?? (await fromGit(commit)));
      trees.set(commit, known);
    }
    return known;
  }

  async function fromIndex(commit: Oid): Promise<Listed | null> {
    const tree = await objects.get(`${commit}^{tree}`, 0);
    return tree && treeInIndex(git.cwd, counting.vars, tree.oid, folders);
  }

  async function fromGit(commit: Oid): Promise<Listed> {
    return parseListing(await output(['ls-tree', '-r', '-z', '--full-tree', commit]), commit.length);
  }

  let tagsAsked = 0;
  const tagNames = once(
    async () => new Set((await text(['for-each-ref', '--format=%(refname)', 'refs/tags'])).split('\n')),
  );

  const readStaged = async () =>
    parseRaw(await output(['diff', '--cached', ...rawDiff, '--no-relative', '--ita-invisible-in-index']));
  let staged = once(readStaged);
  // One process tells both; in a bare repository there is no work tree to tell of, and a path may have two lines: then each is asked for itself.
  const places = once(async () => {
    const { code, stdout } = await runGit(counting, ['rev-parse', '--git-common-dir', '--show-toplevel']);
    const [commonDir, root, ...more] = stdout.toString('utf8').trim().split('\n');
    return code === 0 && more.length === 0 ? { commonDir, root } : {};
  });
  const root = once(async () => (await places()).root ?? text(['rev-parse', '--show-toplevel']));
  const head = once(async () => (await objects.look('HEAD^{commit}'))?.oid ?? null);

  async function blob(oid: Oid, limit = defaultBlobLimit): Promise<Uint8Array> {
    const object = await objects.get(oid, limit);
    if (object === null) throw failure('object-missing', { oid });
    if (object.bytes === null) throw failure('blob-too-large', { what: `object ${oid}`, limit: String(limit) });
    return object.bytes;
  }

  return {
    root,
    commonDir: once(async () =>
      resolve(git.cwd, (await places()).commonDir ?? (await text(['rev-parse', '--git-common-dir']))),
    ),
    hooksDir: once(async () => resolve(git.cwd, await text(['rev-parse', '--git-path', 'hooks']))),
    async commit(rev) {
      if (rev === 'HEAD') return head();
      if (rev === '' || rev.includes('\0')) return null;
      // A full name needs no process of its own: cat-file resolves it.
      if (/^(refs\/[\w./+-]+|[0-9a-f]{40}|[0-9a-f]{64})$/.test(rev)) {
        return (await objects.look(`${rev}^{commit}`))?.oid ?? null;
      }
      const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${rev}^{commit}`];
      const result = await runGit(counting, args);
      const found = result.stdout.toString('utf8').trim();
      // `^HEAD` is answered by a name with a `^` in front of it, which stands for all commits but these.
      if (result.code === 0) return /^[0-9a-f]{40,64}$/.test(found) ? found : null;
      if (/not a git repository|dubious ownership/.test(result.stderr)) throw gitFailure(counting, args, result);
      return null;
    },
    async commitInfo(oid): Promise<CommitInfo> {
      const object = await objects.get(oid, defaultBlobLimit);
      if (object?.bytes == null || object.type !== 'commit') throw failure('object-missing', { oid });
      const header = object.bytes.toString('utf8').split('\n\n', 1)[0] ?? '';
      return {
        oid,
        parents: [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map((match) => match[1] ?? ''),
        time: Number(/^committer .* (\d+) [+-]\d{4}$/m.exec(header)?.[1] ?? 0),
      };
    },
    async type(oid) {
      const object = await objects.get(oid, 0);
      // A name of another length of hash is taken for the beginning of one.
      return object?.oid === oid ? (object.type as ObjectType) : null;
    },
    async branch() {
      const name = await question(['symbolic-ref', '--quiet', 'HEAD']);
      return name?.startsWith('refs/heads/') ? name.slice('refs/heads/'.length) : null;
    },
    staged: () => staged(),
    forgetIndex() {
      staged = once(readStaged);
    },
    async touching(tip, paths) {
      const list = await text(['rev-list', '--topo-order', tip, '--', ...paths]);
      return list === '' ? [] : list.split('\n');
    },
    index: () => {
      const changed = staged();
      const built = Promise.all([head(), changed]).then(([commit, changes]) =>
        overlayTree(commit === null ? null : tree(commit), changes),
      );
      return {
        commit: null,
        entry: async (path) => (await built).entry(path),
        folder: async (path) => (await built).folder(path),
        paths: async () => (await built).paths(),
        list: async (folder) => (await built).list(folder),
        names: async (folder) => (await built).names(folder),
      };
    },
    ...openRanges(output, objects),
    tree,
    blob,
    async blobs(oids, limit) {
      const unique = [...new Set(oids)];
      return new Map(await Promise.all(unique.map(async (oid) => [oid, await blob(oid, limit)] as const)));
    },
    mergeBase: async (a, ...others) => (await question(['merge-base', a, ...others]))?.split('\n')[0] ?? null,
    async merging() {
      // A merge without conflicts runs its hook before it writes MERGE_HEAD, and names its commits in variables.
      const names = Object.keys(git.vars).flatMap((name) => /^GITHEAD_([0-9a-f]{40,64})$/.exec(name)?.[1] ?? []);
      const found = await Promise.all(['MERGE_HEAD', ...names].map((name) => objects.look(`${name}^{commit}`)));
      return found.flatMap((commit) => commit?.oid ?? []);
    },
    async sizes(oids) {
      const sizeOf = async (oid: Oid) => {
        const object = await objects.look(oid);
        if (object === null) throw failure('object-missing', { oid });
        return [oid, object.size] as const;
      };
      return new Map(await Promise.all([...new Set(oids)].map(sizeOf)));
    },
    isAncestor: async (a, b) => (await question(['merge-base', '--is-ancestor', a, b])) !== null,
    async beside(tip, commits) {
      if (commits.length === 0) return new Set();
      const listed = (await output(['rev-list', '--stdin'], `^${tip}\n${commits.join('\n')}\n`)).toString('latin1');
      const unreached = new Set(listed.split('\n'));
      return new Set(commits.filter((commit) => unreached.has(commit)));
    },
    isShallow: once(async () => (await text(['rev-parse', '--is-shallow-repository'])) === 'true'),
    remotes: once(async () => {
      const names = remotesInConfig(counting) ?? (await text(['remote'])).split('\n').filter((name) => name !== '');
      return names.sort((a, b) => Number(b === 'origin') - Number(a === 'origin'));
    }),
    isSymbolic: async (ref) =>
      isSymbolicInFiles(counting, ref) ?? (await question(['symbolic-ref', '--quiet', ref])) !== null,
    async tag(name, fresh = false) {
      // What git reads as an expression (`v1~1`) is no name, though it may come from a manifest.
      if (/[\s~^:?*[\\]|\.\.|@\{/.test(name)) return null;
      // git looks for a name that is none in a dozen places; of many names, a list of all there are costs less.
      if (!fresh && ++tagsAsked > fewTags && !(await tagNames()).has(`refs/tags/${name}`)) return null;
      const [object, commit] = await Promise.all([
        objects.look(`refs/tags/${name}`),
        objects.look(`refs/tags/${name}^{commit}`),
      ]);
      return object && commit && { name, commit: commit.oid, annotated: object.type === 'tag' };
    },
    object: objects.look,
    ahead: objects.ahead,
    config: (key) => question(['config', '--get', key]),
    ...workTree(counting, root),
    spawned: () => spawned,
    close: objects.close,
  };
}
