import type { LoadedConfig } from '../config/load.js';
import { failure } from '../errors.js';
import { parseLayerArn } from '../layer/arn.js';
import { artefactKey, type Declared, declaredAs, isLayer, publishedName } from '../layer/declared.js';
import { describedAs, publishedAs } from '../layer/description.js';
import type { Manifest } from '../layer/manifest.js';
import type { Env, Registry } from '../ports.js';
import type { Moment } from './look.js';
import { lookAtFunctions } from './look-functions.js';
import { lookAtPrefixes } from './look-prefixes.js';
import { readManifestAt } from './manifest-at.js';
import { refuseDrifted, refuseOtherOrigin } from './origin.js';
import type { Asked } from './plan.js';
import { type Moved, planMove } from './planners/move.js';
import { type Prepared, refusePromoteOnly, sourcesOf } from './prepared.js';
import { type RecordedRelease, recordedRelease } from './recorded.js';
import { openTargets, type Target } from './target.js';
import { wantedVersions } from './wanted-versions.js';
import { openWorld } from './world.js';

/** Looks and plans for what is recorded already: `deploy`, `promote`, `rollback`. */
export async function prepareMove(env: Env, config: LoadedConfig, asked: Asked, at: Moment): Promise<Prepared> {
  const { command, request } = asked;
  const { declarations } = config;
  const targets = await openTargets(env, config, request.environment);
  if (command === 'deploy') refusePromoteOnly(targets);
  if (command === 'promote') refuseOtherOrigin(targets, request);
  const sources = await sourcesOf(env, config, asked);
  const world = await openWorld(env, config, targets, sources);

  const names = targets.map(({ environment }) => environment.name);
  const moved: Moved[] = [];
  for (const wanted of await wantedVersions(env, declarations, asked, at, names)) {
    const { name, version } = wanted;
    const declared = declaredAs(declarations, name);
    const manifest = await readManifestAt(env, at.commit, name, declarations.environments);
    const release = manifest && (await recordedRelease(env, at.commit, name, manifest, version));
    if (manifest === null || release === null)
      throw failure('not-recorded', { name, version, environment: request.environment });
    if (request.from !== null)
      await refuseDrifted(env, config, { declared, manifest, release, from: request.from, at });
    const there = targets.filter(({ environment }) => wanted.targets.includes(environment.name));
    const found = await lookIn(there, declared, manifest, release);
    const artefact = { name, ...release, size: release.size ?? found.size };
    if (artefact.size === 0) artefact.size = (await world.bytes(artefact)).length;
    moved.push({ declared, artefact, manifest, targets: wanted.targets, arns: found.arns, storedIn: found.storedIn });
  }

  // Whoever names what he promotes wants that alone.
  const goesAlong = command === 'promote' && request.names.length === 0;
  const { syncs, notices } = goesAlong ? await lookAtPrefixes(config, targets) : { syncs: [], notices: [] };
  if (command === 'rollback') notices.push(...moved.flatMap((one) => backAlready(one, request.environment)));
  const brought = moved.map(({ declared }) => declared.name);
  const plan = planMove(asked, {
    ...at,
    branch: await env.git.branch(),
    environment: request.environment,
    targets: names,
    environments: Object.keys(declarations.environments),
    functions: request.attach
      ? await lookAtFunctions(env, declarations, targets, at.commit, brought, { isGoingBack: command === 'rollback' })
      : [],
    moved,
    syncs,
  });
  const about = moved.map(({ artefact }) => `${artefact.name} ${artefact.version}`);
  return { plan, targets, sources, notices, released: null, about };
}

/** Where of these targets its zip lies, and the layer versions that hold it. */
async function lookIn(
  targets: readonly Target[],
  declared: Declared,
  manifest: Manifest,
  release: RecordedRelease,
): Promise<Pick<Moved, 'arns' | 'storedIn'> & { size: number }> {
  const storedIn = new Set<string>();
  const arns = new Map<string, string>();
  let size = 0;
  for (const { environment, registry } of targets) {
    const stored = await registry.head(artefactKey(declared, release.version));
    if (stored?.sha256 === release.sha256) {
      storedIn.add(environment.name);
      size = stored.size;
    }
    const arn = await knownArn(registry, declared, manifest, release);
    if (arn !== null) arns.set(environment.name, arn);
  }
  return { storedIn, arns, size };
}

/** A rollback that was done is not undone by another; whoever means a version names it. */
function backAlready({ artefact: { name, version }, manifest, targets }: Moved, environment: string): string[] {
  const known = targets.flatMap((target) => {
    const recorded = manifest.environments?.[target];
    return recorded?.version === version && recorded.previous ? [{ target, from: recorded.previous.version }] : [];
  });
  const [first] = known;
  if (first === undefined) return [];
  const where = targets.includes(environment) ? environment : known.map(({ target }) => target).join(', ');
  const other = `layer-policy rollback ${name}@VERSION --env ${environment}`;
  return [`${name} went from ${first.from} to ${version} in ${where} already. To another version: ${other}`];
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
