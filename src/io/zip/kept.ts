import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readRegular } from '../read-regular.js';
import { recipe } from './deflate.js';

/** What deflate made of one content. */
export interface Compressed {
  method: number;
  data: Uint8Array;
}

/** Compressed contents of an earlier build, by the sha256 of the content. */
export interface Kept {
  get(content: string): Compressed | undefined;
  /** Remembers what this build used; what it did not use is forgotten. Never fails: it is only a cache. */
  save(used: ReadonlyMap<string, Compressed>): Promise<void>;
}

/** Bytes of one file, and files. What is larger is quicker made anew than looked after. */
const largest = 64 * 1024 * 1024;
const mostFiles = 32;

const magic = Buffer.from('layer-policy entries 1\n');
const digestLength = 32;

type Index = [content: string, method: number, at: number, length: number][];

/**
 * One file for each artefact: magic, the sha256 of all that follows, the length of an index, the index, the data. It is
 * replaced whole by a rename, so two builds at once each leave a good one; what a kill left half written nobody reads.
 * Without fsync, which costs a build more than the cache gains: after a power cut the digest is wrong, and it is made anew.
 */
export async function openKept(folder: string, name: string, version: string): Promise<Kept> {
  const path = join(folder, `${name}.entries`);
  const known = await readKept(path, version);
  return {
    get: (content) => known.get(content),
    async save(used) {
      const isSame = used.size === known.size && [...used.keys()].every((content) => known.has(content));
      if (!isSame) await replace(folder, path, version, used).catch(() => undefined);
    },
  };
}

async function readKept(path: string, version: string): Promise<Map<string, Compressed>> {
  const none = new Map<string, Compressed>();
  try {
    const found = await readRegular(path, largest);
    if ('problem' in found) return none;
    const file = found.bytes;
    const body = file.subarray(magic.length + digestLength);
    const digest = file.subarray(magic.length, magic.length + digestLength);
    if (!file.subarray(0, magic.length).equals(magic) || !sha256(body).equals(digest)) return none;
    const data = body.subarray(4 + body.readUInt32LE(0));
    const { by, index }: { by: string; index: Index } = JSON.parse(body.toString('utf8', 4, 4 + body.readUInt32LE(0)));
    if (by !== madeBy(version)) return none;
    return new Map(
      index.map(([content, method, at, length]) => [content, { method, data: data.subarray(at, at + length) }]),
    );
  } catch {
    return none;
  }
}

async function replace(folder: string, path: string, version: string, used: ReadonlyMap<string, Compressed>) {
  // Threads finish in any order; the same entries give the same file.
  const sorted = [...used].sort(([a], [b]) => (a < b ? -1 : 1));
  let at = 0;
  const index: Index = [];
  for (const [content, { method, data }] of sorted) {
    index.push([content, method, at, data.length]);
    at += data.length;
  }
  if (at > largest / 2) return;
  const head = Buffer.from(JSON.stringify({ by: madeBy(version), index }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const body = Buffer.concat([length, head, ...sorted.map(([, { data }]) => data)]);
  // Node's own recursive mkdir never ends where a file system takes no folders.
  for (const one of [dirname(folder), folder]) await mkdir(one).catch(() => undefined);
  const temporary = join(folder, `.${randomBytes(6).toString('hex')}.tmp`);
  await writeFile(temporary, Buffer.concat([magic, sha256(body), body]));
  await rename(temporary, path);
  await tidy(folder);
}

/** The newest files stay. What a kill left goes, and what another build is just writing: that build does without. */
async function tidy(folder: string): Promise<void> {
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  );
  const kept = files.filter(({ name }) => name.endsWith('.entries')).sort((a, b) => b.at - a.at);
  const gone = [...kept.slice(mostFiles), ...files.filter(({ name }) => name.endsWith('.tmp'))];
  for (const { name } of gone) await rm(join(folder, name), { force: true });
}

/** Another version may compress otherwise. */
function madeBy(version: string): string {
  return `${version} ${recipe}`;
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
