import { pathProblem, watchCollisions } from '../../layer/artefact-path.js';
import type { ZipProblem } from '../../ports.js';
import { isBomb, limits, methods, signatures, sizes } from './format.js';
import { type Entry, readHeader } from './header.js';
import { readLocal } from './local.js';
import type { Say } from './say.js';
import type { OpenZip } from './window.js';

/**
 * Zip readers differ: some trust the directory at the end, some the headers in front of each file, some search for
 * either. A zip passes here when all of them must see the same files: no byte is out of account from the first to the
 * last, and whatever is said twice is said the same way. Nothing is inflated; one walk, front and back side by side.
 */
export interface Structure {
  /** In the order of the directory, which is that of the zip where it is sound. */
  entries: Entry[];
  problems: ZipProblem[];
  /** Where each content lies is beyond doubt, and all of them together are of a size that can be read. */
  isSound: boolean;
  /** Adds to the problems. */
  say: Say;
}

/** Nobody reads more, and a hostile zip shall not fill the memory with what is wrong with it. */
const mostProblems = 50_000;

export function readStructure(zip: OpenZip): Structure {
  const problems: ZipProblem[] = [];
  const say: Say = (kind, path, what, habit) => {
    if (problems.length < mostProblems) problems.push({ kind, path, what, ...(habit !== undefined && { habit }) });
  };
  const structure: Structure = { entries: [], problems, isSound: true, say };
  /** As `say`, of what makes the contents unfit to be read. */
  const doubt: Say = (...problem) => {
    structure.isSound = false;
    say(...problem);
  };
  const directory = readFrame(zip, doubt);
  if (directory !== null) walk(zip, directory, structure, say, doubt);
  return structure;
}

interface Directory {
  start: number;
  end: number;
  count: number;
}

/** Where the central directory is: the end record must be the last thing, and the directory right in front of it. */
function readFrame(zip: OpenZip, doubt: Say): Directory | null {
  const bad = (what: string, kind: 'broken' | 'limit' = 'broken') => {
    doubt(kind, null, what);
    return null;
  };
  if (zip.size > limits.bytes) return bad(`it is larger than ${limits.bytes} bytes`, 'limit');
  const end = zip.size - sizes.end;
  const window = zip.window();
  const at = end < 0 ? 0 : window.load(end, zip.size);
  const { view } = window;
  if (end < 0 || view.getUint32(at, true) !== signatures.end) {
    return bad('it does not end as a zip does: it is cut off, or something (a comment?) was appended');
  }
  const count = view.getUint16(at + 10, true);
  const size = view.getUint32(at + 12, true);
  const start = view.getUint32(at + 16, true);
  if (view.getUint32(at + 4, true) !== 0 || view.getUint16(at + 8, true) !== count)
    return bad('it spans several disks');
  if (view.getUint16(at + 20, true) !== 0) return bad('it has a comment');
  if (count > limits.entries) return bad(`it has more than ${limits.entries} entries`, 'limit');
  if (start + size !== end) {
    return bad('its directory is not where the end record says: zip64, or something was put in front or between');
  }
  return { start, end, count };
}

function walk(zip: OpenZip, directory: Directory, structure: Structure, say: Say, doubt: Say): void {
  const [front, back] = [zip.window(), zip.window()];
  const collides = watchCollisions(limits.folders, () => {
    doubt('limit', null, `it has more than ${limits.folders} folders`);
  });
  let central = directory.start;
  /** Null from the first entry on that is not where it should be: behind it there is no place to go on from. */
  let local: number | null = 0;
  let total = 0;
  for (let index = 0; index < directory.count; index++) {
    const entry = readHeader(back, central, directory.end, index, say);
    if (entry === null) {
      doubt('broken', null, `its directory breaks off at entry ${index + 1}`);
      return;
    }
    structure.entries.push(entry);
    if (local !== null && entry.offset !== local) {
      doubt('broken', entry.path, 'it overlaps another entry, or bytes in front of it belong to none');
      local = null;
    }
    if (local !== null) local = readLocal({ front, limit: directory.start, back, central }, entry, say, doubt);
    judgeContent(entry, doubt);
    judgePath(entry, collides, say);
    total += entry.size;
    central += entry.length;
  }
  if (total > limits.bytes) doubt('limit', null, `it unpacks to more than ${limits.bytes} bytes, which Lambda refuses`);
  if (central !== directory.end) doubt('broken', null, 'its directory holds more than the entries it counts');
  if (local !== null && local !== directory.start) {
    doubt('broken', null, 'bytes lie between the files and the directory that belong to neither');
  }
}

function judgeContent({ path, kind, size, compressed, method, crc }: Entry, doubt: Say): void {
  if (method === methods.stored && size !== compressed) doubt('broken', path, 'stored, yet its two sizes differ');
  if (kind === 'folder' && (size !== 0 || compressed !== 0 || crc !== 0)) doubt('broken', path, 'a folder with data');
  if (isBomb(size, compressed)) doubt('limit', path, `unpacks to more than ${limits.ratio} times its size`);
}

function isDeeper(path: string): boolean {
  // A folder takes two characters at least.
  if (path.length <= 2 * limits.depth) return false;
  let depth = 0;
  for (let at = path.indexOf('/'); at !== -1 && depth <= limits.depth; at = path.indexOf('/', at + 1)) depth++;
  return depth > limits.depth;
}

function judgePath({ path, kind }: Entry, collides: ReturnType<typeof watchCollisions>, say: Say): void {
  const problem = pathProblem(path);
  if (problem !== null) say('name', path === '' ? null : path, problem);
  const isDeep = isDeeper(path);
  if (isDeep) say('limit', path, `deeper than ${limits.depth} folders`);
  const other = isDeep ? null : collides(path, kind);
  if (other !== null) say('name', path, `some systems take it for ${other}, which is there too`);
}
