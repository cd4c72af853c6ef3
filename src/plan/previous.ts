import { failure } from '../errors.js';
import type { Declarations } from '../layer/declarations.js';
import { manifestPath } from '../layer/names.js';
import { compareVersions, type Version } from '../layer/version.js';
import type { Env, Oid } from '../ports.js';
import { readManifestAt } from './manifest-at.js';

/** By name, and by target: each goes back to what it had itself. */
type Earlier = Map<string, Map<string, Version>>;

export interface Back {
  commit: Oid;
  /** As it was asked for. */
  environment: string;
  targets: readonly string[];
  names: readonly string[];
}

type Ports = Pick<Env, 'git'>;

/**
 * What an environment had before: of a name its previous version; without names, before whatever its last change changed.
 * What was lowered last has gone back already and stays, so that a rollback can be run again: it takes back only what rose.
 */
export async function previousVersions(
  env: Ports,
  declarations: Declarations,
  back: Back,
  all: boolean,
): Promise<Earlier> {
  if (all) return beforeLastChange(env, declarations, back);
  const { environment, targets, names, commit } = back;
  const found: Earlier = new Map();
  for (const name of names) {
    const entries = await entriesAt(env, declarations, commit, name);
    const versions = targets.flatMap((target) => {
      const entry = entries[target];
      return entry?.previous ? [[target, lower(entry.version, entry.previous.version)] as const] : [];
    });
    if (versions.length === 0) throw nothingEarlier(environment, `of ${name} no earlier version is recorded`);
    found.set(name, new Map(versions));
  }
  return found;
}

/** The newest commit that changed what manifests say of the environment, and what they said before it. */
async function beforeLastChange(
  env: Ports,
  declarations: Declarations,
  { commit: tip, environment, targets, names }: Back,
): Promise<Earlier> {
  for (const commit of await env.git.touching(tip, names.map(manifestPath))) {
    const [parent] = (await env.git.commitInfo(commit)).parents;
    const found: Earlier = new Map();
    let isChange = false;
    for (const name of names) {
      const after = await entriesAt(env, declarations, commit, name);
      const earlier = parent === undefined ? {} : await entriesAt(env, declarations, parent, name);
      const versions = new Map<string, Version>();
      for (const target of targets) {
        const [now, before] = [after[target], earlier[target]];
        if (now === undefined || (now.version === before?.version && now.sha256 === before.sha256)) continue;
        isChange = true;
        if (before !== undefined) versions.set(target, lower(now.version, before.version));
      }
      if (versions.size > 0) found.set(name, versions);
    }
    if (found.size > 0) return found;
    if (isChange) break;
  }
  throw nothingEarlier(environment, 'what is there is the first that was recorded');
}

const lower = (now: Version, before: Version) => (compareVersions(now, before) < 0 ? now : before);

const nothingEarlier = (environment: string, problem: string) => failure('nothing-earlier', { environment, problem });

async function entriesAt(env: Ports, { environments }: Declarations, commit: Oid, name: string) {
  return (await readManifestAt(env, commit, name, environments))?.environments ?? {};
}
