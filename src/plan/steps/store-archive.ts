import { failure } from '../../errors.js';
import type { Heard, Oid, Store } from '../../ports.js';
import { inTurns } from '../in-turns.js';
import type { StepKind, World } from '../step.js';
import { summed } from '../summed.js';

/** A file of a month, and the key it gets. */
export interface MovedFile {
  path: string;
  oid: Oid;
  sha256: string;
  /** Bytes. */
  size: number;
  key: string;
}

export interface StoreArchive {
  kind: 'store-archive';
  month: string;
  /** For people. */
  place: string;
  files: MovedFile[];
}

/**
 * Copies a month of the archive to where old artefacts are kept. It is there when every byte of it was read back and has
 * its sha256, and nothing but that lets the plan go on to remove it here.
 */
export const storeArchive: StepKind<StoreArchive> = {
  name: ({ month }) => `store-archive ${month}`,
  describe: ({ month, place, files }) =>
    `copy ${month} to ${place}, and read it back: ${files.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)).join(', ')}`,
  async probe({ month, place, files }, world) {
    const store = storeIn(world);
    const read = summed(sizeOf(files), 'bytes in', world);
    const there = await inTurns(files, (file) => isStored(file, store, world, read(file.key)));
    return there.every((one) => one) ? { month, place, files: files.length } : null;
  },
  async act({ files }, world) {
    const store = storeIn(world);
    const sent = summed(sizeOf(files), 'bytes out', world);
    await inTurns(files, async (file) => {
      if (await isStored(file, store, world)) return sent(file.key)(file.size);
      const bytes = await world.blob(file.oid);
      if (world.sha256(bytes) !== file.sha256)
        throw failure('bug', { problem: `${file.path} is not what the plan saw` });
      await store.create(file.key, bytes, file.sha256, sent(file.key));
      return sent(file.key)(file.size);
    });
  },
  confirm: (data, world) => storeArchive.probe(data, world),
  // A copy too many does no harm, and the next run finds it.
  undo: null,
};

function storeIn({ store }: World): Store {
  if (store === null) throw failure('bug', { problem: 'an archive plan without a place to move to' });
  return store;
}

const sizeOf = (files: MovedFile[]) => files.reduce((sum, { size }) => sum + size, 0);

async function isStored(
  { key, sha256, path }: MovedFile,
  store: Store,
  world: World,
  received?: Heard,
): Promise<boolean> {
  const bytes = await store.read(key, received);
  if (bytes === null) return false;
  const there = world.sha256(bytes);
  if (there === sha256) return true;
  const place = `${store.place.replace(/\/?$/, '/')}${key}`;
  throw failure('archive-conflict', {
    place: `${place} (for ${path})`,
    there: there.slice(0, 16),
    here: sha256.slice(0, 16),
  });
}
