import type { LoadedConfig } from '../config/load.js';
import { failure } from '../errors.js';
import type { Adopted } from '../layer/adopted-manifest.js';
import { isoDate } from '../layer/artefact.js';
import type { Declarations } from '../layer/declarations.js';
import { targetOf } from '../layer/environments.js';
import type { Manifest } from '../layer/manifest.js';
import { named } from '../layer/named.js';
import { readmePath } from '../layer/names.js';
import { versionAt } from '../layer/source-commit.js';
import { isVersion, type Version } from '../layer/version.js';
import type { Env, Oid, PublishedVersion } from '../ports.js';
import { knownOf } from './known.js';
import type { Moment } from './look.js';
import { readManifestAt } from './manifest-at.js';
import type { Asked } from './plan.js';
import { planAdopt } from './planners/adopt.js';
import type { Prepared } from './prepared.js';
import { type Running, runningLayers } from './running.js';
import { among, openTargets } from './target.js';

/** Looks at what functions run and plans its record. Nothing of the environment is changed, nor is any leave to asked for. */
export async function prepareAdopt(env: Env, config: LoadedConfig, asked: Asked, at: Moment): Promise<Prepared> {
  const { declarations } = config;
  // Each target may run another version, so each is recorded by itself.
  const { name: environment } = targetOf(declarations.environments, asked.request.environment);
  const targets = await openTargets(env, config, environment);
  const target = among(targets, environment);
  const wanted = wantedLayers(declarations, asked.request.names);
  const { running, notices } = await runningLayers(declarations, target, new Set(wanted.keys()));
  const adopted: Adopted[] = [];
  const unversioned: Running[] = [];
  for (const { layer, published } of running) {
    const before = await readManifestAt(env, at.commit, layer.name, declarations.environments);
    const said = wanted.get(layer.name) ?? null;
    const { version, gitSha } = await knownOf(env, layer, published, before, { environment, named: said });
    if (version === null) unversioned.push({ layer, published });
    else if (said !== null && said !== version) {
      throw failure('adopted-otherwise', { name: layer.name, arn: published.arn, said, version, environment });
    } else {
      refuseOtherBytes(version, published, before);
      const buildDate = gitSha === null ? null : await dateOf(env, gitSha);
      adopted.push({ layer, version, gitSha, buildDate, published, before });
    }
  }
  const known = adopted.map(({ layer }) => layer.name);
  if (unversioned.length > 0) throw await whichVersion(env, declarations, { unversioned, known }, asked, at);
  const tree = env.git.tree(at.commit);
  const lacking: string[] = [];
  for (const { layer } of adopted) if ((await tree.entry(readmePath(layer.name))) === null) lacking.push(layer.name);
  const state = {
    ...at,
    environment,
    branch: await env.git.branch(),
    environments: Object.keys(declarations.environments),
  };
  const readmes = Object.values(declarations.layers).filter(({ name }) => lacking.includes(name));
  const plan = planAdopt(asked, { ...state, adopted, readmes });
  const about = adopted.map(({ layer, version }) => `${layer.name} ${version}`);
  return { plan, targets, sources: {}, notices: [...config.notices, ...notices], released: null, about };
}

/** Those that are named, with the version that is said of them; all without names. */
function wantedLayers({ layers }: Declarations, names: readonly string[]): Map<string, Version | null> {
  if (names.length === 0) return new Map(Object.keys(layers).map((name) => [name, null]));
  return new Map(
    names.map((text) => {
      const [name = '', version = null] = text.split('@', 2);
      if (version !== null && !isVersion(version)) {
        throw failure('usage', { problem: `'${version}' is no version such as 1.2.3.`, command: 'init' });
      }
      return [named(layers, name, 'layer').name, version];
    }),
  );
}

/** null: this clone does not have the commit. */
async function dateOf({ git }: Pick<Env, 'git'>, commit: Oid): Promise<string | null> {
  return (await git.commit(commit)) === null ? null : isoDate((await git.commitInfo(commit)).time);
}

/** One version has one content, whoever published it. */
function refuseOtherBytes(version: Version, { sha256, arn }: PublishedVersion, before: Manifest | null): void {
  const { sha256: there = sha256 } = before?.version === version ? before : {};
  if (there === sha256) return;
  throw failure('adopted-elsewise', { arn, version, here: sha256.slice(0, 16), there: there.slice(0, 16) });
}

/** Nobody but people can tell; VERSION has a proposal, which is shown and not taken. */
async function whichVersion(
  env: Env,
  { versionFile }: Declarations,
  { unversioned, known }: { unversioned: readonly Running[]; known: readonly string[] },
  { request: { environment, names } }: Asked,
  { commit }: Moment,
) {
  const open = new Set(unversioned.map(({ layer }) => layer.name));
  const others = names.length > 0 ? names : known;
  const words = others.filter((text) => !open.has(text.split('@')[0] ?? ''));
  for (const { layer } of unversioned) {
    const version = await versionAt(env.git, commit, layer, versionFile).catch(() => 'X.Y.Z');
    words.push(`${layer.name}@${version}`);
  }
  const arns = unversioned.map(({ published }) => published.arn).join(', ');
  return failure('adopted-unversioned', { arns, environment, words: words.join(' ') });
}
