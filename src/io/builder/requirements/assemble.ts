import { failure } from '../../../errors.js';
import { byUtf8 } from '../../../layer/order.js';
import type { Placed } from '../../../layer/packages/layout.js';
import { recordOf } from '../../../layer/packages/wheel-contents.js';
import type { ArtefactEntry, Sha256 } from '../../../ports.js';
import type { Unpacked } from './unpack.js';

/** The files of a layer. Fails where two packages bring one file with two contents: which one wins would be a guess. */
export function assemble(
  layer: string,
  placed: readonly Placed[],
  wheels: ReadonlyMap<string, Unpacked>,
  sha256: Sha256,
): ArtefactEntry[] {
  const entries = new Map<string, ArtefactEntry & { by: string }>();
  for (const { name, folder, wheels: digests } of placed) {
    const parts = digests.flatMap((digest) => wheels.get(digest) ?? []);
    for (const entry of packageFiles(name, parts, sha256)) {
      const path = `${folder}/${entry.path}`;
      const other = entries.get(path);
      if (other !== undefined && Buffer.compare(other.bytes, entry.bytes) !== 0) {
        throw failure('source-unbuildable', {
          name: layer,
          problem: `${other.by} and ${name} both bring ${entry.path}, with different contents`,
          fix: 'Leave one of the two packages out, or put them into two layers.',
        });
      }
      entries.set(path, { ...entry, path, by: other?.by ?? name });
    }
  }
  return [...entries.values()]
    .map(({ path, mode, bytes }) => ({ path, mode, bytes }))
    .sort((a, b) => byUtf8(a.path, b.path));
}

/** One package, of one wheel or of one for each architecture, with its RECORD. */
function packageFiles(name: string, parts: readonly Unpacked[], sha256: Sha256): ArtefactEntry[] {
  const [first, ...others] = parts;
  if (first === undefined) return [];
  const files = new Map(first.files.map((file) => [file.path, file]));
  for (const file of others.flatMap((other) => other.files)) {
    const there = files.get(file.path);
    if (there === undefined) files.set(file.path, file);
    else if (file.path === `${first.info}/WHEEL`) files.set(file.path, { ...there, bytes: allTags(there, file) });
    else if (Buffer.compare(there.bytes, file.bytes) !== 0) {
      throw failure('package-refused', {
        package: name,
        problem: `its wheels for the architectures differ in ${file.path}, so one zip cannot hold both`,
        fix: 'Declare a layer for each architecture.',
      });
    }
  }
  const all = [...files.values()];
  const digest = (bytes: Uint8Array) => Buffer.from(sha256(bytes), 'hex').toString('base64url');
  const record = new TextEncoder().encode(recordOf(all, first.info, digest));
  return [...all, { path: `${first.info}/RECORD`, mode: 0o644, bytes: record }];
}

/** WHEEL with what both are for. */
function allTags(a: ArtefactEntry, b: ArtefactEntry): Uint8Array {
  const [one, other] = [a, b].map(({ bytes }) => new TextDecoder().decode(bytes).split(/\r?\n/));
  const more = (other ?? []).filter((line) => line.startsWith('Tag:') && !one?.includes(line));
  const last = one?.findLastIndex((line) => line.startsWith('Tag:')) ?? -1;
  return new TextEncoder().encode((one ?? []).toSpliced(last + 1, 0, ...more).join('\n'));
}
