import { failure } from '../errors.js';
import { parseJsonBytes } from '../layer/json.js';
import { judgeManifest } from '../layer/manifest.js';
import { named } from '../layer/named.js';
import { activeFolder, manifestPath } from '../layer/names.js';
import { mendedManifest } from '../layer/old-manifest.js';
import { shellWord } from '../layer/shell.js';
import { isVersion } from '../layer/version.js';
import type { Env } from '../ports.js';
import { type ArnFile, readArnFiles } from './arn-files.js';
import { type Import, planImport } from './import.js';
import type { OldLayer, Place } from './imported-manifest.js';

const limit = 1024 * 1024;

/** What the work tree has of an earlier way of keeping records. */
export interface OldRecords {
  arnFiles: ArnFile[];
  /** By layer. */
  manifests: Map<string, ReturnType<typeof parseJsonBytes>>;
}

export interface ImportFacts {
  layers: { name: string; layerName: string; versionKey: string }[];
  places: Place[];
  /** Of VERSION. */
  versions: ReadonlyMap<string, string>;
  /** `name@version` as people say it now. */
  names: readonly string[];
}

export async function oldRecords(env: Env, root: string): Promise<OldRecords> {
  const manifests: OldRecords['manifests'] = new Map();
  for (const name of await env.files.list(`${root}/${activeFolder}`)) {
    const path = `${root}/${manifestPath(name)}`;
    const bytes = (await env.files.look(path))?.kind === 'file' ? await env.files.read(path) : null;
    if (bytes !== null && bytes.length <= limit) manifests.set(name, parseJsonBytes(bytes));
  }
  return { arnFiles: await readArnFiles(env, root), manifests };
}

/** Plans their import. Nothing is rewritten or removed that git does not have as it is. */
export async function importOld(env: Env, old: OldRecords, facts: ImportFacts): Promise<Import> {
  const said = saidVersions(facts);
  const layers: OldLayer[] = [];
  for (const { name, layerName, versionKey } of facts.layers) {
    const proposed = facts.versions.get(versionKey) ?? 'X.Y.Z';
    layers.push({ name, layerName, named: said.get(name) ?? null, proposed, there: await manifestOf(env, old, name) });
  }
  const { writes, notes } = planImport(old.arnFiles, layers, facts.places);
  const replaced = writes.filter(({ action }) => action !== 'create').map(({ path }) => path);
  if (replaced.length === 0) return { writes, notes };
  if ((await env.git.commit('HEAD')) === null) {
    return { writes: [], notes: [`Commit what is there, then run this again to import ${replaced.join(', ')}.`] };
  }
  const index = env.git.index();
  const untracked: string[] = [];
  for (const path of replaced) if ((await index.entry(path)) === null) untracked.push(path);
  const dirty = (await env.gitWriter.changed(replaced)).filter((path) => !untracked.includes(path));
  if (dirty.length > 0) {
    const note = `Nothing was imported, for ${dirty.join(', ')} is not as HEAD has it: commit or restore it, then run this again.`;
    return { writes: [], notes: [note] };
  }
  return {
    writes: writes.filter(({ path }) => !untracked.includes(path)),
    notes: [...notes, ...untracked.map((path) => `${path} is not in git, so it stays: rm -- ${shellWord(path)}`)],
  };
}

function saidVersions({ layers, names }: ImportFacts): Map<string, string> {
  const declared = Object.fromEntries(layers.map((layer) => [layer.name, layer]));
  return new Map(
    names.map((text) => {
      const [name = '', version = ''] = text.split('@', 2);
      if (isVersion(version)) return [named(declared, name, 'layer').name, version];
      throw failure('usage', { problem: `'${text}' says no version; NAME@1.2.3 does.`, command: 'init' });
    }),
  );
}

async function manifestOf({ git }: Env, { manifests }: OldRecords, name: string): Promise<OldLayer['there']> {
  const parsed = manifests.get(name);
  if (parsed === undefined) return null;
  const path = manifestPath(name);
  const { manifest, problems } = judgeManifest(path, name, parsed);
  if (manifest !== null && problems.length === 0) return { manifest, isMended: false };
  const short = (parsed.value as { git_sha?: unknown } | null | undefined)?.git_sha;
  const isShort = typeof short === 'string' && /^[0-9a-f]{7,39}$/.test(short);
  const commit = isShort ? await git.commit(short) : null;
  const mended = mendedManifest(path, name, parsed, isShort && commit?.startsWith(short) ? commit : null);
  return mended === null ? 'broken' : { manifest: mended, isMended: true };
}
