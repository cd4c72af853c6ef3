import type { Entry, Git } from '../ports.js';
import { blobUpTo } from './blob.js';
import { parseRequirements, type Requirements, requirementsLimit } from './requirements.js';

/** The requirements in an entry of a tree; what is no file is said to be none, and never followed. */
export async function readRequirements(git: Git, { mode, oid }: Entry): Promise<Requirements> {
  if (!mode.startsWith('100')) return none(`it is a ${mode === '120000' ? 'symbolic link' : 'submodule'}, not a file`);
  const bytes = await blobUpTo(git, oid, requirementsLimit);
  return bytes === null ? none('it is larger than 1 MiB') : parseRequirements(bytes);
}

function none(what: string): Requirements {
  return {
    requirements: [],
    requireHashes: false,
    problems: [{ kind: 'unreadable', what, line: null, lastLine: null }],
  };
}
