import type { LoadedConfig } from '../config/load.js';
import { failure } from '../errors.js';
import { parseLayerArn } from '../layer/arn.js';
import type { Declarations } from '../layer/declarations.js';
import { artefactKey, type Declared, declaredAs, isLayer, publishedName } from '../layer/declared.js';
import { describedAs, publishedAs } from '../layer/description.js';
import { targetsOf } from '../layer/environments.js';
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
import { openTargets, type Target } from './target.js';
import { openWorld } from './world.js';

/** Looks and plans for what is recorded already: `deploy`, `promote`, `rollback`. */
export async function prepareMove(env: Env, config: LoadedConfig, asked: Asked, at: Moment): Promise<Prepared> {
  const { command, request } = asked;
  const { declarations } = config;
  const targets = await openTargets(env, config, request.environment);
  if (command === 'deploy') refusePromoteOnly(targets);
  if (command === 'promote') refuseOtherOrigin(targets, request.from ?? '');
  const sources = await sourcesOf(env, config, asked);
  const world = await openWorld(env, config, targets, sources);

  const moved: Moved[] = [];
  for (const [name, version] of await wantedVersions(env, config, asked, at, targets)) {
    const declared = declaredAs(declarations, name);
    const manifest = await readManifestAt(env, at.commit, name);
    const release = manifest && (await recordedRelease(env, at.commit, name, manifest, version));
    if (release === null) throw failure('not-recorded', { name, version, environment: request.environment });
    if (request.from !== null)
      await refuseDrifted(env, config, { declared, manifest: manifest as Manifest, release, from: request.from, at });
    const key = artefactKey(declared, version);
    const storedIn = new Set<string>();
    const arns = new Map<string, string>();
    let size = release.size ?? 0;
    for (const { environment, registry } of targets) {
      const stored = await registry.head(key);
      if (stored?.sha256 === release.sha256) {
        storedIn.add(environment.name);
        size = release.size ?? stored.size;
      }
      const arn = await knownArn(registry, declared, manifest as Manifest, release);
      if (arn !== null) arns.set(environment.name, arn);
    }
    const artefact = { name, ...release, size };
    if (artefact.size === 0) artefact.size = (await world.bytes(artefact)).length;
    moved.push({ declared, artefact, arns, manifest: manifest as Manifest, storedIn });
  }

  // Whoever names what he promotes wants that alone.
  const goesAlong = command === 'promote' && request.names.length === 0;
  const { syncs, notices } = goesAlong ? await lookAtPrefixes(config, targets) : { syncs: [], notices: [] };
  if (command === 'rollback') notices.push(...moved.flatMap((one) => backAlready(one, request.environment, targets)));
  const names = moved.map(({ declared }) => declared.name);
  const plan = planMove(asked, {
    ...at,
    branch: await env.git.branch(),
    environment: request.environment,
    targets: targets.map(({ environment }) => environment.name),
    environments: Object.keys(declarations.environments),
    functions: request.attach
      ? await lookAtFunctions(env, declarations, targets, at.commit, names, { isGoingBack: command === 'rollback' })
      : [],
    moved,
    syncs,
  });
  const about = moved.map(({ artefact }) => `${artefact.name} ${artefact.version}`);
  return { plan, targets, sources, notices, released: null, about };
}

/** Names and versions: as they are given, or what the command does without. */
async function wantedVersions(
  env: Env,
  { declarations }: LoadedConfig,
  { command, request }: Asked,
  at: Moment,
  targets: readonly Target[],
) {
  const wanted = new Map<string, string>();
  const given = request.names.map((text) => text.split('@', 2));
  for (const [name = ''] of given) declaredAs(declarations, name);
  const all = Object.keys({ ...declarations.layers, ...declarations.functions });
  const without =
    given.length === 0 ? all : given.filter(([, version]) => version === undefined).map(([name = '']) => name);
  const usual = await usualVersions(env, declarations, without, { command, request }, at, targets, given.length === 0);
  for (const [name, version] of usual) wanted.set(name, version);
  for (const [name = '', version] of given) if (version !== undefined) wanted.set(name, version);
  return wanted;
}

async function usualVersions(
  env: Env,
  declarations: Declarations,
  names: string[],
  { command, request }: Asked,
  { commit }: Moment,
  targets: readonly Target[],
  all: boolean,
) {
  if (command === 'rollback') return previousVersions(env, commit, targets, names, all);
  const [origin] = request.from === null ? [] : targetsOf(declarations.environments, request.from);
  const found = new Map<string, string>();
  for (const name of names) {
    const manifest = await readManifestAt(env, commit, name);
    const version = origin === undefined ? manifest?.version : manifest?.environments?.[origin.name]?.version;
    if (version !== undefined) found.set(name, version);
    else if (!all)
      throw failure('not-recorded', { name, version: '', environment: request.from ?? request.environment });
  }
  return found;
}

/** A rollback that was done is not undone by another; whoever means a version names it. */
function backAlready(
  { artefact: { name, version }, manifest }: Moved,
  environment: string,
  targets: readonly Target[],
) {
  const [first] = targets;
  const recorded = manifest.environments?.[first?.environment.name ?? ''];
  if (recorded?.version !== version || !recorded.previous) return [];
  const other = `layer-policy rollback ${name}@VERSION --env ${environment}`;
  return [
    `${name} went from ${recorded.previous.version} to ${version} in ${environment} already. To another version: ${other}`,
  ];
}

/** The layer version that holds it there already; null: none, or it is a function. */
async function knownArn(
  registry: Registry,
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
