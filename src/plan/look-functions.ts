import { failure } from '../errors.js';
import type { Declarations, LambdaFunction, Layer } from '../layer/declarations.js';
import { artefactKey, publishedName } from '../layer/declared.js';
import type { Env, FunctionState, Oid } from '../ports.js';
import { eventBlob } from './events.js';
import { readManifestAt } from './manifest-at.js';
import type { AliasLook, FunctionLook } from './state.js';
import type { SmokeCall } from './steps/smoke.js';
import type { Target } from './target.js';

/** The functions that are brought themselves or use a layer that is; all of them have to be there before anything is changed. */
export async function lookAtFunctions(
  env: Pick<Env, 'git'>,
  declarations: Declarations,
  targets: readonly Target[],
  commit: Oid,
  names: readonly string[],
  how = { isGoingBack: false },
): Promise<FunctionLook[]> {
  const looks: FunctionLook[] = [];
  for (const target of targets) looks.push(...(await functionsOf(env, declarations, target, commit, names, how)));
  return looks;
}

async function functionsOf(
  env: Pick<Env, 'git'>,
  { layers, functions, environments }: Declarations,
  target: Target,
  commit: Oid,
  names: readonly string[],
  { isGoingBack }: { isGoingBack: boolean },
): Promise<FunctionLook[]> {
  const looks: FunctionLook[] = [];
  for (const declared of Object.values(functions)) {
    if (![declared.name, ...declared.layers].some((name) => names.includes(name))) continue;
    const functionName = publishedName(declared, target.environment.name);
    const state = await target.functions.get(functionName);
    // Only a folder makes functions.
    if (state === null && target.environment.target !== 'local') {
      throw failure('function-absent', { functionName, environment: target.environment.name });
    }
    const alias =
      declared.alias === undefined ? null : await aliasOf(target, functionName, declared.alias, isGoingBack);
    const used: FunctionLook['layers'] = [];
    for (const layer of declared.layers.flatMap((name) => layers[name] ?? [])) {
      const { name, runtimes, architectures } = layer;
      used.push({ name, runtimes, architectures, arn: await recordedArn(env, environments, target, layer, commit) });
    }
    const smoke = await smokeOf(env, declared, functionName, commit);
    const codeKey = state && (await keyOf(env, environments, target, declared, state, commit));
    looks.push({ target: target.environment.name, declared, functionName, state, alias, codeKey, layers: used, smoke });
  }
  return looks;
}

/** Only a folder makes aliases; and one that is on its way between two versions is somebody's experiment. */
async function aliasOf(
  { functions, environment }: Target,
  functionName: string,
  alias: string,
  isGoingBack: boolean,
): Promise<AliasLook> {
  const about = { functionName, environment: environment.name, alias };
  const there = await functions.alias(functionName, alias);
  if (there === null && environment.target !== 'local') throw failure('alias-absent', about);
  if (there !== null && there.others.length > 0) {
    throw failure('alias-shared', {
      ...about,
      versions: [there.version, ...there.others].join(', '),
      end: 'AdditionalVersionWeights={}',
    });
  }
  const state = there && (await functions.get(functionName, there.version));
  return { name: alias, state, versions: isGoingBack ? await functions.versions(functionName) : [] };
}

/** As the manifest has it; where nothing is recorded, as after a rehearsal, the newest. */
async function recordedArn(
  env: Pick<Env, 'git'>,
  environments: Declarations['environments'],
  { registry }: Target,
  layer: Layer,
  commit: Oid,
) {
  const recorded = (await readManifestAt(env, commit, layer.name, environments))?.environments?.[registry.environment];
  if (recorded !== undefined) return recorded.arn;
  const [newest] = await registry.versions(publishedName(layer, registry.environment), `${layer.name} `);
  return newest?.arn ?? null;
}

/** Where the code that runs now lies, so that it can be brought back. */
async function keyOf(
  env: Pick<Env, 'git'>,
  environments: Declarations['environments'],
  { registry }: Target,
  declared: LambdaFunction,
  { codeSha256, codeKey }: FunctionState,
  commit: Oid,
): Promise<string | null> {
  const manifest = await readManifestAt(env, commit, declared.name, environments);
  const recorded = manifest?.environments?.[registry.environment];
  const versions = [recorded?.version, recorded?.previous?.version, manifest?.version].filter(
    (one) => one !== undefined,
  );
  const keys = [
    ...(codeKey === undefined ? [] : [codeKey]),
    ...versions.map((version) => artefactKey(declared, version)),
  ];
  for (const key of new Set(keys)) if ((await registry.head(key))?.sha256 === codeSha256) return key;
  return null;
}

async function smokeOf(
  { git }: Pick<Env, 'git'>,
  declared: LambdaFunction,
  functionName: string,
  commit: Oid,
): Promise<SmokeCall[]> {
  const calls: SmokeCall[] = [];
  for (const { event, expect } of declared.smoke) {
    const alias = declared.alias === undefined ? {} : { alias: declared.alias };
    calls.push({ functionName, ...alias, event, oid: await eventBlob(git.tree(commit), declared, event), expect });
  }
  return calls;
}
