import { isFailure } from '../errors.js';
import type { Git, Oid } from '../ports.js';

/** A blob's bytes; null where there are more than `limit`: whatever it is, it is not what its name says. */
export async function blobUpTo(git: Pick<Git, 'blob'>, oid: Oid, limit: number): Promise<Uint8Array | null> {
  return git.blob(oid, limit).catch((error) => {
    if (isFailure(error) && error.code === 'blob-too-large') return null;
    throw error;
  });
}
