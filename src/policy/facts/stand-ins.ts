import { blobUpTo } from '../../layer/blob.js';
import { isLfsPointer, lfsPointerLimit, mayBeLfsPointer } from '../../layer/lfs-pointer.js';
import { linkKind } from '../../layer/packing.js';
import { placeOf, placesToLook } from '../../layer/places.js';
import type { Entry, Git, Oid } from '../../ports.js';
import type { StandIn } from '../../rule/facts.js';
import type { Look } from '../subject.js';
import type { Fact } from './fact.js';

export const standIns: Fact<'standIns'> = {
  dependsOn: (path, policy) => placeOf(path, policy) !== null,
  async learn(look) {
    const { git, policy, policyFile } = look;
    const placed = (await judgedEntries(look)).flatMap((entry) => {
      const place =
        entry.path === policyFile ? { where: 'in place of the policy', layer: null } : placeOf(entry.path, policy);
      return place === null ? [] : [{ entry, ...place }];
    });
    const files = placed.filter(({ entry }) => linkKind(entry.mode) === null);
    const pointers = await lfsPointers(
      git,
      files.map(({ entry }) => entry.oid),
    );
    return placed.flatMap(({ entry: { path, pathBytes, mode, oid }, where, layer }): StandIn[] => {
      const kind = linkKind(mode) ?? (pointers.has(oid) ? 'lfs-pointer' : null);
      return kind === null ? [] : [{ path, kind, where, layer, ...(pathBytes !== undefined && { pathBytes }) }];
    });
  },
};

/** What a change brings; with the policy, which may declare what was there before, and in a whole tree all that is in place. */
async function judgedEntries({ policy, policyFile, subject: { whole, changes, tree } }: Look): Promise<Entry[]> {
  const brought = whole ? [] : (await changes()).filter(({ status }) => status !== 'D');
  if (!whole && !brought.some(({ path }) => path === policyFile)) return brought;
  const { paths, folders } = placesToLook(policy);
  const [single, inside] = await Promise.all([
    Promise.all([policyFile, ...paths].map((path) => tree.entry(path))),
    Promise.all(folders.map((folder) => tree.list(folder))),
  ]);
  const entries = [...brought, ...single.filter((entry) => entry !== null), ...inside.flat()];
  return [...new Map(entries.map((entry) => [`${entry.path}\0${entry.pathBytes}`, entry])).values()];
}

/** The blobs among these that Git LFS put there: by their size most are not. */
async function lfsPointers(git: Git, oids: Oid[]): Promise<Set<Oid>> {
  const sizes = await git.sizes(oids);
  const small = oids.filter((oid) => mayBeLfsPointer(sizes.get(oid) ?? 0));
  const found = await Promise.all(
    [...new Set(small)].map(async (oid) => {
      const bytes = await blobUpTo(git, oid, lfsPointerLimit);
      return bytes !== null && isLfsPointer(bytes) ? [oid] : [];
    }),
  );
  return new Set(found.flat());
}
