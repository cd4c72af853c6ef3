import type { Entry, Git } from '../ports.js';
import { blobUpTo } from './blob.js';
import { isLfsPointer } from './lfs-pointer.js';
import { parseRequirements, type Requirements, requirementsLimit } from './requirements.js';

/** The requirements in a file of a tree. The stand-in of Git LFS asks for nothing; layer-source says what it is. */
export async function readRequirements(git: Git, { oid }: Entry): Promise<Requirements> {
  const bytes = await blobUpTo(git, oid, requirementsLimit);
  if (bytes === null)
    return saying({ kind: 'unreadable', what: 'it is larger than 1 MiB', line: null, lastLine: null });
  return isLfsPointer(bytes) ? saying() : parseRequirements(bytes);
}

function saying(...problems: Requirements['problems']): Requirements {
  return { requirements: [], requireHashes: false, problems };
}
