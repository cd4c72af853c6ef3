import { failure } from '../../errors.js';
import type { Change, Entry, Oid } from '../../ports.js';
import { decodePath } from './paths.js';

const nul = 0;
/** The mode of nothing. */
const absent = '000000';

/** What is only half there would be judged as if it were all. */
function cutOff(verb: string): Error {
  return failure('git-failed', { verb, problem: 'its answer ends in the middle', fix: 'Run: git fsck' });
}

/** `--raw -z` as git prints it for two trees: `:oldmode newmode oldoid newoid status\0path\0`. */
export function parseRaw(output: Buffer, commit: Oid | null = null): Change[] {
  const changes: Change[] = [];
  let at = 0;
  while (at < output.length) {
    const headerEnd = output.indexOf(nul, at);
    const pathEnd = output.indexOf(nul, headerEnd + 1);
    if (headerEnd === -1 || pathEnd === -1) throw cutOff('diff');
    const change = toChange(output.toString('latin1', at, headerEnd), output.subarray(headerEnd + 1, pathEnd), commit);
    if (change) changes.push(change);
    at = pathEnd + 1;
  }
  return changes;
}

/**
 * `diff-tree --stdin -c --raw -z --format=` prints each commit's name in front of its changes; a merge has a line per
 * path that differs from every parent, one colon, mode and object for each parent.
 */
export function parseHistory(output: Buffer): Change[] {
  const changes: Change[] = [];
  let commit: Oid | null = null;
  let at = 0;
  while (at < output.length) {
    const end = output.indexOf(nul, at);
    if (end === -1) throw cutOff('diff-tree');
    const token = output.toString('latin1', at, end);
    at = end + 1;
    if (!token.startsWith(':')) {
      commit = token.trim();
      continue;
    }
    const pathEnd = output.indexOf(nul, at);
    if (pathEnd === -1) throw cutOff('diff-tree');
    const change = toChange(firstParent(token), output.subarray(at, pathEnd), commit);
    if (change) changes.push(change);
    at = pathEnd + 1;
  }
  return changes;
}

/** A combined line (`::m1 m2 m o1 o2 o MM`) told as the change against the first parent. */
function firstParent(header: string): string {
  const parents = /^:+/.exec(header)?.[0].length ?? 1;
  if (parents === 1) return header;
  const fields = header.slice(parents).split(' ');
  const mode = fields[parents];
  const oid = fields[2 * parents + 1];
  return `:${fields[0]} ${mode} ${fields[parents + 1]} ${oid} ${fields[2 * parents + 2]?.[0] ?? 'M'}`;
}

function toChange(header: string, pathBytes: Buffer, commit: Oid | null): Change | null {
  const [oldMode, mode, oldOid, oid, status] = header.slice(1).split(' ');
  if (oldMode === undefined || mode === undefined || oldOid === undefined || oid === undefined) return null;
  // An unmerged entry has no content of its own; git refuses to commit it anyway.
  if (status?.startsWith('U')) return null;
  const before = oldMode === absent ? null : { mode: oldMode, oid: oldOid };
  const gone = mode === absent;
  return {
    ...decodePath(pathBytes),
    mode,
    oid,
    status: gone ? 'D' : before === null ? 'A' : kind(before.mode) === kind(mode) ? 'M' : 'T',
    before,
    commit,
  };
}

/** File, symlink or submodule: the first three digits of a mode. */
function kind(mode: string): string {
  return mode.slice(0, 3);
}

/** `ls-tree -r -z`: `mode type oid\tpath\0`. */
export function parseListing(output: Buffer, folder = ''): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(nul, at);
    if (end === -1) throw cutOff('ls-tree');
    const tab = output.indexOf(9, at);
    const [mode, , oid] = output.toString('latin1', at, tab).split(' ');
    const name = decodePath(output.subarray(tab + 1, end));
    if (mode !== undefined && oid !== undefined) {
      entries.push({ ...name, path: folder + name.path, mode, oid });
    }
    at = end + 1;
  }
  return entries;
}

/** A tree object: `mode name\0` and the raw bytes of the object's name. */
export function parseTree(bytes: Buffer, oidLength: number): (Entry & { folder: boolean })[] {
  const entries: (Entry & { folder: boolean })[] = [];
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(32, at);
    const end = bytes.indexOf(nul, space);
    if (space === -1 || end === -1) throw cutOff('cat-file');
    const mode = bytes.toString('latin1', at, space).padStart(6, '0');
    const oid = bytes.toString('hex', end + 1, end + 1 + oidLength);
    entries.push({ ...decodePath(bytes.subarray(space + 1, end)), mode, oid, folder: mode === '040000' });
    at = end + 1 + oidLength;
  }
  return entries;
}
