import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { failure } from '../../errors.js';
import { pathProblem, watchCollisions } from '../../layer/artefact-path.js';
import { byUtf8 } from '../../layer/order.js';
import type { ArtefactEntry } from '../../ports.js';
import { oneDeflate } from './deflate.js';
import { firstDate, isBomb, methods, regularFile, signatures, sizes, unix, utf8Flag, versionNeeded } from './format.js';
import type { Compressed, Kept } from './kept.js';

/**
 * The same entries give the same bytes, whoever builds them, when and in what order: sorted by path bytes, all dated
 * 1980-01-01, Unix modes, no extra fields, no data descriptors, no comments, and one deflate (`deflate.ts`).
 */

/** Deflates run in the thread pool, and no more at once than it has threads: waiting ones would only hold memory. */
const atOnce = 4;

/** What the format can say without zip64, which readers disagree about. */
const most = { entries: 65_534, bytes: 0xffff_fffe };

interface Packed {
  name: Buffer;
  mode: number;
  flags: number;
  method: number;
  crc: number;
  size: number;
  data: Uint8Array;
}

/** Fails with `artefact-refused` on entries that no zip of ours may hold. `kept`: what was compressed before. */
export async function writeZip(entries: readonly ArtefactEntry[], kept: Kept | null = null): Promise<Uint8Array> {
  const sorted = [...entries].sort((a, b) => byUtf8(a.path, b.path));
  refuseUnsafe(sorted);
  if (kept === null) return layOut(await packAll(sorted, compress));
  const used = new Map<string, Compressed>();
  const packed = await packAll(sorted, async (bytes) => {
    const content = createHash('sha256').update(bytes).digest('hex');
    const compressed = kept.get(content) ?? (await compress(bytes));
    used.set(content, compressed);
    return compressed;
  });
  await kept.save(used);
  return layOut(packed);
}

function refuseUnsafe(entries: readonly ArtefactEntry[]): void {
  if (entries.length > most.entries) throw refused(`${entries.length} files; a zip of ours holds ${most.entries}`);
  const collides = watchCollisions();
  for (const { path, bytes } of entries) {
    const problem = pathProblem(path);
    if (problem !== null) throw refused(`${path === '' ? 'an entry' : path}: ${problem}`);
    const other = collides(path, 'file');
    if (other !== null) throw refused(`${path}: some systems take it for ${other}, which is there too`);
    if (bytes.length > most.bytes) throw refused(`${path} is 4 GiB or more`);
  }
}

type Compress = (bytes: Uint8Array) => Promise<Compressed>;

async function packAll(entries: readonly ArtefactEntry[], by: Compress): Promise<Packed[]> {
  const packed: Packed[] = new Array(entries.length);
  const work = entries.entries();
  const worker = async () => {
    for (const [at, entry] of work) packed[at] = await pack(entry, by);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return packed;
}

async function pack({ path, mode, bytes }: ArtefactEntry, by: Compress): Promise<Packed> {
  const name = Buffer.from(path, 'utf8');
  return {
    name,
    mode,
    // Only where it says something: flags of zero are read alike by everything.
    flags: name.length === path.length ? 0 : utf8Flag,
    crc: crc32(bytes),
    size: bytes.length,
    ...(await by(bytes)),
  };
}

/** Stored: what deflate cannot shrink, and what it shrinks so far that a careful reader fears a bomb. */
async function compress(bytes: Uint8Array): Promise<Compressed> {
  const deflate = await oneDeflate();
  const deflated = await deflate(bytes);
  const store = deflated.length >= bytes.length || isBomb(bytes.length, deflated.length);
  return store ? { method: methods.stored, data: bytes } : { method: methods.deflated, data: deflated };
}

function layOut(entries: readonly Packed[]): Uint8Array {
  const directoryAt = entries.reduce((sum, { name, data }) => sum + sizes.local + name.length + data.length, 0);
  const directorySize = entries.reduce((sum, { name }) => sum + sizes.central + name.length, 0);
  const total = directoryAt + directorySize + sizes.end;
  if (total > most.bytes) throw refused('the zip would be 4 GiB or more');
  const zip = Buffer.alloc(total);
  let local = 0;
  let central = directoryAt;
  for (const entry of entries) {
    zip.writeUInt32LE(signatures.local, local);
    describe(zip, local + 4, entry);
    entry.name.copy(zip, local + sizes.local);
    zip.set(entry.data, local + sizes.local + entry.name.length);

    zip.writeUInt32LE(signatures.central, central);
    zip.writeUInt16LE((unix << 8) | versionNeeded, central + 4);
    describe(zip, central + 6, entry);
    zip.writeUInt32LE(((regularFile | entry.mode) << 16) >>> 0, central + 38);
    zip.writeUInt32LE(local, central + 42);
    entry.name.copy(zip, central + sizes.central);

    local += sizes.local + entry.name.length + entry.data.length;
    central += sizes.central + entry.name.length;
  }
  zip.writeUInt32LE(signatures.end, central);
  zip.writeUInt16LE(entries.length, central + 8);
  zip.writeUInt16LE(entries.length, central + 10);
  zip.writeUInt32LE(directorySize, central + 12);
  zip.writeUInt32LE(directoryAt, central + 16);
  return zip;
}

/** The 26 bytes that a local and a central header share. */
function describe(zip: Buffer, at: number, entry: Packed): void {
  zip.writeUInt16LE(versionNeeded, at);
  zip.writeUInt16LE(entry.flags, at + 2);
  zip.writeUInt16LE(entry.method, at + 4);
  zip.writeUInt16LE(firstDate.time, at + 6);
  zip.writeUInt16LE(firstDate.date, at + 8);
  zip.writeUInt32LE(entry.crc, at + 10);
  zip.writeUInt32LE(entry.data.length, at + 14);
  zip.writeUInt32LE(entry.size, at + 18);
  zip.writeUInt16LE(entry.name.length, at + 22);
}

function refused(problem: string) {
  return failure('artefact-refused', { file: 'The zip', problem, fix: 'Take it out of the source, or rename it.' });
}
