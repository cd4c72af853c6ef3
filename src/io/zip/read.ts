import type { ArtefactEntry } from '../../ports.js';
import { refusal } from './refusal.js';
import { walkZip } from './walk.js';
import { whole } from './whole.js';

/** The files of a zip, in their order; folders have none. `file` names the zip in the failure (`zip-invalid`). */
export async function readZip(bytes: Uint8Array, file = 'The zip'): Promise<ArtefactEntry[]> {
  const refuse = refusal(file);
  const { files, problems } = await walkZip(bytes, whole);
  const [first] = problems;
  if (first !== undefined) throw refuse(first.path === null ? first.what : `${first.path}: ${first.what}`);
  return files.map(({ path, mode, seen }) => ({ path, mode, bytes: seen ?? new Uint8Array(0) }));
}
