import type { LoadedConfig } from '../config/load.js';
import { failure } from '../errors.js';
import { readArchiveManifest } from '../layer/archive-manifest.js';
import { parseLayerArn } from '../layer/arn.js';
import type { Declarations, Layer } from '../layer/declarations.js';
import { artefactKey, type Declared, isLayer, publishedName } from '../layer/declared.js';
import { describedAs, publishedAs } from '../layer/description.js';
import { lookInside } from '../layer/inside/look.js';
import { type ArtefactReading, readingOf } from '../layer/inside/reading.js';
import type { Manifest } from '../layer/manifest.js';
import { measure } from '../layer/measured.js';
import { monthOf } from '../layer/month.js';
import { archivePath, artefactFile, baseName, expand, managementFolder, readmePath } from '../layer/names.js';
import type { Artefact, Builder, Env, Oid, PublishedVersion, Registry } from '../ports.js';
import { readKey } from './key.js';
import { readManifestAt } from './manifest-at.js';
import type { Request } from './plan.js';
import { provenanceText } from './provenance.js';
import { inputKey, signedBuild } from './signed-build.js';
import type { ArtefactState, InTarget, PreviousArtefact, ReleaseState } from './state.js';
import type { Target } from './target.js';

export interface Looked {
  state: ReleaseState;
  /** What was not built, and what could not be taken. */
  notices: string[];
  artefacts: Artefact[];
  /** The artefacts read back, as anybody will read them. */
  readings: ArtefactReading[];
}

/** Fixed once for a plan, however late it runs. */
export interface Moment {
  commit: Oid;
  /** ISO 8601, UTC. */
  date: string;
  user: string;
}

export interface Buildable {
  declared: Declared;
  builder: Builder;
}

/** Builds, or finds built, and reads back in memory; reads commit, registry and tags. Writes nothing. */
export async function look(
  env: Env,
  config: LoadedConfig,
  targets: readonly Target[],
  wanted: Buildable[],
  at: Moment,
  { environment, sign, signedBy }: Pick<Request, 'environment' | 'sign' | 'signedBy'>,
): Promise<Looked> {
  const { declarations } = config;
  const { commit, date, user } = at;
  const artefacts: Artefact[] = [];
  const readings: ArtefactReading[] = [];
  const states: ArtefactState[] = [];
  const notices: string[] = [];
  const key = signedBy === undefined ? null : await readKey(env, signedBy);
  const registries = targets.map(({ registry }) => registry);
  for (const { declared, builder } of wanted) {
    const { versionFile } = declarations;
    const found = key && (await signedBuild(env, registries, declared, { versionFile, tip: commit, key }));
    const problem = found !== null && 'problem' in found ? `${found.problem}, and was built.` : null;
    if (problem !== null) notices.push(problem);
    env.out.progress(`building ${declared.name} (${artefacts.length + 1} of ${wanted.length})`);
    const isFound = found !== null && 'artefact' in found;
    const artefact = isFound ? found.artefact : await builder({ ...declared, versionFile, tip: commit });
    if (isFound)
      notices.push(`${artefact.name} ${artefact.version} is taken from ${found.from}: built and signed before.`);
    artefacts.push(artefact);
    const walked = await env.zip.walk(artefact.bytes, lookInside(env.sha256));
    const reading = readingOf(`.build/${artefactKey(declared, artefact.version)}`, artefact, walked);
    readings.push(reading);
    const provenance = await provenanceText(env, artefact, declared, versionFile);
    const inputs = sign === undefined ? null : await inputKey(env, artefact, declared, versionFile);
    states.push({
      ...(await lookAt(env, declarations, targets, declared, artefact, reading, commit)),
      provenance,
      inputs,
    });
  }
  env.out.progress('');
  const { time } = await env.git.commitInfo(commit);
  const state: ReleaseState = {
    commit,
    commitTime: time,
    branch: await env.git.branch(),
    date,
    user,
    environment,
    targets: targets.map((one) => one.environment.name),
    environments: Object.keys(declarations.environments),
    artefacts: states,
    settled: [],
    functions: [],
    archiveMonth: await archiveMonth(env, commit, monthOf(date)),
  };
  return { state, artefacts, readings, notices };
}

