import type { Declarations } from '../declarations.js';
import { type ArtefactReading, unzippedSize } from '../inside/reading.js';
import { unzippedLimit } from '../limits.js';
import type { ArtefactProblem } from './problem.js';

/**
 * Lambda unpacks a function and all its layers into one room. Judged for every declared function of which at least two
 * parts are here; what is not here counts as nothing. The problem is the largest part's, `at` of the list.
 */
export function togetherProblems(
  artefacts: readonly ArtefactReading[],
  { functions }: Pick<Declarations, 'functions'>,
): { at: number; problem: ArtefactProblem }[] {
  return Object.values(functions).flatMap(({ name, layers }) => {
    const parts = artefacts.filter((one) => one.name !== null && [name, ...layers].includes(one.name));
    const total = parts.reduce((sum, part) => sum + unzippedSize(part), 0);
    const [artefact] = [...parts].sort((a, b) => unzippedSize(b) - unzippedSize(a));
    if (artefact === undefined || parts.length < 2 || total <= unzippedLimit) return [];
    const others = parts.filter((part) => part !== artefact).map((part) => part.name);
    const what = `with ${others.join(', ')}, as ${name} has them, it is ${total} bytes unpacked; Lambda takes ${unzippedLimit}`;
    return [{ at: artefacts.indexOf(artefact), problem: { kind: 'together', what, paths: [] } }];
  });
}
