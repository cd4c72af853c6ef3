import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { failure } from '../../errors.js';
import { localArn } from '../../layer/arn.js';
import type { Files, PublishedVersion, PublishRequest, Registry, StoredObject } from '../../ports.js';
import { encode, localFolder } from './local-folder.js';
import { conflict, validDescription, validKey, validLayerName } from './names.js';

/**
 * An environment in a folder, `.build/registry/<environment>/`, that keeps the promises of a cloud account:
 *
 * - `blobs/{sha256}` holds bytes under their own name, so a torn or repeated write is nobody's business;
 * - `objects/{key}.json` names the blob of a key; whoever creates this file first has the key;
 * - `versions/{layer}/{number}.json` is a layer version; whoever creates the next number has it; `{number}.gone` was one;
 * - `functions/` holds what `local-functions.ts` says, `aliases/` what `local-aliases.ts` does.
 *
 * Every file appears whole or not at all. Damage fails with `registry-invalid`.
 */
export async function localRegistry(
  root: string,
  files: Files,
  environment: string,
  now: () => number,
): Promise<Registry> {
  const { path: folder, damaged, document, numbers: numbersIn } = await localFolder(root, files, environment);
  const objectPath = (key: string) => join(folder, 'objects', `${validKey(environment, key)}.json`);
  const versionFolder = (layerName: string) => join(folder, 'versions', validLayerName(environment, layerName));

  async function recorded(key: string): Promise<StoredObject | null> {
    const path = objectPath(key);
    const stored = await document<StoredObject>(path, { key: 'string', sha256: 'string', size: 'number' });
    if (stored === null) return null;
    if (stored.key !== key || !/^[0-9a-f]{64}$/.test(stored.sha256)) throw damaged(path, 'it is of another key');
    return { key, sha256: stored.sha256, size: stored.size };
  }

  /** An object whose bytes are gone is none, so that whoever stores it again brings them back. */
  async function head(key: string): Promise<StoredObject | null> {
    const stored = await recorded(key);
    return stored !== null && (await files.exists(join(folder, 'blobs', stored.sha256))) ? stored : null;
  }

  async function get(key: string): Promise<Uint8Array> {
    const stored = await recorded(key);
    if (stored === null) throw failure('object-absent', { key, environment });
    const path = join(folder, 'blobs', stored.sha256);
    const bytes = await files.read(path);
    if (bytes === null) throw damaged(path, `it is missing, and ${key} needs it`);
    if (bytes.length !== stored.size || hash(bytes) !== stored.sha256)
      throw damaged(path, 'its bytes are not what its name says');
    return bytes;
  }

  const numbers = (layerName: string) => numbersIn(versionFolder(layerName));

  async function version(layerName: string, number: number): Promise<PublishedVersion> {
    const path = join(versionFolder(layerName), `${number}.json`);
    const published = await document<PublishedVersion>(path, shapeOfVersion);
    if (published === null) throw damaged(path, 'it is gone');
    if (
      published.layerName !== layerName ||
      published.version !== number ||
      published.arn !== localArn(layerName, number)
    ) {
      throw damaged(path, 'it is of another layer version');
    }
    const { arn, description, sha256, size, createdAt } = published;
    return { layerName, version: number, arn, description, sha256, size, createdAt };
  }

  return {
    environment,
    prefixes: null,
    // What it needs is a folder, and that is made where it is missing.
    prove: async () => {},
    // A folder of one repository, which has a lock already.
    lease: async () => ({ token: 0, check: async () => {}, release: async () => {} }),
    head,
    get,
    async put(key, bytes, sha256) {
      const path = objectPath(key);
      if (hash(bytes) !== sha256)
        throw failure('bug', { problem: `the bytes for ${key} do not have the sha256 they came with` });
      const before = await head(key);
      if (before === null) {
        await files.create(join(folder, 'blobs', sha256), bytes, 0o444);
        const stored: StoredObject = { key, sha256, size: bytes.length };
        if (await files.create(path, encode(stored))) return 'created';
      }
      const there = before ?? (await head(key));
      if (there?.sha256 === sha256) return 'present';
      throw conflict(environment, key, there?.sha256 ?? 'nothing', sha256);
    },
    async versions(layerName, describedAs = '') {
      const found: PublishedVersion[] = [];
      for (const number of await numbers(layerName)) found.push(await version(layerName, number));
      return found.filter(({ description }) => description.startsWith(describedAs));
    },
    async version(layerName, number) {
      return (await numbers(layerName)).includes(number) ? version(layerName, number) : null;
    },
    async publish(request) {
      const stored = await head(request.key);
      if (stored === null) throw failure('object-absent', { key: request.key, environment });
      if (stored.sha256 !== request.sha256 || stored.size !== request.size) {
        throw conflict(environment, request.key, stored.sha256, request.sha256);
      }
      await get(request.key);
      return publishNext(request, await last(request.layerName));
    },
    async remove(layerName, number) {
      const path = join(versionFolder(layerName), `${number}.json`);
      // Renamed, so that it goes at once and its number stays taken.
      if (await files.exists(path)) await files.move(path, goneName(path));
    },
  };

  /** The highest number that was ever given. */
  async function last(layerName: string): Promise<number> {
    const gone = (await files.list(versionFolder(layerName))).flatMap((name) =>
      name.endsWith('.gone') ? [Number.parseInt(name, 10)] : [],
    );
    return Math.max(0, ...gone, ...(await numbers(layerName)));
  }

  async function publishNext(request: PublishRequest, last: number): Promise<PublishedVersion> {
    const { layerName, key, description, sha256, size, runtimes, architectures } = request;
    validDescription(environment, description);
    const number = last + 1;
    const createdAt = new Date(now()).toISOString();
    const published: PublishedVersion = {
      layerName,
      version: number,
      arn: localArn(layerName, number),
      description,
      sha256,
      size,
      createdAt,
    };
    const path = join(versionFolder(layerName), `${number}.json`);
    if (await files.create(path, encode({ ...published, key, runtimes, architectures }))) return published;
    return publishNext(request, number);
  }
}

const goneName = (path: string) => path.replace(/json$/, 'gone');

const shapeOfVersion = {
  layerName: 'string',
  version: 'number',
  arn: 'string',
  description: 'string',
  sha256: 'string',
  size: 'number',
  createdAt: 'string',
} as const;

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