async function lookAt(
  env: Env,
  { environments }: Declarations,
  targets: readonly Target[],
  declared: Declared,
  artefact: Artefact,
  reading: ArtefactReading,
  commit: Oid,
): Promise<Omit<ArtefactState, 'provenance' | 'inputs'>> {
  const { name } = declared;
  const tree = env.git.tree(commit);
  const { bytes: _bytes, files: _files, left: _left, ...known } = artefact;
  const manifest = await readManifestAt(env, commit, name, environments);
  const there: InTarget[] = [];
  for (const { environment, registry } of targets) {
    const object = await registry.head(artefactKey(declared, artefact.version));
    const versions = isLayer(declared) ? await versionsOf(registry, declared, artefact, manifest) : [];
    there.push({ target: environment.name, object, versions });
  }
  return {
    declared,
    artefact: known,
    measured: measure(reading),
    there,
    manifest,
    hasReadme: (await tree.entry(readmePath(name))) !== null,
    tagged: await env.git.tag(expand(declared.tag, { name, version: artefact.version })),
    previous:
      manifest && manifest.version !== artefact.version
        ? await previousOf(env, targets, declared, manifest, commit)
        : null,
  };
}

/** Where the manifest names the very version that holds these bytes, that is all there is to know; else all that bear its name. */
async function versionsOf(
  registry: Registry,
  layer: Layer,
  artefact: Artefact,
  manifest: Manifest | null,
): Promise<PublishedVersion[]> {
  const layerName = publishedName(layer, registry.environment);
  const recorded = manifest?.environments?.[registry.environment];
  const arn = recorded?.sha256 === artefact.sha256 ? parseLayerArn(recorded.arn) : null;
  const known = arn?.layerName === layerName ? await registry.version(layerName, arn.version) : null;
  if (known !== null && known.arn === recorded?.arn && publishedAs([known], artefact).same.length > 0) return [known];
  return registry.versions(layerName, describedAs(artefact.name, artefact.version));
}

/** A manifest that names no digest speaks of whatever the registry has under its name; nothing there: nothing to keep. */
async function previousOf(
  env: Env,
  targets: readonly Target[],
  declared: Declared,
  manifest: Manifest,
  commit: Oid,
): Promise<PreviousArtefact | null> {
  const { version } = manifest;
  const file = artefactFile(declared.name, version);
  const key = artefactKey(declared, version);
  const objects = await Promise.all(targets.map(({ registry }) => registry.head(key)));
  const stored = objects.find((object) => object !== null && (manifest.sha256 ?? object.sha256) === object.sha256);
  const sha256 = manifest.sha256 ?? stored?.sha256;
  if (sha256 === undefined) return null;
  const entries = await env.git.tree(commit).list(`${managementFolder}/archive`);
  const archived = entries.find(({ path }) => baseName(path) === file);
  // What was made by other means cannot be made again: where it is not stored, its layer version is all there is to keep.
  if (manifest.git_sha === null && archived === undefined && stored?.sha256 !== sha256) return null;
  const size = manifest.size_bytes ?? stored?.size ?? 0;
  return { version, sha256, size, archivedAs: archived?.path ?? null };
}

async function archiveMonth(env: Env, commit: Oid, month: string): Promise<ReleaseState['archiveMonth']> {
  const file = archivePath(month, 'manifest.json');
  const entry = await env.git.tree(commit).entry(file);
  if (entry === null) return null;
  const found = entry.mode.startsWith('100') ? readArchiveManifest(await env.git.blob(entry.oid)) : null;
  if (found === null)
    throw failure('manifest-unreadable', { file, problem: 'it is not the manifest of an archive month' });
  return found;
}
