import type { LoadedConfig } from '../config/load.js';
import { failure } from '../errors.js';
import { parseLayerArn } from '../layer/arn.js';
import { artefactKey, type Declared, declaredAs, isLayer, publishedName } from '../layer/declared.js';
import { describedAs, publishedAs } from '../layer/description.js';
import type { Manifest } from '../layer/manifest.js';
import type { Env, Registry } from '../ports.js';
import { type Moment, readManifestAt } from './look.js';
import { lookAtFunctions } from './look-functions.js';
import { lookAtPrefixes } from './look-prefixes.js';
import { refuseDrifted, refuseOtherOrigin } from './origin.js';
import type { Asked } from './plan.js';
import { type Moved, planMove } from './planners/move.js';
import { type Prepared, refusePromoteOnly, sourcesOf } from './prepared.js';
import { previousVersions } from './previous.js';
import { type RecordedRelease, recordedRelease } from './recorded.js';
import { openTarget, type Target } from './target.js';
import { openWorld } from './world.js';

/** Looks and plans for what is recorded already: `deploy`, `promote`, `rollback`. */
export async function prepareMove(env: Env, config: LoadedConfig, asked: Asked, at: Moment): Promise<Prepared> {
  const { command, request } = asked;
  const { declarations } = config;
  const target = await openTarget(env, config, request.environment);
  if (command === 'deploy') refusePromoteOnly(target);
  if (command === 'promote') refuseOtherOrigin(target, request.from ?? '');
  const sources = await sourcesOf(env, config, asked);
  const world = await openWorld(env, config, target, sources);

  const moved: Moved[] = [];
  for (const [name, version] of await wantedVersions(env, config, asked, at)) {
    const declared = declaredAs(declarations, name);
    const manifest = await readManifestAt(env, at.commit, name);
    const release = manifest && (await recordedRelease(env, at.commit, name, manifest, version));
    if (release === null) throw failure('not-recorded', { name, version, environment: request.environment });
    if (request.from !== null)
      await refuseDrifted(env, config, { declared, manifest: manifest as Manifest, release, from: request.from, at });
    const key = artefactKey(declared, version);
    const stored = await target.registry.head(key);
    const isStored = stored?.sha256 === release.sha256;
    const arn = await knownArn(target, declared, manifest as Manifest, release);
    const artefact = { name, ...release, size: release.size ?? (isStored ? stored.size : null) ?? 0 };
    if (artefact.size === 0) artefact.size = (await world.bytes(artefact)).length;
    moved.push({ declared, artefact, arn, manifest: manifest as Manifest, isStored });
  }

  // Whoever names what he promotes wants that alone.
  const goesAlong = command === 'promote' && request.names.length === 0;
  const { syncs, notices } = goesAlong ? await lookAtPrefixes(config, target) : { syncs: [], notices: [] };
  if (command === 'rollback') notices.push(...moved.flatMap((one) => backAlready(one, request.environment)));
  const names = moved.map(({ declared }) => declared.name);
  const plan = planMove(asked, {
    ...at,
    branch: await env.git.branch(),
    environment: request.environment,
    environments: Object.keys(declarations.environments),
    functions: request.attach
      ? await lookAtFunctions(env, declarations, target, at.commit, names, { isGoingBack: command === 'rollback' })
      : [],
    moved,
    syncs,
  });
  const about = moved.map(({ artefact }) => `${artefact.name} ${artefact.version}`);
  return { plan, target, sources, notices, released: null, about };
}

/** Names and versions: as they are given, or what the command does without. */
async function wantedVersions(env: Env, { declarations }: LoadedConfig, { command, request }: Asked, at: Moment) {
  const wanted = new Map<string, string>();
  const given = request.names.map((text) => text.split('@', 2));
  for (const [name = ''] of given) declaredAs(declarations, name);
  const all = Object.keys({ ...declarations.layers, ...declarations.functions });
  const without =
    given.length === 0 ? all : given.filter(([, version]) => version === undefined).map(([name = '']) => name);
  const usual = await usualVersions(env, without, { command, request }, at, given.length === 0);
  for (const [name, version] of usual) wanted.set(name, version);
  for (const [name = '', version] of given) if (version !== undefined) wanted.set(name, version);
  return wanted;
}

async function usualVersions(env: Env, names: string[], { command, request }: Asked, { commit }: Moment, all: boolean) {
  if (command === 'rollback') return previousVersions(env, commit, request.environment, names, all);
  const found = new Map<string, string>();
  for (const name of names) {
    const manifest = await readManifestAt(env, commit, name);
    const version = request.from === null ? manifest?.version : manifest?.environments?.[request.from]?.version;
    if (version !== undefined) found.set(name, version);
    else if (!all)
      throw failure('not-recorded', { name, version: '', environment: request.from ?? request.environment });
  }
  return found;
}

/** A rollback that was done is not undone by another; whoever means a version names it. */
function backAlready({ artefact: { name, version }, manifest }: Moved, environment: string): string[] {
  const recorded = manifest.environments?.[environment];
  if (recorded?.version !== version || !recorded.previous) return [];
  const other = `layer-policy rollback ${name}@VERSION --env ${environment}`;
  return [
    `${name} went from ${recorded.previous.version} to ${version} in ${environment} already. To another version: ${other}`,
  ];
}

/** The layer version that holds it there already; null: none, or it is a function. */
async function knownArn(
  { registry }: Target,
  declared: Declared,
  manifest: Manifest,
  { version, sha256 }: RecordedRelease,
): Promise<string | null> {
  if (!isLayer(declared)) return null;
  const layerName = publishedName(declared, registry.environment);
  const recorded = manifest.environments?.[registry.environment];
  for (const one of [recorded, recorded?.previous]) {
    const arn = one?.version === version ? await stillThere(registry, one.arn, layerName, sha256) : null;
    if (arn !== null) return arn;
  }
  const versions = await registry.versions(layerName, describedAs(declared.name, version));
  return publishedAs(versions, { name: declared.name, version, sha256 }).same[0]?.arn ?? null;
}

async function stillThere(registry: Registry, text: string, layerName: string, sha256: string): Promise<string | null> {
  const arn = parseLayerArn(text);
  const there = arn?.layerName === layerName ? await registry.version(layerName, arn.version) : null;
  return there?.arn === text && there.sha256 === sha256 ? text : null;
}
