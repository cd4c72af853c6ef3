import { loadConfig } from '../config/load.js';
import { environmentOf } from '../layer/environments.js';
import { policyFiles } from '../layer/policy-files.js';
import { parseVersionFile } from '../layer/version-file.js';
import type { Env } from '../ports.js';
import { otherAccounts } from './ci/accounts.js';
import type { CiFacts } from './ci/facts.js';
import { evidenceOf, informed } from './evidence.js';
import type { Place } from './imported-manifest.js';
import type { OldRecords } from './old-records.js';
import { type ProposedPolicy, proposePolicy } from './proposal.js';
import { findPython } from './python.js';

/** The version file where VERSION is somebody else's, a bare number for instance. */
const otherVersionFile = 'LAYER_VERSIONS';

type Declared = { name: string; source: string; versionKey: string };

type DeclaredLayer = Declared & { layerName: string };

/** The policy that is there, or would be. */
export interface Policy {
  file: string;
  proposal: ProposedPolicy | null;
  versionFile: string;
  layers: DeclaredLayer[];
  functions: Declared[];
  places: Place[];
  ci: Pick<CiFacts, 'environments' | 'branch' | 'archive'>;
}

/** The one that is there, as the work tree has it. */
export async function existingPolicy(env: Env, root: string): Promise<Policy | null> {
  const there = await Promise.all(policyFiles.map((file) => env.files.exists(`${root}/${file}`)));
  const file = policyFiles.find((_, i) => there[i]);
  if (file === undefined) return null;
  const { declarations } = await loadConfig(env, { config: `${root}/${file}` }, env.git.index());
  const { versionFile, layers, functions, environments } = declarations;
  const declared = { layers: Object.values(layers), functions: Object.values(functions) };
  const places = Object.values(environments);
  const ci = ciOfPolicy(places, declarations);
  return { file, proposal: null, versionFile, ...declared, places, ci };
}

function ciOfPolicy(
  places: readonly (Place & { target: string; promoteFrom?: string })[],
  { baseBranch, archive }: { baseBranch: string | null; archive: { bucket?: string; environment?: string } },
): Policy['ci'] {
  // A folder of a runner is gone with it.
  const targets = places.filter(({ target }) => target === 'aws');
  // One job for an environment: it releases to all its targets.
  const environments = targets.flatMap((place, at) => {
    const name = environmentOf(place.name);
    const first = targets.findIndex((one) => environmentOf(one.name) === name);
    const accounts = otherAccounts(targets.filter((one) => environmentOf(one.name) === name));
    return first === at ? [{ ...place, name, accounts }] : [];
  });
  const reached = archive.environment === undefined ? undefined : environmentOf(archive.environment);
  const at = environments.find(({ name }) => reached === undefined || name === reached);
  return { environments, branch: baseBranch, archive: (archive.bucket === undefined ? undefined : at) ?? null };
}

/** The one to propose, by what the repository holds and what old records tell. */
export async function proposedPolicy(env: Env, root: string, { arnFiles, manifests }: OldRecords): Promise<Policy> {
  const usual = await versionsOf(env, root, 'VERSION');
  const versionFile = usual.isForeign ? otherVersionFile : 'VERSION';
  const keys = usual.isForeign ? [] : [...usual.values.keys()];
  const evidence = evidenceOf(
    arnFiles.flatMap(({ arns }) => arns),
    [...manifests.values()].map(({ value }) => value),
  );
  const proposal = informed(proposePolicy(findPython(await env.git.files()), keys, versionFile), evidence);
  const named = <One extends object>(declared: Record<string, One>) =>
    Object.entries(declared).map(([name, one]) => ({ name, ...one }));
  const places = named(proposal.environments ?? {});
  return {
    file: policyFiles[0],
    proposal,
    versionFile,
    layers: named(proposal.layers),
    functions: named(proposal.functions ?? {}),
    places,
    ci: ciOfPolicy(places, { baseBranch: null, archive: {} }),
  };
}

/** `canAppend`: a line added at the end (after `gap`) will be read as one. `isForeign`: there is text, and none of it is ours. */
export async function versionsOf(env: Env, root: string, file: string) {
  const bytes = (await env.files.read(`${root}/${file}`)) ?? new Uint8Array();
  const { values, problems } = parseVersionFile(bytes);
  const serious = problems.filter(({ problem }) => problem !== 'no-final-newline');
  return {
    values,
    canAppend: serious.length === 0,
    gap: serious.length < problems.length ? '\n' : '',
    isForeign: serious.length > 0 && values.size === 0,
  };
}
