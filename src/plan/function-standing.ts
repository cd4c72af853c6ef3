import type { Declarations, Environment, LambdaFunction } from '../layer/declarations.js';
import { publishedName } from '../layer/declared.js';
import type { ManifestEnvironment } from '../layer/manifest.js';
import { versionAt } from '../layer/source-commit.js';
import { compareVersions, type Version } from '../layer/version.js';
import type { Env, FunctionState, Functions, Oid } from '../ports.js';
import { bringing } from './bringing.js';
import { called, calledAs } from './called.js';
import { readManifestAt } from './manifest-at.js';

/** One function as VERSION, the manifests and the environment have it. */
export interface FunctionStanding {
  name: string;
  /** With its alias, where it has one. */
  functionName: string;
  /** VERSION at HEAD. */
  version: Version;
  /** The manifest's word on this environment; null: never recorded here. */
  recorded: ManifestEnvironment | null;
  /** What callers get; null: there is no such function, or no such alias. */
  state: FunctionState | null;
  /** Its layers that are recorded for this environment. */
  layers: { name: string; arn: string }[];
}

export interface FunctionDrift {
  kind: 'ahead' | 'no-function' | 'other-code' | 'other-layer';
  problem: string;
  /** The command that mends it. */
  mend: string;
}

export async function functionStandingOf(
  env: Env,
  { versionFile, environments }: Declarations,
  functions: Functions,
  one: LambdaFunction,
  commit: Oid,
): Promise<FunctionStanding> {
  const { environment } = functions;
  const recordOf = async (name: string) =>
    (await readManifestAt(env, commit, name, environments))?.environments?.[environment] ?? null;
  const layers: FunctionStanding['layers'] = [];
  for (const name of one.layers) {
    const recorded = await recordOf(name);
    if (recorded !== null) layers.push({ name, arn: recorded.arn });
  }
  const functionName = calledAs(publishedName(one, environment), one.alias);
  return {
    ...{ name: one.name, functionName, layers },
    version: await versionAt(env.git, commit, one, versionFile),
    recorded: await recordOf(one.name),
    state: await called(functions, one),
  };
}

/** Where they disagree. A function of which nothing is recorded cannot drift, but for the layers it runs with. */
export function functionDriftsOf(standing: FunctionStanding, environment: Environment): FunctionDrift[] {
  const { name, functionName, version, recorded, state, layers } = standing;
  const mend = `layer-policy ${bringing(name, environment)}`;
  const drifts: FunctionDrift[] = [];
  if (recorded !== null && compareVersions(version, recorded.version) > 0) {
    drifts.push({ kind: 'ahead', problem: `VERSION says ${version}, released is ${recorded.version}`, mend });
  }
  if (state === null) {
    if (recorded !== null) drifts.push({ kind: 'no-function', problem: `there is no function ${functionName}`, mend });
    return drifts;
  }
  if (recorded !== null && state.codeSha256 !== recorded.sha256) {
    const problem = `${functionName} runs other code than ${recorded.version} (${state.codeSha256.slice(0, 16)})`;
    drifts.push({ kind: 'other-code', problem, mend });
  }
  for (const layer of layers.filter(({ arn }) => !state.layers.includes(arn))) {
    const problem = `${functionName} runs with ${state.layers.join(', ') || 'no layer'}; recorded is ${layer.arn}`;
    drifts.push({ kind: 'other-layer', problem, mend: `layer-policy ${bringing(layer.name, environment)}` });
  }
  return drifts;
}
