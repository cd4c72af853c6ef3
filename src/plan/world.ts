import type { LoadedConfig } from '../config/load.js';
import { failure } from '../errors.js';
import { named } from '../layer/named.js';
import { artefactFile, layerKey } from '../layer/names.js';
import type { Artefact, Env, Registry } from '../ports.js';
import { gate } from './gate.js';
import type { Wanted, World } from './step.js';

/** 50 MB is the largest zip there can be; the record's other files are far below. */
const blobLimit = 64 * 1024 * 1024;

/** The real world for steps, over the ports. `artefacts`: what was just built. */
export async function openWorld(
  env: Env,
  config: LoadedConfig,
  registry: Registry,
  artefacts: Artefact[] = [],
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
    registry,
    files,
    git: env.gitWriter,
    head,
    tagged: (name) => git.tag(name),
    async committed(path) {
      const entry = await git.tree(await head()).entry(path);
      return entry?.mode === '100644' ? git.blob(entry.oid, blobLimit) : null;
    },
    bytes: (wanted) => findBytes(env, config, registry, artefacts, wanted),
    sha256,
    pause: env.pause,
    async refusal(commit) {
      const verdict = await gate(env, config, commit);
      if (verdict.ok) return null;
      const [first] = verdict.findings.filter(({ severity }) => severity === 'error');
      return first === undefined ? 'a rule failed itself' : `${first.rule}: ${first.file}: ${first.message}`;
    },
    receipts: new Map(),
  };
}

async function findBytes(
  env: Env,
  config: LoadedConfig,
  registry: Registry,
  artefacts: Artefact[],
  wanted: Wanted,
): Promise<Uint8Array> {
  const { name, version, sha256 } = wanted;
  const built = artefacts.find((artefact) => artefact.sha256 === sha256);
  if (built !== undefined) return built.bytes;
  const key = layerKey(name, version);
  if ((await registry.head(key))?.sha256 === sha256) return registry.get(key);
  const file = artefactFile(name, version);
  const kept = await env.files.read(`${await env.git.root()}/.build/layers/${file}`);
  if (kept !== null && env.sha256(kept) === sha256) return kept;
  const again = await buildAgain(env, config, wanted);
  if (again?.sha256 === sha256) return again.bytes;
  throw failure('previous-missing', {
    name,
    version,
    sha256: sha256.slice(0, 16),
    environment: registry.environment,
    file,
  });
}

/** A build depends on its commit alone; null where that commit, or what it needs, is not to be had. */
async function buildAgain(
  env: Env,
  { declarations }: LoadedConfig,
  { name, gitSha }: Wanted,
): Promise<Artefact | null> {
  const layer = named(declarations.layers, name, 'layer');
  const builder = env.builder(layer.build);
  if (builder === null || (await env.git.commit(gitSha)) === null) return null;
  return builder({ ...layer, versionFile: declarations.versionFile, tip: gitSha }).catch(() => null);
}
