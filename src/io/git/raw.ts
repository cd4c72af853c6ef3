import { failure } from '../../errors.js';
import type { Change, Entry, Oid } from '../../ports.js';
import { type Listed, listed } from './listing.js';
import { decodePath } from './paths.js';

const nul = 0;
const colon = 58;
/** The mode of nothing. */
const absent = '000000';

/** What is only half there would be judged as if it were all. */
function cutOff(verb: string): Error {
  return failure('git-failed', { verb, problem: 'its answer ends in the middle', fix: 'Run: git fsck' });
}

/** `--raw -z` as git prints it for two trees: `:oldmode newmode oldoid newoid status\0path\0`. */
export function parseRaw(output: Buffer, commit: Oid | null = null): Change[] {
  const changes: Change[] = [];
  for (let at = 0; at < output.length; ) {
    const [headerEnd, pathEnd] = endsOfChange(output, at);
    const header = firstParent(output.toString('latin1', at, headerEnd));
    const change = toChange(header, output.subarray(headerEnd + 1, pathEnd), commit);
    if (change) changes.push(change);
    at = pathEnd + 1;
  }
  return changes;
}

/** Where the NULs behind header and path of a change stand that begins at `at`. */
function endsOfChange(output: Buffer, at: number): [header: number, path: number] {
  const headerEnd = output.indexOf(nul, at);
  const pathEnd = output.indexOf(nul, headerEnd + 1);
  if (headerEnd === -1 || pathEnd === -1) throw cutOff('diff');
  return [headerEnd, pathEnd];
}

/** One line that `diff-tree --stdin` was fed, by the name that its answer begins with. */
export interface Fed {
  head: string;
  /** Of a commit against its parents; null for the difference of two. */
  commit: Oid | null;
}

/**
 * What `diff-tree --stdin --always -c --raw -z` answers, in the order it was fed: the name and then the changes. git
 * leaves out what it cannot read without a word, so an answer that is not there must not pass for no changes. Each is
 * parsed when it is asked for: hundreds of ranges are long, and are judged one after the other.
 */
export function parseAnswers(output: Buffer, fed: readonly Fed[]): (() => Change[])[] {
  let at = 0;
  const answers = fed.map(({ head, commit }) => {
    // A NUL ends the name of a commit, a newline that of two trees.
    const end = at + head.length;
    if (output.toString('latin1', at, end) !== head) throw cutOff('diff-tree');
    const start = end + 1;
    for (at = start; output[at] === colon; ) at = endsOfChange(output, at)[1] + 1;
    const answer = output.subarray(start, at);
    return () => parseRaw(answer, commit);
  });
  if (at < output.length) throw cutOff('diff-tree');
  return answers;
}

/**
 * A merge has a line for each path that differs from every parent, with one colon, mode and object for each of them
 * (`::m1 m2 m o1 o2 o MM`): told as the change against the first parent.
 */
function firstParent(header: string): string {
  if (header[1] !== ':') return header;
  const parents = /^:+/.exec(header)?.[0].length ?? 1;
  const fields = header.slice(parents).split(' ');
  const mode = fields[parents];
  const oid = fields[2 * parents + 1];
  return `:${fields[0]} ${mode} ${fields[parents + 1]} ${oid} ${fields[2 * parents + 2]?.[0] ?? 'M'}`;
}

/** `:100644 100644 …`: where the first object's name begins. */
const oldOidAt = 15;

function toChange(header: string, pathInBytes: Buffer, commit: Oid | null): Change | null {
  // Modes and objects have their widths, and there may be a hundred thousand of these.
  const oidEnd = header.indexOf(' ', oldOidAt);
  const oidAt = oidEnd + 1;
  const statusAt = oidAt + oidEnd - oldOidAt + 1;
  // An unmerged entry has no content of its own; git refuses to commit it anyway.
  if (header[statusAt] === 'U') return null;
  const oldMode = header.slice(1, 7);
  const mode = header.slice(8, 14);
  const before = oldMode === absent ? null : { mode: oldMode, oid: header.slice(oldOidAt, oidEnd) };
  const status = mode === absent ? 'D' : before === null ? 'A' : kind(before.mode) === kind(mode) ? 'M' : 'T';
  const { path, pathBytes } = decodePath(pathInBytes);
  const change: Change = { path, mode, oid: header.slice(oidAt, statusAt - 1), status, before, commit };
  if (pathBytes !== undefined) change.pathBytes = pathBytes;
  return change;
}

/** File, symlink or submodule: the first three digits of a mode. */
function kind(mode: string): string {
  return mode.slice(0, 3);
}

/** `ls-tree -r -z`: `mode type oid\tpath\0`. */
export function parseListing(bytes: Buffer, oidLength: number): Listed {
  if (bytes.length > 0 && bytes.at(-1) !== nul) throw cutOff('ls-tree');
  // `100644 blob …` or `160000 commit …`
  const oidAt = (entry: number) => entry + (bytes[entry + 7] === 0x63 ? 14 : 12);
  return listed({
    bytes,
    first: 0,
    end: bytes.length,
    count: Math.ceil(bytes.length / (oidLength + 14)),
    path: (entry) => oidAt(entry) + oidLength + 1,
    next: (_, pathEnd) => pathEnd + 1,
    prefix: (entry) => Number.parseInt(bytes.toString('latin1', oidAt(entry), oidAt(entry) + 7), 16),
    describe: (entry) => ({
      mode: bytes.toString('latin1', entry, entry + 6),
      oid: bytes.toString('latin1', oidAt(entry), oidAt(entry) + oidLength),
    }),
  });
}

/** A tree object: `mode name\0` and the raw bytes of the object's name. */
export function parseTree(bytes: Buffer, oidLength: number): (Entry & { folder: boolean })[] {
  const entries: (Entry & { folder: boolean })[] = [];
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(32, at);
    const end = bytes.indexOf(nul, space);
    if (space === -1 || end === -1) throw cutOff('cat-file');
    const mode = plainMode(bytes.toString('latin1', at, space));
    const oid = bytes.toString('hex', end + 1, end + 1 + oidLength);
    entries.push({ ...decodePath(bytes.subarray(space + 1, end)), mode, oid, folder: mode === '040000' });
    at = end + 1 + oidLength;
  }
  return entries;
}

const modes = new Set(['100644', '100755', '120000', '160000']);

/** Old and hostile trees have others (`100664`, `40755`); git takes each for one of its own by its kind. */
function plainMode(written: string): string {
  if (modes.has(written)) return written;
  const mode = Number.parseInt(written, 8);
  const type = mode & 0o170000;
  if (type === 0o100000) return (mode & 0o100) === 0 ? '100644' : '100755';
  return type === 0o040000 ? '040000' : type === 0o120000 ? '120000' : '160000';
}
