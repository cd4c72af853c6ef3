import type { LoadedConfig } from '../config/load.js';
import { failure } from '../errors.js';
import { artefactKey, declaredAs, isLayer } from '../layer/declared.js';
import { artefactFile, baseName, managementFolder } from '../layer/names.js';
import { payloadType } from '../layer/provenance.js';
import { jsonText } from '../layer/released-manifest.js';
import type { Artefact, Env, Heard, Registry, Store } from '../ports.js';
import { largest } from './events.js';
import { gate } from './gate.js';
import { readKey } from './key.js';
import type { Wanted, World } from './step.js';
import { among, type Target } from './target.js';

/** 50 MB is the largest zip there can be; the record's other files are far below. */
const blobLimit = 64 * 1024 * 1024;

/** Where bytes may be had from, besides the target itself. */
export interface Sources {
  /** What was just built. */
  artefacts?: readonly Artefact[];
  /** Where it is promoted from. */
  registries?: readonly Registry[];
  /** What must not be built again: it was built, tried and recorded once. */
  rebuild?: boolean;
  /** Where artefacts go that leave the repository. */
  store?: Store;
}

/** The real world for steps, over the ports. */
export async function openWorld(
  env: Env,
  config: LoadedConfig,
  targets: readonly Target[],
  sources: Sources = {},
): Promise<World> {
  const { git, files, sha256 } = env;
  const root = await git.root();
  const head = async () => {
    const branch = await git.branch();
    // HEAD itself is remembered by its reader, and moves under a record.
    const commit = await git.commit(branch === null ? 'HEAD' : `refs/heads/${branch}`);
    if (commit === null) throw failure('unknown-revision', { rev: 'HEAD', flag: 'HEAD' });
    return commit;
  };
  return {
    root,
    targets,
    at: (environment) => among(targets, environment),
    store: sources.store ?? null,
    files,
    git: env.gitWriter,
    head,
    // Not from a list that was read before this run made tags.
    tagged: (name) => git.tag(name, true),
    async committed(path) {
      const entry = await git.tree(await head()).entry(path);
      return entry?.mode === '100644' ? git.blob(entry.oid, blobLimit) : null;
    },
    blob: (oid) => git.blob(oid, largest),
    bytes: (wanted, received) => findBytes(env, config, targets, sources, wanted, received),
    moved: () => {},
    sha256,
    async sign(text, key) {
      const envelope = await env.signing.sign(payloadType, new TextEncoder().encode(text), await readKey(env, key));
      return new TextEncoder().encode(jsonText(envelope));
    },
    pause: env.pause,
    async refusal(commit, since, knowing = git) {
      const verdict = await gate({ ...env, git: knowing }, config, commit);
      if (verdict.ok) return null;
      if (verdict.broken.length > 0) return 'a rule failed itself';
      const known = new Set((await gate(env, config, since)).findings.map(({ fingerprint }) => fingerprint));
      const errors = verdict.findings.filter(({ severity }) => severity === 'error');
      const first = errors.find(({ fingerprint }) => !known.has(fingerprint));
      return first === undefined ? null : `${first.rule}: ${first.file}: ${first.message}`;
    },
    receipts: new Map(),
  };
}

async function findBytes(
  env: Env,
  config: LoadedConfig,
  targets: readonly Target[],
  { artefacts = [], registries = [], rebuild = true }: Sources,
  wanted: Wanted,
  received?: Heard,
): Promise<Uint8Array> {
  const { name, version, sha256 } = wanted;
  const isIt = (bytes: Uint8Array | null): bytes is Uint8Array => bytes !== null && env.sha256(bytes) === sha256;
  const built = artefacts.find((artefact) => artefact.sha256 === sha256);
  if (built !== undefined) return built.bytes;
  const key = artefactKey(declaredAs(config.declarations, name), version);
  for (const one of [...targets.map(({ registry }) => registry), ...registries])
    if ((await one.head(key))?.sha256 === sha256) return one.get(key, received);
  const kept = await env.files.read(`${await env.git.root()}/.build/${key}`);
  if (isIt(kept)) return kept;
  const archived = await archivedZip(env, artefactFile(name, version));
  if (isIt(archived)) return archived;
  const again = rebuild ? await buildAgain(env, config, wanted) : null;
  if (again?.sha256 === sha256) return again.bytes;
  const environment = targets.map((one) => one.environment.name).join(', ');
  throw failure('artefact-missing', { name, version, sha256: sha256.slice(0, 16), environment, key });
}

async function archivedZip({ git }: Env, file: string): Promise<Uint8Array | null> {
  const commit = await git.commit('HEAD');
  const entries = commit === null ? [] : await git.tree(commit).list(`${managementFolder}/archive`);
  const found = entries.find(({ path, mode }) => baseName(path) === file && mode.startsWith('100'));
  return found === undefined ? null : git.blob(found.oid, blobLimit);
}

/** A build depends on its commit alone; null where that commit, or what it needs, is not to be had. */
async function buildAgain(
  env: Env,
  { declarations }: LoadedConfig,
  { name, gitSha }: Wanted,
): Promise<Artefact | null> {
  const declared = declaredAs(declarations, name);
  const builder = env.builder(isLayer(declared) ? declared.build : 'function');
  if (gitSha === null || (await env.git.commit(gitSha)) === null) return null;
  return builder({ ...declared, versionFile: declarations.versionFile, tip: gitSha }).catch(() => null);
}
