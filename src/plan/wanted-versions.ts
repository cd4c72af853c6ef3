import { failure } from '../errors.js';
import type { Declarations } from '../layer/declarations.js';
import { declaredAs } from '../layer/declared.js';
import { targetsOf } from '../layer/environments.js';
import type { Version } from '../layer/version.js';
import type { Env } from '../ports.js';
import type { Moment } from './look.js';
import { readManifestAt } from './manifest-at.js';
import type { Asked } from './plan.js';
import { previousVersions } from './previous.js';

/** A name at a version, and the targets that are to have it. */
export interface Wanted {
  name: string;
  version: Version;
  targets: string[];
}

/** Names and versions: as they are given, or what the command does without. A rollback may take each target elsewhere. */
export async function wantedVersions(
  env: Env,
  declarations: Declarations,
  { command, request }: Asked,
  { commit }: Moment,
  targets: readonly string[],
): Promise<Wanted[]> {
  const given = request.names.map((text) => text.split('@', 2));
  for (const [name = ''] of given) declaredAs(declarations, name);
  const isAll = given.length === 0;
  const unversioned = given.flatMap(([name = '', version]) => (version === undefined ? [name] : []));
  const names = isAll ? Object.keys({ ...declarations.layers, ...declarations.functions }) : unversioned;
  const { environment, from } = request;
  const found =
    command === 'rollback'
      ? await previousVersions(env, declarations, { commit, environment, targets, names }, isAll)
      : new Map<string, Map<string, Version>>();
  for (const name of command === 'rollback' ? [] : names) {
    const manifest = await readManifestAt(env, commit, name, declarations.environments);
    const version =
      from === null
        ? manifest?.version
        : versionIn(manifest?.environments ?? {}, name, from, declarations.environments);
    if (version !== undefined) found.set(name, everywhere(targets, version));
    else if (!isAll) throw failure('not-recorded', { name, version: '', environment: from ?? environment });
  }
  for (const [name = '', version] of given) if (version !== undefined) found.set(name, everywhere(targets, version));
  return [...found].flatMap(([name, versions]) => byVersion(name, versions));
}

const everywhere = (targets: readonly string[], version: Version) =>
  new Map(targets.map((target) => [target, version]));

function byVersion(name: string, versions: ReadonlyMap<string, Version>): Wanted[] {
  const different = [...new Set(versions.values())];
  return different.map((version) => {
    const targets = [...versions].flatMap(([target, one]) => (one === version ? [target] : []));
    return { name, version, targets };
  });
}

/** What all targets of an environment have; undefined: none has any. Fails with `origin-differs`. */
function versionIn(
  entries: Readonly<Record<string, { version: Version }>>,
  name: string,
  from: string,
  environments: Declarations['environments'],
): Version | undefined {
  const there = targetsOf(environments, from).map((target) => [target.name, entries[target.name]?.version] as const);
  const [first, ...others] = new Set(there.map(([, version]) => version));
  if (others.length === 0) return first;
  const found = there.map(([target, version]) => `${target} ${version ?? 'none'}`).join(', ');
  throw failure('origin-differs', { name, from, found, first: there[0]?.[0] ?? '' });
}
