import { readSide } from '../compare/read-side.js';
import { isFailure } from '../errors.js';
import { artefactFile, baseName, managementFolder } from '../layer/names.js';
import { absent, differs, hold, type Line } from '../layer/verification.js';
import type { Artefact, Env, Oid, Registry, Store, ZipSource } from '../ports.js';
import { lastArchived } from './history.js';

/** 50 MB is the largest zip there can be. */
const blobLimit = 64 * 1024 * 1024;

type Ports = Pick<Env, 'git' | 'files' | 'zip' | 'sha256'>;

/** Every copy of the zip that is within reach, read by the strict reader and held against what was built again. */
export async function copies(
  env: Ports,
  head: Oid,
  registries: readonly Registry[],
  built: Artefact,
  folder: 'layers' | 'functions',
  store: Store | null,
): Promise<Line[]> {
  const lines = [...(await inArchive(env, head, built, store)), await inBuild(env, built, folder)];
  for (const registry of registries) {
    const key = `${folder}/${built.file}`;
    const place = `${registry.environment}:${key}, its bytes`;
    lines.push(
      (await registry.head(key)) === null
        ? absent(place, 'there is none')
        : await holdZip(env, place, () => registry.get(key), built),
    );
  }
  return lines;
}

/** At HEAD; where it has left, as history has it and as the place it left for does. */
async function inArchive(env: Ports, head: Oid, built: Artefact, store: Store | null): Promise<Line[]> {
  const entries = await env.git.tree(head).list(`${managementFolder}/archive`);
  const file = artefactFile(built.name, built.version);
  const zips = entries.filter(({ path, mode }) => baseName(path) === file && mode.startsWith('100'));
  if (zips.length === 0) return goneFromArchive(env, head, built, store);
  const lines: Line[] = [];
  for (const { path, oid } of zips) {
    lines.push(await holdZip(env, path, () => env.git.blob(oid, blobLimit), built));
  }
  return lines;
}

async function goneFromArchive(env: Ports, head: Oid, built: Artefact, store: Store | null): Promise<Line[]> {
  const file = artefactFile(built.name, built.version);
  const once = await lastArchived(env, head, file);
  if (once === null)
    return [absent(`${managementFolder}/archive/…/${file}`, 'it is not archived at HEAD, and never was')];
  const { commit, path, oid, key } = once;
  const earlier = `${path} at ${commit.slice(0, 12)}`;
  const lines = [await holdZip(env, earlier, () => env.git.blob(oid, blobLimit), built)];
  if (store === null) return lines;
  const place = `${store.place.replace(/\/?$/, '/')}${key}`;
  const bytes = await store.read(key);
  return [
    ...lines,
    bytes === null ? absent(place, 'there is none') : await holdZip(env, place, async () => bytes, built),
  ];
}

async function inBuild(env: Ports, built: Artefact, folder: string): Promise<Line> {
  const place = `.build/${folder}/${built.file}`;
  const path = `${await env.git.root()}/${place}`;
  if (!(await env.files.exists(path))) return absent(place, 'it is not here');
  return holdZip(env, place, async () => path, built);
}

async function holdZip(env: Ports, place: string, get: () => Promise<ZipSource>, built: Artefact): Promise<Line> {
  try {
    const { side } = await readSide(env, { source: await get(), file: place });
    const { sha256, contentDigest, size } = side;
    return hold(place, { sha256, contentDigest, size }, built);
  } catch (error) {
    if (!isFailure(error)) throw error;
    // An object of git that this clone has not fetched is missing, not wrong.
    return error.code === 'object-missing' ? absent(place, error.message) : differs(place, error.message);
  }
}
