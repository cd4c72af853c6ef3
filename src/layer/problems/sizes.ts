import type { ArtefactReading } from '../inside/reading.js';
import { unzippedSize } from '../inside/reading.js';
import { megabyte, toMB, unzippedLimit, zippedLimit } from '../limits.js';
import type { Demands } from './demands.js';
import type { OneProblem } from './problem.js';

export function* sizeProblems(artefact: ArtefactReading, { maxZipMB }: Demands): Iterable<OneProblem> {
  const say = (what: string): OneProblem => ({ kind: 'limit', what, path: null });
  const { size } = artefact;
  if (size > zippedLimit) yield say(`it is ${toMB(size)} MB zipped; Lambda takes 50 MB`);
  else if (maxZipMB !== null && size > maxZipMB * megabyte) {
    yield say(`it is ${toMB(size)} MB zipped; the policy allows ${maxZipMB} MB`);
  }
  const unzipped = unzippedSize(artefact);
  if (unzipped > unzippedLimit) yield say(`it is ${unzipped} bytes unpacked; Lambda takes ${unzippedLimit}`);
}
