import { mkdir, mkdtemp, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { failure, isFailure } from '../../errors.js';
import type { GitWriter, Oid, RecordCommit } from '../../ports.js';
import { files } from '../files.js';
import { amendIndex, indexLock, unmerged } from './amend.js';
import { type Plumbing, plumbing } from './plumbing.js';
import type { Vars } from './process.js';
import { pushing } from './push.js';
import { type Standing, standings } from './standing.js';

/** git, written by plumbing through simple-git: constant arguments, no hook, no filter, no editor. */
export function writeGit({ root, vars }: { root: string; vars: Vars }): GitWriter {
  const git = plumbing(root, vars);
  return {
    async identity() {
      try {
        await git.text(['var', 'GIT_AUTHOR_IDENT']);
        return (await git.text(['var', 'GIT_COMMITTER_IDENT'])).replace(/ \d+ [+-]\d{4}$/, '');
      } catch (error) {
        throw failure('git-identity', {}, error);
      }
    },
    proveSigning: () => proveSigning(git),
    async isTagName(name) {
      // A name that git would take for an option is none.
      if (name.startsWith('-')) return false;
      return git.text(['check-ref-format', `refs/tags/${name}`]).then(
        () => true,
        (error) => isBadRefName(error),
      );
    },
    async changed(paths) {
      const all = await standings(git, root, await head(git), paths);
      return all
        .filter(({ commit, index, disk }) => index !== commit || disk !== commit || commit === 'other')
        .map(pathOf);
    },
    async uncommitted(paths) {
      const plain = await git.withoutFilters();
      const differ = ['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--no-textconv', '--no-relative'];
      const changed = await git.text([...differ, 'HEAD', '--', ...paths], plain);
      const fresh = await git.text(['ls-files', '--others', '--exclude-standard', '-z', '--', ...paths], plain);
      return `${changed}\0${fresh}`.split('\0').filter((path) => path !== '');
    },
    async behind(before, paths) {
      const now = await standings(git, root, await head(git), paths);
      const then = await standings(git, root, before, paths);
      return now.filter((one, at) => isBehind(one, then[at]?.commit ?? null)).map(pathOf);
    },
    prepare: (record) => prepare(git, root, record),
    async advance(branch, from, to, paths) {
      const ref = `refs/heads/${branch}`;
      const tip = await git.text(['rev-parse', '--verify', '--end-of-options', ref]);
      if (tip === from || !(await contains(git, tip, to))) {
        try {
          await git.text(['update-ref', '-m', 'layer-policy: record', ref, to, from]);
        } catch (error) {
          const actual = await git.text(['rev-parse', '--verify', '--end-of-options', ref]);
          if (actual === from) throw error;
          throw failure('branch-moved', { branch, expected: from.slice(0, 12), actual: actual.slice(0, 12) }, error);
        }
      }
      await bringAlong(git, root, await standings(git, root, from, paths), await standings(git, root, to, paths));
    },
    indexLock: () => indexLock(git, root),
    unmerged: () => unmerged(git),
    amendIndex: (changes) => amendIndex(git, changes),
    ...pushing(root, vars),
    async tag({ name, target, message, date }) {
      await withScratch(git, root, async (scratch) => {
        const text = join(scratch, 'message');
        await writeFile(text, message);
        await git.text(['tag', '-a', '-F', text, name, target], dates(date));
      });
    },
  };
}

const pathOf = ({ path }: Standing) => path;
const head = (git: Plumbing): Promise<Oid> => git.text(['rev-parse', '--verify', 'HEAD^{commit}']);

function dates(seconds: number): Record<string, string> {
  return { GIT_AUTHOR_DATE: `${seconds} +0000`, GIT_COMMITTER_DATE: `${seconds} +0000` };
}

/** Its only refusal is a silent one, so git's being absent must not be taken for it. */
function isBadRefName(error: unknown): false {
  if (isFailure(error) && error.message.endsWith('it gave no reason')) return false;
  throw error;
}

async function contains(git: Plumbing, tip: Oid, commit: Oid): Promise<boolean> {
  return (await git.text(['rev-list', '--count', '--max-count=1', commit, `^${tip}`])) === '0';
}

/** The tree is put together in an index of our own: the user's is not touched until the branch has moved. */
function prepare(git: Plumbing, root: string, record: RecordCommit): Promise<Oid> {
  return withScratch(git, root, async (scratch) => {
    const own = { GIT_INDEX_FILE: join(scratch, 'index') };
    const paths = [...record.files.keys()];
    const stray = paths.find((path) => !path.startsWith('layer_management/'));
    if (stray !== undefined) throw failure('bug', { problem: `a record holds ${stray}` });
    const contents: string[] = [];
    for (const bytes of record.files.values()) {
      if (bytes === null) continue;
      const file = join(scratch, `content-${contents.length}`);
      await writeFile(file, bytes);
      contents.push(file);
    }
    const blobs =
      contents.length === 0
        ? []
        : (await git.text(['hash-object', '-w', '--no-filters', '--', ...contents])).split('\n');
    await git.text(['read-tree', record.parent], own);
    const entries = [...record.files].map(([path, bytes]) =>
      bytes === null ? removal(path, record.parent) : `100644 ${blobs.shift()}\t${path}\0`,
    );
    await git.feed(entries.join(''), ['update-index', '-z', '--add', '--replace', '--index-info'], own);
    const tree = await git.text(['write-tree'], own);
    const message = join(scratch, 'message');
    await writeFile(message, record.message);
    const sign = (await setting(git, 'commit.gpgSign')) ? ['-S'] : [];
    return git.text(['commit-tree', ...sign, '-p', record.parent, '-F', message, tree], dates(record.date));
  });
}

/** A line of `update-index --index-info`; `like`: any name of the repository's own hash. */
const removal = (path: string, like: Oid) => `0 ${'0'.repeat(like.length || 40)}\t${path}\0`;

/** What a user has changed meanwhile is left as it is; it shows up as a change against the record. */
async function bringAlong(git: Plumbing, root: string, before: Standing[], after: Standing[]): Promise<void> {
  const staged: string[] = [];
  for (const [at, { path, commit: wanted, index, disk }] of after.entries()) {
    const old = before[at]?.commit ?? null;
    if (wanted === 'other' || old === 'other') continue;
    if (disk === old && disk !== wanted) {
      if (wanted === null) await files.remove(join(root, path));
      else await files.write(join(root, path), await git.blob(wanted));
    }
    if (index === old && index !== wanted) {
      staged.push(wanted === null ? removal(path, old ?? '') : `100644 ${wanted}\t${path}\0`);
    }
  }
  for (const folder of new Set(after.map(({ path }) => dirname(path)))) {
    await files.sweep(join(root, folder));
    await leaveNoEmpty(root, folder);
  }
  if (staged.length === 0) return;
  await git.feed(staged.join(''), ['update-index', '-z', '--add', '--index-info'], await git.withoutFilters());
}

/** As git does it: folders that have nothing in them any more go as well. */
async function leaveNoEmpty(root: string, folder: string): Promise<void> {
  for (let at = folder; at !== '.'; at = dirname(at)) {
    // Whatever is in it keeps it, and what is above.
    const isGone = await rmdir(join(root, at)).then(
      () => true,
      () => false,
    );
    if (!isGone) return;
  }
}

function isBehind({ commit, index, disk }: Standing, before: Standing['commit']): boolean {
  return commit !== before && (index === before || disk === before);
}

/** Objects made on trial go to a folder that is thrown away. */
async function proveSigning(git: Plumbing): Promise<void> {
  const set: string[] = [];
  for (const name of ['commit.gpgSign', 'tag.gpgSign', 'tag.forceSignAnnotated'])
    if (await setting(git, name)) set.push(name);
  if (set.length === 0) return;
  const scratch = await mkdtemp(join(tmpdir(), 'layer-policy-'));
  try {
    const objects = await git.text(['rev-parse', '--path-format=absolute', '--git-path', 'objects']);
    const trial = { GIT_OBJECT_DIRECTORY: scratch, GIT_ALTERNATE_OBJECT_DIRECTORIES: objects };
    await git.feed('', ['commit-tree', '-S', '-m', 'trial', await git.text(['rev-parse', 'HEAD^{tree}'])], trial);
  } catch (error) {
    const problem = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw failure('git-signing', { setting: set.join(', '), problem }, error);
  } finally {
    await files.remove(scratch);
  }
}

async function setting(git: Plumbing, name: string): Promise<boolean> {
  return (await git.text(['config', '--type=bool', '--default=false', '--get', name])) === 'true';
}

/** Inside git's folder, so that nothing of it shows in the work tree; a killed run leaves it behind, and nobody minds. */
async function withScratch<Value>(
  git: Plumbing,
  root: string,
  use: (folder: string) => Promise<Value>,
): Promise<Value> {
  const common = resolve(root, await git.text(['rev-parse', '--git-common-dir']));
  const parent = join(common, 'layer-policy', 'scratch');
  await files.remove(parent);
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'run-'));
  try {
    return await use(folder);
  } finally {
    await files.remove(parent);
  }
}
