import type { LoadedConfig } from '../config/load.js';
import { failure } from '../errors.js';
import { isArchived, readArchiveManifest } from '../layer/archive-manifest.js';
import { isLfsPointer } from '../layer/lfs-pointer.js';
import { daysSince, parseMonth } from '../layer/month.js';
import { baseName, managementFolder } from '../layer/names.js';
import { pathspec } from '../layer/shell.js';
import type { Entry, Env } from '../ports.js';
import type { Moment } from './look.js';
import { refuseOnlyCopies } from './only-copies.js';
import type { Asked } from './plan.js';
import { type ArchivedMonth, planArchive } from './planners/archive.js';
import type { Prepared } from './prepared.js';
import { storeOf } from './store-of.js';
import { openTargets } from './target.js';

const folder = `${managementFolder}/archive`;
/** 50 MB is the largest zip there can be. */
const limit = 64 * 1024 * 1024;

/** Looks at the months that are old enough and plans their move. Writes nothing. */
export async function prepareArchive(
  env: Env,
  config: LoadedConfig,
  { request }: Asked,
  at: Moment,
): Promise<Prepared> {
  const { archive } = request;
  if (archive === undefined) throw failure('bug', { problem: 'archive without a number of days' });
  const targets = await openTargets(env, config, request.environment);
  const store = await storeOf(env, config, request);
  const months = await oldMonths(env, at, archive.olderThan);
  for (const { files } of months) await refuseOnlyCopies(env, config, at.commit, files);
  const plan = planArchive({ ...at, branch: await env.git.branch(), place: store.place, months }, request);
  const about = months.map(({ month }) => month);
  return { plan, targets, sources: { store }, notices: [], released: null, about };
}

/** By the same arithmetic as the rule `archive-age`. */
async function oldMonths(env: Env, { commit, date }: Moment, days: number): Promise<ArchivedMonth[]> {
  const tree = env.git.tree(commit);
  const months = new Map<string, Entry[]>();
  for (const entry of await tree.list(folder)) {
    const [name = '', inside] = entry.path.slice(folder.length + 1).split('/');
    const month = inside === undefined ? null : parseMonth(name);
    if (month === null || daysSince(month, date.slice(0, 10)) <= days) continue;
    months.set(month, [...(months.get(month) ?? []), entry]);
  }
  return Promise.all([...months].map(([month, entries]) => monthOf(env, month, entries)));
}

async function monthOf(env: Env, month: string, entries: Entry[]): Promise<ArchivedMonth> {
  const found: ArchivedMonth = { month, files: [], empty: [] };
  const said = new Map<string, string>();
  for (const entry of entries) {
    const { path, oid } = entry;
    const bytes = await plainBytes(env, entry);
    if (baseName(path) === '.gitkeep' && bytes.length === 0) {
      found.empty.push(path);
      continue;
    }
    found.files.push({ path, oid, sha256: env.sha256(bytes), size: bytes.length, key: path.slice(folder.length + 1) });
    if (path !== `${folder}/${month}/manifest.json`) continue;
    // Months of the original scripts have another manifest, or none.
    for (const [file, artefact] of Object.entries(readArchiveManifest(bytes)?.artefacts ?? {})) {
      if (isArchived(artefact)) said.set(`${folder}/${month}/${file}`, artefact.sha256);
    }
  }
  for (const { path, sha256 } of found.files) {
    const recorded = said.get(path) ?? sha256;
    if (recorded === sha256) continue;
    const problem = `not what its month's manifest says (sha256 ${sha256.slice(0, 16)}, not ${recorded.slice(0, 16)})`;
    const spec = pathspec(path);
    const fix = `Bring back what was archived: git checkout "$(git log -1 --diff-filter=A --format=%H -- ${spec})" -- ${spec}   and commit it`;
    throw failure('archive-strange', { path, problem, fix });
  }
  return found;
}

/** The content of what is a plain file under a plain name; nothing else can be told apart from its copy. */
async function plainBytes({ git }: Env, { path, mode, oid, pathBytes }: Entry): Promise<Uint8Array> {
  const strange = (problem: string, fix: string) => failure('archive-strange', { path, problem, fix });
  if (mode !== '100644') {
    const fix = `If it is an executable file: git update-index --chmod=-x -- ${pathspec(path)}   Else take it out: git rm --cached -- ${pathspec(path)}`;
    throw strange('no plain file', fix);
  }
  const key = path.slice(folder.length + 1);
  const isKey = /^[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)*$/.test(key) && key.length <= 256;
  if (pathBytes !== undefined || (!isKey && baseName(path) !== '.gitkeep')) {
    throw strange('of a name that no bucket and folder take alike', `Rename it: git mv -- ${pathspec(path)} NAME`);
  }
  const bytes = await git.blob(oid, limit);
  if (isLfsPointer(bytes))
    throw strange(
      'a pointer of Git LFS, not the file',
      `Commit the file itself: git lfs migrate export --include=${pathspec(path)}`,
    );
  return bytes;
}
