import { blobUpTo } from '../../layer/blob.js';
import { isLfsPointer } from '../../layer/lfs-pointer.js';
import { toMB, zippedLimit } from '../../layer/limits.js';
import type { ZipFacts } from '../../layer/manifest-releases.js';
import { baseName, managementFolder } from '../../layer/names.js';
import type { Look } from '../subject.js';

export const archiveFolder = `${managementFolder}/archive`;

/** What the archive has under these file names: each zip is read for itself, and no other is. */
export async function archivedZips(
  { git, sha256, note, subject: { tree } }: Look,
  files: ReadonlySet<string>,
): Promise<Map<string, { by: string; zip: ZipFacts }[]>> {
  const found = new Map<string, { by: string; zip: ZipFacts }[]>();
  for (const { path, mode, oid } of await tree.list(archiveFolder)) {
    const file = baseName(path);
    if (!files.has(file) || !mode.startsWith('100')) continue;
    const bytes = await blobUpTo(git, oid, zippedLimit);
    if (bytes === null || isLfsPointer(bytes)) {
      note(`${path} was not compared with its manifest: it is ${bytes === null ? 'larger than 50 MB' : 'in Git LFS'}.`);
      continue;
    }
    const zip = { sha256: sha256(bytes), size_bytes: bytes.length, size_mb: toMB(bytes.length) };
    found.set(file, [...(found.get(file) ?? []), { by: path, zip }]);
  }
  return found;
}
