import { describeArtefact, isoDate } from '../layer/artefact.js';
import { artefactKey, type Declared } from '../layer/declared.js';
import { payloadOf, readEnvelope } from '../layer/envelope.js';
import { parseJsonBytes } from '../layer/json.js';
import { artefactFile } from '../layer/names.js';
import type { Built, Statement } from '../layer/provenance.js';
import { sourceCommit } from '../layer/source-commit.js';
import type { Artefact, Env, Oid, Registry } from '../ports.js';
import type { Key } from './key.js';
import { provenanceText } from './provenance.js';

/** What only a build tells. */
const unbuilt = { sha256: '', size: 0, contentDigest: '', dependencies: {} };

/** Of a signed provenance, in bytes. */
const limit = 1024 * 1024;

/**
 * Where the signed provenance of a build lies: by the digest of all that goes into it, which is what its provenance says
 * without what comes out. So it names commit, sources, lock, runtimes and the version of this tool.
 */
export async function inputKey(env: Env, built: Omit<Built, keyof typeof unbuilt>, declared: Declared, file: string) {
  return `inputs/${env.sha256(await provenanceText(env, { ...built, ...unbuilt }, declared, file))}.json`;
}

/** An artefact that need not be built, and where it is; or why it has to be. */
type Found = { artefact: Artefact; from: string } | { problem: string };

type Asked = { versionFile: string; tip: Oid; key: Key };

/** What a holder of `key` has built of the same inputs, in the first target that has something; null: nobody has yet. */
export async function signedBuild(
  env: Env,
  registries: readonly Registry[],
  declared: Declared,
  asked: Asked,
): Promise<Found | null> {
  for (const registry of registries) {
    const found = await foundIn(env, registry, declared, asked);
    if (found !== null) return found;
  }
  return null;
}

/** The bucket is believed nothing: what is signed has to be, word by word, what the bytes that lie there and the commit give. */
async function foundIn(
  env: Env,
  registry: Registry,
  declared: Declared,
  { versionFile, tip, key }: Asked,
): Promise<Found | null> {
  const { name } = declared;
  const { commit: gitSha, version } = await sourceCommit(env.git, tip, declared, versionFile);
  const { time } = await env.git.commitInfo(gitSha);
  const known = { name, version, file: artefactFile(name, version), gitSha, buildDate: isoDate(time) };
  const at = await inputKey(env, known, declared, versionFile);
  const not = (problem: string) => ({ problem: `${name} ${version}: ${registry.environment}:${at} ${problem}` });

  const there = await registry.head(at);
  if (there === null) return null;
  const envelope = there.size > limit ? null : readEnvelope(await registry.get(at));
  if (envelope === null) return not('is no signed provenance');
  if (!(await env.signing.verify(envelope, key))) return not(`is not signed by ${key.file}`);
  const payload = payloadOf(envelope);
  const said = parseJsonBytes(payload).value as Partial<Statement> | null | undefined;
  const subject = said?.subject?.[0];

  const zip = artefactKey(declared, version);
  const object = await registry.head(zip);
  if (object === null) return null;
  if (object.sha256 !== subject?.digest?.sha256 || object.size !== subject?.annotations?.size)
    return not(`is not of what ${zip} holds`);
  const bytes = await registry.get(zip);
  if (env.sha256(bytes) !== object.sha256) return not(`is not of what ${zip} holds`);
  const entries = await env.zip.read(bytes, zip);
  const artefact = describeArtefact({ name, version, gitSha, time, entries, bytes, left: [] }, env.sha256);
  const isSame = (await provenanceText(env, artefact, declared, versionFile)) === new TextDecoder().decode(payload);
  return isSame ? { artefact, from: registry.environment } : not('tells of another build');
}
