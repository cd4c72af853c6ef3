import { failure } from '../../errors.js';
import { describeArtefact } from '../../layer/artefact.js';
import { isLfsPointer } from '../../layer/lfs-pointer.js';
import type { Layout, PackedFile, PackingProblem } from '../../layer/packing.js';
import { packedAt, sourceCommit } from '../../layer/source-commit.js';
import type { Artefact, ArtefactEntry, BuildRequest, Git, Oid, Sha256, Zip } from '../../ports.js';
import { limits } from '../zip/format.js';

export interface Ports {
  git: Git;
  zip: Zip;
  sha256: Sha256;
}

/**
 * Builds plain source from the objects of a commit; the work tree is never looked at. The bytes depend on the tree alone,
 * so a rebuild anywhere gives the same sha256.
 *
 * Fails with `source-missing`, `version-unreadable`, `source-unbuildable`, `shallow`.
 */
export async function buildSource(
  { git, zip, sha256 }: Ports,
  request: BuildRequest,
  layout: Layout = 'layer',
): Promise<Artefact> {
  const { name, tip, versionFile } = request;
  const { commit, version } = await sourceCommit(git, tip, request, versionFile);
  const packed = await packedAt(git, tip, request, layout);
  refuseProblems(name, packed.problems);
  const entries = await readEntries(git, name, packed.files);
  const bytes = await zip.write(entries, name);
  await proveReadable(zip, bytes, entries);
  const { time } = await git.commitInfo(commit);
  return describeArtefact({ name, version, gitSha: commit, time, entries, bytes, left: packed.left }, sha256);
}

const wrong: Record<PackingProblem['problem'], { is: string; fix: string }> = {
  symlink: { is: 'is a symbolic link', fix: 'Put the file itself in its place.' },
  submodule: { is: 'is a submodule', fix: 'Put its files in its place, or declare it as a requirement.' },
  'unsafe-name': { is: 'has a name that some systems read as another', fix: 'Rename it.' },
  collision: { is: 'differs from another path in case or Unicode form only', fix: 'Rename one of the two.' },
  empty: {
    is: 'has no file that belongs in an artefact',
    fix: 'Commit the package, or correct "source" in the policy.',
  },
};

function refuseProblems(name: string, problems: readonly PackingProblem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  const { is, fix } = wrong[first.problem];
  throw failure('source-unbuildable', { name, problem: `${first.path} ${is}${more}`, fix });
}

/** Blobs asked for at a time, so that a source beyond the limit is refused before all of it is in memory. */
const batch = 500;

async function readEntries(git: Git, name: string, files: readonly PackedFile[]): Promise<ArtefactEntry[]> {
  const tooLarge = (problem: string) =>
    failure('source-unbuildable', { name, problem, fix: 'Lambda takes no more: split it.' });
  if (files.length > limits.entries) throw tooLarge(`it has more than ${limits.entries} files`);
  const entries: ArtefactEntry[] = [];
  let total = 0;
  for (let at = 0; at < files.length; at += batch) {
    const part = files.slice(at, at + batch);
    const blobs = await git.blobs(
      part.map(({ oid }) => oid),
      limits.bytes,
    );
    for (const { path, mode, oid } of part) {
      const bytes = contentOf(blobs, oid);
      total += bytes.length;
      if (total > limits.bytes) throw tooLarge(`it is larger than ${limits.bytes} bytes`);
      if (isLfsPointer(bytes)) {
        throw failure('source-unbuildable', {
          name,
          problem: `${path} is a Git LFS pointer, not the file`,
          fix: 'Commit the file itself: git lfs migrate export',
        });
      }
      entries.push({ path, mode, bytes });
    }
  }
  return entries;
}

function contentOf(blobs: Map<Oid, Uint8Array>, oid: Oid): Uint8Array {
  const bytes = blobs.get(oid);
  if (bytes === undefined) throw failure('object-missing', { oid });
  return bytes;
}

/** Reads the zip back by the strict reader: what is published was read whole by the one that judges others' zips. */
async function proveReadable(zip: Zip, bytes: Uint8Array, entries: readonly ArtefactEntry[]): Promise<void> {
  const read = await zip.read(bytes);
  const same = read.every((one, index) => {
    const put = entries[index];
    return (
      put !== undefined && one.path === put.path && one.mode === put.mode && Buffer.compare(one.bytes, put.bytes) === 0
    );
  });
  if (!same || read.length !== entries.length) {
    throw failure('bug', { problem: 'a zip that was just written does not hold what was put in' });
  }
}
