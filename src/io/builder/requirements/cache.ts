import { join } from 'node:path';
import { failure } from '../../../errors.js';
import type { Pin } from '../../../layer/packages/asked.js';
import type { Files, Git, Sha256 } from '../../../ports.js';
import { buildTools } from './build-tools.js';
import type { Target } from './installer.js';
import { indexOf } from './settings.js';

/** A wheel that answers a pin. */
export interface Wheel {
  /** Its name, `PyYAML-6.0.3-cp311-cp311-….whl`. */
  file: string;
  bytes: Uint8Array;
  /** Of `bytes`, hex. */
  sha256: string;
  /** Of the file that the index gave: of the source, where the wheel was built here. */
  origin: string;
  isBuilt: boolean;
}

export interface CacheKey {
  pins: readonly Pin[];
  target: Target;
  /** Who built wheels of sources; null where all came as they are, for then they are the same whoever brings them. */
  builder: string | null;
  vars: Readonly<Record<string, string | undefined>>;
}

export interface Cache {
  /** All wheels of a set; null where the set, or one of them, is not there. Fails with `cache-damaged`. */
  find(key: CacheKey): Promise<Wheel[] | null>;
  keep(key: CacheKey, wheels: readonly Wheel[]): Promise<void>;
}

/** Raised when the same key would stand for other wheels, or what was kept would not be found any more. */
const recipe = 2;

type Listed = Omit<Wheel, 'bytes'>;

/**
 * Wheels by their digest, and which of them answered what. It is safe to delete, and to be killed in: a set is written
 * when all of its wheels are there, each in one step. Nothing in it is believed: every use computes the digests again.
 */
export async function openCache(git: Pick<Git, 'commonDir'>, files: Files, sha256: Sha256): Promise<Cache> {
  const folder = join(await git.commonDir(), 'layer-policy', 'packages');
  const setPath = (key: CacheKey) => join(folder, 'sets', `${keyOf(key, sha256)}.json`);
  const wheelPath = (digest: string) => join(folder, 'wheels', `${digest}.whl`);
  const damaged = (path: string) => failure('cache-damaged', { path, folder });
  return {
    async find(key) {
      const path = setPath(key);
      const bytes = await files.read(path);
      if (bytes === null) return null;
      const listed = readSet(new TextDecoder().decode(bytes), sha256);
      if (listed === null) throw damaged(path);
      const wheels: Wheel[] = [];
      for (const one of listed) {
        const content = await files.read(wheelPath(one.sha256));
        if (content === null) return null;
        if (sha256(content) !== one.sha256) throw damaged(wheelPath(one.sha256));
        wheels.push({ ...one, bytes: content });
      }
      return wheels;
    },
    async keep(key, wheels) {
      for (const { sha256: digest, bytes } of wheels) await files.create(wheelPath(digest), bytes);
      const list = wheels.map(({ bytes: _, ...one }): Listed => one);
      const text = JSON.stringify({ schema: 1, wheels: list, sha256: sha256(JSON.stringify(list)) });
      await files.write(setPath(key), new TextEncoder().encode(`${text}\n`));
    },
  };
}

function keyOf({ pins, target, builder, vars }: CacheKey, sha256: Sha256): string {
  const { runtime, architecture, natives, glibc } = target;
  const asked = pins.map(({ name, version, hashes }) => [name, version, hashes]);
  return sha256(
    JSON.stringify([recipe, buildTools, builder, indexOf(vars), runtime, architecture, natives, glibc, asked]),
  );
}

function readSet(text: string, sha256: Sha256): Listed[] | null {
  try {
    const { schema, wheels, sha256: said } = JSON.parse(text);
    if (schema !== 1 || !Array.isArray(wheels) || sha256(JSON.stringify(wheels)) !== said) return null;
    return wheels.every(isListed) ? wheels : null;
  } catch {
    return null;
  }
}

function isListed(one: Partial<Record<keyof Listed, unknown>>): one is Listed {
  const digests = [one.sha256, one.origin];
  return (
    digests.every((digest) => typeof digest === 'string' && /^[0-9a-f]{64}$/.test(digest)) &&
    typeof one.file === 'string' &&
    typeof one.isBuilt === 'boolean'
  );
}
