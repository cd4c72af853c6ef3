import { failure } from '../errors.js';
import type { ManifestEnvironment } from '../layer/manifest.js';
import { manifestPath } from '../layer/names.js';
import type { Env, Oid } from '../ports.js';
import { readManifestAt } from './look.js';

/**
 * What an environment had before: of one name its previous version; of all, whatever the last change of this environment
 * changed. Going back twice so comes back.
 */
export async function previousVersions(
  env: Pick<Env, 'git'>,
  commit: Oid,
  environment: string,
  names: readonly string[],
  all: boolean,
): Promise<Map<string, string>> {
  if (all) return lastChange(env, commit, environment, names);
  const found = new Map<string, string>();
  for (const name of names) {
    const previous = (await readManifestAt(env, commit, name))?.environments?.[environment]?.previous;
    if (!previous)
      throw failure('nothing-earlier', { environment, problem: `of ${name} no earlier version is recorded` });
    found.set(name, previous.version);
  }
  return found;
}

/** The newest commit that changed what manifests say of the environment, and what they said before it. */
async function lastChange(
  env: Pick<Env, 'git'>,
  tip: Oid,
  environment: string,
  names: readonly string[],
): Promise<Map<string, string>> {
  for (const commit of await env.git.touching(tip, names.map(manifestPath))) {
    const [parent] = (await env.git.commitInfo(commit)).parents;
    const found = new Map<string, string>();
    let isChange = false;
    for (const name of names) {
      const now = await entryAt(env, commit, name, environment);
      const before = parent === undefined ? null : await entryAt(env, parent, name, environment);
      if (now === null || (now.version === before?.version && now.sha256 === before.sha256)) continue;
      isChange = true;
      if (before !== null) found.set(name, before.version);
    }
    if (found.size > 0) return found;
    if (isChange) break;
  }
  throw failure('nothing-earlier', { environment, problem: 'what is there is the first that was recorded' });
}

async function entryAt(
  env: Pick<Env, 'git'>,
  commit: Oid,
  name: string,
  environment: string,
): Promise<ManifestEnvironment | null> {
  return (await readManifestAt(env, commit, name))?.environments?.[environment] ?? null;
}
