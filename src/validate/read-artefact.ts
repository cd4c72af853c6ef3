import { declaredNames } from '../layer/declarations.js';
import { lookInside } from '../layer/inside/look.js';
import { type ArtefactReading, readingOf } from '../layer/inside/reading.js';
import { baseName, parseArtefactFile } from '../layer/names.js';
import type { Policy } from '../policy/policy.js';
import type { Env } from '../ports.js';

/** A zip on disk that was read. */
export interface ReadZip {
  /** Absolute. */
  path: string;
  reading: ArtefactReading;
  /** Null where it is larger than any zip may be. */
  sha256: string | null;
}

/** `file`: as findings name it. `layer`: the declared name it goes by; else its file name says. */
export async function readArtefact(
  env: Pick<Env, 'zip' | 'sha256'>,
  { declarations }: Pick<Policy, 'declarations'>,
  { path, file, layer }: { path: string; file: string; layer: string | undefined },
): Promise<ReadZip> {
  const names = layer === undefined ? declaredNames(declarations) : [layer];
  const declared = parseArtefactFile(baseName(file), names);
  const walked = await env.zip.walk(path, lookInside(env.sha256));
  const who = { name: declared?.name ?? layer ?? null, version: declared?.version ?? null };
  return { path, reading: readingOf(file, who, walked), sha256: walked.sha256 };
}
