import type { LoadedConfig } from '../config/load.js';
import { isFailure } from '../errors.js';
import { type ArchiveManifest, isArchived, readArchiveManifest } from '../layer/archive-manifest.js';
import { isoDate } from '../layer/artefact.js';
import type { Declarations, Layer } from '../layer/declarations.js';
import { targetsOf } from '../layer/environments.js';
import type { Manifest } from '../layer/manifest.js';
import { mirroredArns } from '../layer/mirrored-arns.js';
import { artefactFile, expand, managementFolder } from '../layer/names.js';
import { versionAt } from '../layer/source-commit.js';
import { readManifestAt } from '../plan/manifest-at.js';
import type { Env, Oid } from '../ports.js';
import { judgedAt, milestones } from './judged.js';
import type { LayerOverview, Overview, Release, Running } from './overview.js';
import { packageSizes } from './packages.js';
import { releasesIn } from './releases.js';

/** Looks at a commit: manifests, archive, tags, and what the policy said along the way. `points`: commits judged. */
export async function overview(
  env: Env,
  flags: { config?: string },
  config: LoadedConfig,
  { head, points }: { head: Oid; points: number },
): Promise<Overview> {
  const { declarations } = config;
  const notices = [...config.notices];
  const active: { name: string; manifest: Manifest }[] = [];
  for (const name of Object.keys(declarations.layers)) {
    const manifest = await orNotice(notices, () => readManifestAt(env, head, name, declarations.environments));
    if (manifest !== null) active.push({ name, manifest });
  }
  const known = releasesIn(active, await archiveManifests(env, head, notices), declarations.environments);
  const releases: Release[] = [];
  for (const one of known) {
    const layer = declarations.layers[one.name];
    const tag = layer && (await env.git.tag(expand(layer.tag, { name: one.name, version: one.version })));
    releases.push({ ...one, tag: tag ?? null, functions: usersOf(config, one.name) });
  }
  const layers: LayerOverview[] = [];
  for (const layer of Object.values(declarations.layers)) {
    const manifest = active.find(({ name }) => name === layer.name)?.manifest ?? null;
    layers.push(await layerOverview(env, config, layer, { head, manifest, releases, notices }));
  }
  const findings = [];
  const commits = await milestones(env, head, points);
  for (const [at, commit] of commits.entries()) {
    env.out.progress(`judging ${commit.slice(0, 7)} (${at + 1} of ${commits.length})`);
    findings.push(await judgedAt(env, flags, commit));
  }
  env.out.progress('');
  const root = await env.git.root();
  return {
    repository: root.slice(root.lastIndexOf('/') + 1),
    head,
    branch: await env.git.branch(),
    headDate: isoDate((await env.git.commitInfo(head)).time),
    now: new Date(env.now()).toISOString(),
    environments: Object.values(declarations.environments).map(({ name, promoteFrom }) => ({
      name,
      promoteFrom:
        promoteFrom === undefined ? null : (targetsOf(declarations.environments, promoteFrom)[0]?.name ?? null),
    })),
    layers,
    releases,
    findings,
    notices,
  };
}

async function layerOverview(
  env: Env,
  config: LoadedConfig,
  layer: Layer,
  known: { head: Oid; manifest: Manifest | null; releases: Release[]; notices: string[] },
): Promise<LayerOverview> {
  const { name } = layer;
  const { head, manifest, releases, notices } = known;
  return {
    name,
    version: await orNotice(notices, () => versionAt(env.git, head, layer, config.declarations.versionFile)),
    running: manifest === null ? {} : runningBy(manifest, config.declarations.environments),
    functions: usersOf(config, name),
    packages: await packagesOf(env, releases.find((release) => release.name === name) ?? null),
  };
}

function runningBy(manifest: Manifest, targets: Declarations['environments']): Record<string, Running> {
  const recorded = Object.entries(manifest.environments ?? {}).map(([environment, there]): [string, Running] => {
    const { version, sha256, arn, published_at: publishedAt, previous } = there;
    return [environment, { version, sha256, arn, publishedAt, previous: previous?.version ?? null }];
  });
  const mirrored = mirroredArns(manifest, targets).map(({ target, arn }): [string, Running] => [
    target,
    { version: manifest.version, sha256: null, arn, publishedAt: null, previous: null },
  ]);
  return Object.fromEntries([...recorded, ...mirrored]);
}

/** From the zip that the last build left, if it is the very one. */
async function packagesOf(env: Env, release: Release | null): Promise<LayerOverview['packages']> {
  if (release?.sha256 == null) return null;
  const path = `${await env.git.root()}/.build/layers/${artefactFile(release.name, release.version)}`;
  if ((await env.files.look(path))?.kind !== 'file') return null;
  const walked = await env.zip.walk(path, () => ({ show() {}, seen: () => null }));
  if (walked.sha256 !== release.sha256 || walked.problems.length > 0) return null;
  return { version: release.version, packages: packageSizes(walked.files) };
}

function usersOf({ declarations }: LoadedConfig, name: string): string[] {
  return Object.values(declarations.functions)
    .filter(({ layers }) => layers.includes(name))
    .map(({ name }) => name);
}

async function archiveManifests(env: Env, head: Oid, notices: string[]): Promise<ArchiveManifest[]> {
  const found: ArchiveManifest[] = [];
  for (const { path, oid, mode } of await env.git.tree(head).list(`${managementFolder}/archive`)) {
    if (!/^layer_management\/archive\/\d{4}-\d{2}\/manifest\.json$/.test(path) || !mode.startsWith('100')) continue;
    const month = readArchiveManifest(await env.git.blob(oid));
    const entries = Object.entries(month?.artefacts ?? {});
    if (month === null || !entries.every(([, entry]) => isArchived(entry))) {
      notices.push(`${path} is not the manifest of an archive month.`);
    }
    const artefacts = Object.fromEntries(entries.filter(([, entry]) => isArchived(entry)));
    found.push({ schema: 1, month: path.split('/')[2] ?? '', artefacts });
  }
  return found;
}

/** What cannot be read is said on the page, and the rest is shown all the same. */
async function orNotice<Found>(notices: string[], look: () => Promise<Found>): Promise<Found | null> {
  try {
    return await look();
  } catch (error) {
    if (!isFailure(error)) throw error;
    notices.push(error.message);
    return null;
  }
}
