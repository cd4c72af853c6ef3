import type { ArtefactReading } from '../inside/reading.js';
import type { Demands } from './demands.js';
import { extensionProblems } from './extensions.js';
import { leftoverProblems } from './leftovers.js';
import { nativeProblems } from './natives.js';
import { type ArtefactProblem, grouped, type OneProblem } from './problem.js';
import { rootProblems } from './root.js';
import { secretProblems } from './secrets.js';
import { sizeProblems } from './sizes.js';
import { wheelProblems } from './wheels.js';

const judges: readonly ((artefact: ArtefactReading, demands: Demands) => Iterable<OneProblem>)[] = [
  ({ problems }) => problems,
  sizeProblems,
  rootProblems,
  nativeProblems,
  extensionProblems,
  wheelProblems,
  leftoverProblems,
  secretProblems,
  ({ imports }) =>
    imports.map(({ runtime, module, error }) => ({
      kind: 'import',
      what: `${runtime}: import ${module}: ${error}`,
      path: null,
    })),
];

/** All that is wrong with an artefact, worst first: as a zip, then as what the policy wants it to be. */
export function artefactProblems(artefact: ArtefactReading, demands: Demands): ArtefactProblem[] {
  return grouped(judges.flatMap((judge) => [...judge(artefact, demands)]));
}
