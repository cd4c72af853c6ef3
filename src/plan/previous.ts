import { failure } from '../errors.js';
import type { ManifestEnvironment } from '../layer/manifest.js';
import { manifestPath } from '../layer/names.js';
import { compareVersions, type Version } from '../layer/version.js';
import type { Env, Oid } from '../ports.js';
import { readManifestAt } from './look.js';
import type { Target } from './target.js';

/**
 * What an environment had before: of a name its previous version; without names, before whatever its last change changed.
 * What was lowered last has gone back already and stays, so that a rollback can be run again: it takes back only what rose.
 */
export async function previousVersions(
  env: Pick<Env, 'git'>,
  commit: Oid,
  targets: readonly Target[],
  names: readonly string[],
  all: boolean,
): Promise<Map<string, Version>> {
  if (all) return beforeLastChange(env, commit, targets, names);
  const found = new Map<string, Version>();
  for (const name of names) {
    const recorded = await entriesAt(env, commit, name, targets);
    // Where targets differ, what came last is what is taken back.
    const [newest] = [...recorded.values()]
      .filter(({ previous }) => previous !== null)
      .sort((a, b) => (a.published_at < b.published_at ? 1 : -1));
    if (!newest?.previous) throw nothingEarlier(targets, `of ${name} no earlier version is recorded`);
    found.set(name, lower(newest.version, newest.previous.version));
  }
  return found;
}

/** The newest commit that changed what manifests say of the environment, and what they said before it. */
async function beforeLastChange(
  env: Pick<Env, 'git'>,
  tip: Oid,
  targets: readonly Target[],
  names: readonly string[],
): Promise<Map<string, Version>> {
  for (const commit of await env.git.touching(tip, names.map(manifestPath))) {
    const [parent] = (await env.git.commitInfo(commit)).parents;
    const found = new Map<string, Version>();
    let isChange = false;
    for (const name of names) {
      const after = await entriesAt(env, commit, name, targets);
      const earlier = parent === undefined ? null : await entriesAt(env, parent, name, targets);
      for (const [target, now] of after) {
        const before = earlier?.get(target);
        if (now.version === before?.version && now.sha256 === before.sha256) continue;
        isChange = true;
        if (before !== undefined && !found.has(name)) found.set(name, lower(now.version, before.version));
      }
    }
    if (found.size > 0) return found;
    if (isChange) break;
  }
  throw nothingEarlier(targets, 'what is there is the first that was recorded');
}

const lower = (now: Version, before: Version) => (compareVersions(now, before) < 0 ? now : before);

function nothingEarlier(targets: readonly Target[], problem: string) {
  return failure('nothing-earlier', { environment: targets.map((one) => one.environment.name).join(', '), problem });
}

/** What a manifest says of these targets, in their order. */
async function entriesAt(
  env: Pick<Env, 'git'>,
  commit: Oid,
  name: string,
  targets: readonly Target[],
): Promise<Map<string, ManifestEnvironment>> {
  const { environments = {} } = (await readManifestAt(env, commit, name)) ?? {};
  const known = targets.flatMap(({ environment }) => {
    const entry = environments[environment.name];
    return entry === undefined ? [] : [[environment.name, entry] as const];
  });
  return new Map(known);
}
