import { failure } from '../../../errors.js';
import { lookInside } from '../../../layer/inside/look.js';
import { readingOf } from '../../../layer/inside/reading.js';
import { artefactFile } from '../../../layer/names.js';
import { artefactProblems } from '../../../layer/problems/index.js';
import type { Version } from '../../../layer/version.js';
import type { BuildRequest, Sha256, Zip } from '../../../ports.js';

/**
 * Reads the finished zip back as anybody's, and refuses what would not load where the layer is declared for: whatever
 * the names of wheels say, this is what is in them. All else is for the policy to judge.
 */
export async function refuseForeign(
  { zip, sha256 }: { zip: Zip; sha256: Sha256 },
  { name, runtimes, architectures, natives }: Required<BuildRequest>,
  version: Version,
  bytes: Uint8Array,
): Promise<void> {
  const file = artefactFile(name, version);
  const reading = readingOf(file, { name, version }, await zip.walk(bytes, lookInside(sha256)));
  const demands = { layout: 'layer', runtimes, architectures, natives, isDeclared: true, maxZipMB: null } as const;
  const bad = artefactProblems(reading, { ...demands, isOwnCode: false }).find(
    ({ kind, habit }) => habit === undefined && (kind === 'platform' || kind === 'native' || kind === 'broken'),
  );
  if (bad === undefined) return;
  const [path] = bad.paths;
  throw failure('artefact-refused', {
    file,
    problem: path === undefined ? bad.what : `${path}: ${bad.what}`,
    fix: 'Take a version of the package that has wheels for every declared runtime and architecture.',
  });
}
