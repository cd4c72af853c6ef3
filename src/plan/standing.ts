import { parseLayerArn } from '../layer/arn.js';
import type { Declarations, Layer } from '../layer/declarations.js';
import { publishedName } from '../layer/declared.js';
import { describedAs, parseDescription, publishedAs } from '../layer/description.js';
import { expand, layerKey } from '../layer/names.js';
import { versionAt } from '../layer/source-commit.js';
import { sourceIdentity } from '../layer/source-identity.js';
import type { Env, Oid, PublishedVersion, Registry } from '../ports.js';
import type { LayerStanding } from './drift.js';
import { readManifestAt } from './manifest-at.js';

/** Looks at one layer from all sides. */
export async function standingOf(
  env: Env,
  declarations: Declarations,
  registry: Registry,
  layer: Layer,
  commit: Oid,
): Promise<LayerStanding> {
  const { name } = layer;
  const { environment } = registry;
  const version = await versionAt(env.git, commit, layer, declarations.versionFile);
  const manifest = await readManifestAt(env, commit, name, declarations.environments);
  const recorded = manifest?.environments?.[environment] ?? null;
  const shown = recorded?.version ?? version;
  const tagName = expand(layer.tag, { name, version: shown });
  const key = layerKey(name, shown);
  const object = await registry.head(key);
  const layerName = publishedName(layer, environment);
  const versions = await registry.versions(layerName, describedAs(name, shown));
  const sha256 = recorded?.sha256 ?? object?.sha256 ?? '';
  const { same } = publishedAs(versions, { name, version: shown, sha256 });
  const ours = same.find(({ arn }) => arn === recorded?.arn) ?? same[0];
  return {
    name,
    version,
    unchanged: recorded === null ? null : await isUnchanged(env, layer, recorded.git_sha, commit),
    recorded,
    tagName,
    tag: await env.git.tag(tagName),
    key,
    object,
    published: ours ?? (await madeByOthers(registry, layerName, recorded)),
  };
}

/** A version that is recorded under its ARN but was published by other means has no description of ours. */
async function madeByOthers(
  registry: Registry,
  layerName: string,
  recorded: LayerStanding['recorded'],
): Promise<PublishedVersion | null> {
  const arn = parseLayerArn(recorded?.arn ?? '');
  const there = arn?.layerName === layerName ? await registry.version(layerName, arn.version) : null;
  const isIt = there?.arn === recorded?.arn && there?.sha256 === recorded?.sha256;
  return there !== null && isIt && parseDescription(there.description) === null ? there : null;
}

async function isUnchanged(env: Env, layer: Layer, then: Oid | null, now: Oid): Promise<boolean | null> {
  if (then === null || (await env.git.commit(then)) === null) return null;
  const before = await sourceIdentity(env.git.tree(then), layer.source);
  return before === null ? null : before === (await sourceIdentity(env.git.tree(now), layer.source));
}
