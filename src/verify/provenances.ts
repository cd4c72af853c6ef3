import { payloadOf, readEnvelope } from '../layer/envelope.js';
import { parseJsonBytes } from '../layer/json.js';
import { envelopeFile, provenanceFile, type Statement } from '../layer/provenance.js';
import { absent, differs, hold, type Line } from '../layer/verification.js';
import type { Key } from '../plan/key.js';
import type { Artefact, Env } from '../ports.js';

/**
 * The provenance beside the artefact in `.build/`, and with a key the signed one. `expected`: its text as this version
 * writes it; another version's text may differ, and is held to what it says of zip and commit.
 */
export async function provenances(
  env: Pick<Env, 'git' | 'files' | 'signing'>,
  built: Artefact,
  expected: string,
  folder: string,
  key: Key | null,
): Promise<Line[]> {
  const root = await env.git.root();
  const place = `.build/${folder}/${provenanceFile(built.file)}`;
  const bytes = await env.files.read(`${root}/${place}`);
  const lines = [bytes === null ? absent(place, 'it is not here') : holdStatement(place, bytes, built, expected)];
  if (key === null) return lines;
  const signed = `.build/${folder}/${envelopeFile(built.file)}`;
  return [...lines, await holdEnvelope(env, signed, await env.files.read(`${root}/${signed}`), built, expected, key)];
}

function holdStatement(place: string, bytes: Uint8Array, built: Artefact, expected: string): Line {
  if (new TextDecoder().decode(bytes) === expected) return { place, state: 'agrees', detail: 'every word' };
  const { value, problems } = parseJsonBytes(bytes);
  const said = value as Partial<Statement> | null | undefined;
  const subject = said?.subject?.[0];
  const commit = said?.predicate?.buildDefinition?.resolvedDependencies?.[0]?.digest?.gitCommit;
  const sha256 = subject?.digest?.sha256;
  if (problems.length > 0 || typeof sha256 !== 'string' || typeof commit !== 'string') {
    return differs(place, 'it is no provenance that this tool writes');
  }
  const line = hold(place, { sha256, gitSha: commit }, built);
  const tool = said?.predicate?.runDetails?.builder?.version?.['layer-policy'];
  const isOther = typeof tool === 'string' && !expected.includes(`"layer-policy": ${JSON.stringify(tool)}`);
  if (line.state === 'agrees' && !isOther) return differs(place, 'zip and commit are right, but other words are not');
  return line;
}

/** A key was given, so that a signature that is not here is no notice. */
async function holdEnvelope(
  { signing }: Pick<Env, 'signing'>,
  place: string,
  bytes: Uint8Array | null,
  built: Artefact,
  expected: string,
  key: Key,
): Promise<Line> {
  if (bytes === null) return differs(place, 'it is not here, so nothing is signed');
  const envelope = readEnvelope(bytes);
  if (envelope === null) return differs(place, 'it is no DSSE envelope of a statement');
  if (!(await signing.verify(envelope, key))) return differs(place, `it is not signed by ${key.file}`);
  const line = holdStatement(place, payloadOf(envelope), built, expected);
  return { ...line, detail: `signed by ${key.file}; ${line.detail}` };
}
