import { mkdir, mkdtemp, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { failure, isFailure } from '../../errors.js';
import type { GitWriter, Oid } from '../../ports.js';
import { files } from '../files.js';
import { amendIndex, indexLock, unmerged } from './amend.js';
import { type Plumbing, plumbing } from './plumbing.js';
import type { Vars } from './process.js';
import { pushing } from './push.js';
import { dates, makeRecord, removal } from './record-commit.js';
import { type Standing, standings } from './standing.js';
import { proveSigning, tryRecord } from './trial.js';

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
    proveSigning: () => proveSigning(git, vars),
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
    prepare: (record) => withScratch(git, root, (scratch) => makeRecord(git, record, scratch)),
    tried: (record, use) => tryRecord(git, { root, vars }, record, use),
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

/** Its only refusal is a silent one, so git's being absent must not be taken for it. */
function isBadRefName(error: unknown): false {
  if (isFailure(error) && error.message.endsWith('it gave no reason')) return false;
  throw error;
}

async function contains(git: Plumbing, tip: Oid, commit: Oid): Promise<boolean> {
  return (await git.text(['rev-list', '--count', '--max-count=1', commit, `^${tip}`])) === '0';
}

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
