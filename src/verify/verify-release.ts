import type { LoadedConfig } from '../config/load.js';
import { failure } from '../errors.js';
import type { LambdaFunction, Layer } from '../layer/declarations.js';
import { named } from '../layer/named.js';
import { expand } from '../layer/names.js';
import { absent, differs, hold, type Line } from '../layer/verification.js';
import type { Key } from '../plan/key.js';
import { provenanceText } from '../plan/provenance.js';
import type { Artefact, Env, Oid, Registry, Store } from '../ports.js';
import { copies } from './copies.js';
import { provenances } from './provenances.js';
import { type Record, recordedArns, recordsIn, recordsInGit, recordsInHistory } from './records.js';

export interface Verification {
  name: string;
  version: string;
  /** That the release is recorded to come from, and what it gives. */
  commit: Oid;
  built: Pick<Artefact, 'sha256' | 'contentDigest' | 'size'>;
  lines: Line[];
}

/** Builds a recorded release again and holds every account and copy within reach against it. */
export async function verifyRelease(
  env: Env,
  config: LoadedConfig,
  head: Oid,
  asked: { name: string; version: string; registries: Registry[]; store: Store | null; key: Key | null },
): Promise<Verification> {
  const { name, version, registries, store, key } = asked;
  const declared = declaredIn(config.declarations, name);
  const { environments } = config.declarations;
  const release = { name, version, layerName: 'layerName' in declared ? declared.layerName : null, environments };
  const records = await recordsInGit(env, head, release);
  for (const registry of registries) records.push(...(await recordsIn(registry, release)));
  // A month that moved out took its manifest along; what the release said of itself stays in history.
  if (records.every(({ account }) => account.sha256 === undefined))
    records.push(...(await recordsInHistory(env, head, release)));
  const tag = await env.git.tag(expand(declared.tag, { name, version }));
  const digests = records.filter(({ account }) => account.sha256 !== undefined);
  if (digests.length === 0) throw failure('release-unknown', { name, version });
  const commit = commitOf(records) ?? tag?.commit;
  if (commit === undefined) throw failure('release-unknown', { name, version });
  if ((await env.git.type(commit)) !== 'commit') throw failure('commit-absent', { name, version, commit });

  env.out.progress(`building ${name} ${version} from ${commit.slice(0, 12)}`);
  const { as, built } = await buildAgain(env, config, name, commit);
  const folder = 'layerName' in declared ? 'layers' : 'functions';
  const expected = await provenanceText(env, built, as.declared, as.versionFile);
  env.out.progress('reading every copy');
  const lines = [
    hold('the commit', { gitSha: commit }, built),
    ...(built.version === version ? [] : [differs('VERSION at the commit', `${built.version}, not ${version}`)]),
    tag === null
      ? absent(`tag ${expand(declared.tag, { name, version })}`, 'this clone does not have it')
      : hold(`tag ${tag.name}`, { gitSha: tag.commit }, built),
    ...records.map(({ place, account }) => hold(place, account, built)),
    ...(await copies(env, head, registries, { ...built, version, file: `${name}-${version}.zip` }, folder, store)),
    ...(await provenances(env, built, expected, folder, key)),
  ];
  for (const registry of registries) lines.push(...(await recordedArns(env, head, registry, release, built.sha256)));
  env.out.progress('');
  const { sha256, contentDigest, size } = built;
  return { name, version, commit, built: { sha256, contentDigest, size }, lines };
}

function commitOf(records: readonly Record[]): Oid | undefined {
  return records.find(({ account }) => account.gitSha !== undefined)?.account.gitSha;
}

function declaredIn({ layers, functions }: LoadedConfig['declarations'], name: string): Layer | LambdaFunction {
  return named<Layer | LambdaFunction>({ ...layers, ...functions }, name, 'layer or function');
}

/** As the policy declared it then; where that commit declares no such thing, as it is declared now. */
async function buildAgain(env: Env, config: LoadedConfig, name: string, commit: Oid) {
  const there = await config.at(env.git.tree(commit));
  const declares = Object.hasOwn(there.layers, name) || Object.hasOwn(there.functions, name);
  const declarations = declares ? there : config.declarations;
  const declared = declaredIn(declarations, name);
  const method = 'build' in declared ? declared.build : 'function';
  const builder = env.builder(method);
  const { versionFile } = declarations;
  return { as: { declared, versionFile }, built: await builder({ ...declared, versionFile, tip: commit }) };
}
