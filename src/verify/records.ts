import { readArchiveManifest } from '../layer/archive-manifest.js';
import { parseLayerArn } from '../layer/arn.js';
import type { Declarations } from '../layer/declarations.js';
import { publishedName } from '../layer/declared.js';
import { describedAs, publishedAs } from '../layer/description.js';
import { releasesIn } from '../layer/manifest-releases.js';
import { artefactFile, baseName, layerKey, managementFolder, manifestPath } from '../layer/names.js';
import { type Account, differs, type Line } from '../layer/verification.js';
import { readManifestAt } from '../plan/manifest-at.js';
import { recordedRelease } from '../plan/recorded.js';
import type { Env, Oid, Registry } from '../ports.js';

export interface Release {
  name: string;
  version: string;
  /** Template of the published name; null: it is a function. */
  layerName: string | null;
  /** The policy's, by whose names entries are found. */
  environments: Declarations['environments'];
}

/** A place that says what a release is. */
export interface Record {
  place: string;
  account: Account;
}

/** What git has recorded at HEAD: the manifest, for each environment too, and the archive months' manifests. */
export async function recordsInGit(
  { git }: Pick<Env, 'git'>,
  head: Oid,
  { name, version, environments }: Release,
): Promise<Record[]> {
  const manifest = await readManifestAt({ git }, head, name, environments);
  const releases = manifest === null ? [] : releasesIn(manifest).filter((one) => one.version === version);
  const records: Record[] = releases.map(({ at, gitSha, zip: { sha256, content_digest, size_bytes } }) => ({
    place: `${manifestPath(name)}${at === '' ? '' : ` ${at.slice(0, -1)}`}`,
    account: { sha256, contentDigest: content_digest, size: size_bytes, gitSha: gitSha ?? undefined },
  }));
  const entries = await git.tree(head).list(`${managementFolder}/archive`);
  for (const { path, mode, oid } of entries) {
    if (baseName(path) !== 'manifest.json' || !mode.startsWith('100')) continue;
    const month = readArchiveManifest(await git.blob(oid));
    const file = artefactFile(name, version);
    const one = month !== null && Object.hasOwn(month.artefacts, file) ? month.artefacts[file] : undefined;
    if (one === undefined) continue;
    const { sha256, size_bytes: size, git_sha: gitSha } = one;
    records.push({ place: `${path} ${file}`, account: { sha256, size, gitSha: gitSha ?? undefined } });
  }
  return records;
}

/** What earlier states of the manifest said. */
export async function recordsInHistory(
  env: Pick<Env, 'git'>,
  head: Oid,
  { name, version, environments }: Release,
): Promise<Record[]> {
  const manifest = await readManifestAt(env, head, name, environments);
  const earlier = manifest && (await recordedRelease(env, head, name, manifest, version));
  if (earlier === null) return [];
  const { sha256, gitSha, size } = earlier;
  const account = { sha256, ...(gitSha !== null && { gitSha }), ...(size !== null && { size }) };
  return [{ place: `${manifestPath(name)} in history`, account }];
}

/** What a registry tells of the object and of every layer version of that name and version, without fetching either. */
export async function recordsIn(registry: Registry, { name, version, layerName }: Release): Promise<Record[]> {
  const { environment } = registry;
  const key = layerName === null ? `functions/${artefactFile(name, version)}` : layerKey(name, version);
  const object = await registry.head(key);
  const records = object === null ? [] : [{ place: `${environment}:${key}`, account: digestOf(object) }];
  if (layerName === null) return records;
  const published = await registry.versions(
    publishedName({ name, layerName }, environment),
    describedAs(name, version),
  );
  const { same, other } = publishedAs(published, { name, version, sha256: object?.sha256 ?? '' });
  return [...records, ...[...same, ...other].map((one) => ({ place: one.arn, account: digestOf(one) }))];
}

/** What HEAD records as published there has to be a layer version that is there, of this layer and with these bytes. */
export async function recordedArns(
  { git }: Pick<Env, 'git'>,
  head: Oid,
  registry: Registry,
  { name, version, layerName, environments }: Release,
  sha256: string,
): Promise<Line[]> {
  const { environment } = registry;
  const recorded = (await readManifestAt({ git }, head, name, environments))?.environments?.[environment];
  if (layerName === null || recorded?.version !== version) return [];
  const place = `${manifestPath(name)} environments.${environment}.arn`;
  const [wanted, arn] = [publishedName({ name, layerName }, environment), parseLayerArn(recorded.arn)];
  if (arn?.layerName !== wanted) return [differs(place, `${recorded.arn} is not of ${wanted}`)];
  const there = await registry.version(arn.layerName, arn.version);
  // What another clone published to its own folder is not to be had here.
  if (there === null && environment === 'local') return [];
  if (there?.arn !== recorded.arn) return [differs(place, `${recorded.arn} is not there`)];
  return there.sha256 === sha256 ? [] : [differs(place, `${recorded.arn} holds other bytes`)];
}

const digestOf = ({ sha256, size }: { sha256: string; size: number }): Account => ({ sha256, size });
