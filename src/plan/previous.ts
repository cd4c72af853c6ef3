import { failure } from '../errors.js';
import type { ManifestEnvironment } from '../layer/manifest.js';
import { manifestPath } from '../layer/names.js';
import { compareVersions, type Version } from '../layer/version.js';
import type { Env, Oid } from '../ports.js';
import { readManifestAt } from './look.js';

/**
 * What an environment had before: of a name its previous version; without names, before whatever its last change changed.
 * What was lowered last has gone back already and stays, so that a rollback can be run again: it takes back only what rose.
 */
export async function previousVersions(
  env: Pick<Env, 'git'>,
  commit: Oid,
  environment: string,
  names: readonly string[],
  all: boolean,
): Promise<Map<string, Version>> {
  if (all) return beforeLastChange(env, commit, environment, names);
  const found = new Map<string, Version>();
  for (const name of names) {
    const entry = await entryAt(env, commit, name, environment);
    if (!entry?.previous)
      throw failure('nothing-earlier', { environment, problem: `of ${name} no earlier version is recorded` });
    found.set(name, lower(entry.version, entry.previous.version));
  }
  return found;
}

/** The newest commit that changed what manifests say of the environment, and what they said before it. */
async function beforeLastChange(
  env: Pick<Env, 'git'>,
  tip: Oid,
  environment: string,
  names: readonly string[],
): Promise<Map<string, Version>> {
  for (const commit of await env.git.touching(tip, names.map(manifestPath))) {
    const [parent] = (await env.git.commitInfo(commit)).parents;
    const found = new Map<string, Version>();
    let isChange = false;
    for (const name of names) {
      const now = await entryAt(env, commit, name, environment);
      const before = parent === undefined ? null : await entryAt(env, parent, name, environment);
      if (now === null || (now.version === before?.version && now.sha256 === before.sha256)) continue;
      isChange = true;
      if (before !== null) found.set(name, lower(now.version, before.version));
    }
    if (found.size > 0) return found;
    if (isChange) break;
  }
  throw failure('nothing-earlier', { environment, problem: 'what is there is the first that was recorded' });
}

const lower = (now: Version, before: Version) => (compareVersions(now, before) < 0 ? now : before);

async function entryAt(
  env: Pick<Env, 'git'>,
  commit: Oid,
  name: string,
  environment: string,
): Promise<ManifestEnvironment | null> {
  return (await readManifestAt(env, commit, name))?.environments?.[environment] ?? null;
}
