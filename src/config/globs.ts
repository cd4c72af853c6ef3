import { globProblem, isGlob } from '../layer/glob-problem.js';
import { type Breach, pointer } from './breach.js';
import type { Written } from './written.js';

/** What is wrong with the policy's own globs; to be asked before anything is made of them. */
export function globBreaches({ versioned = {}, overrides = [], waivers = [] }: Partial<Written>): Breach[] {
  const globs = [
    ...Object.entries(versioned).flatMap(([key, list]) => list.map((glob, i) => at(glob, 'versioned', key, i))),
    ...overrides.flatMap(({ paths }, i) => paths.map((glob, n) => at(glob, 'overrides', i, 'paths', n))),
    // A waiver may name a path, which may be longer than a glob.
    ...waivers.flatMap(({ file }, i) => (isGlob(file) ? [at(file, 'waivers', i, 'file')] : [])),
  ];
  return globs.flatMap(({ field, glob }) => {
    const problem = globProblem(glob);
    return problem === null ? [] : [{ field, what: `("${glob.slice(0, 100)}") ${problem}` }];
  });
}

function at(glob: string, ...keys: (string | number)[]) {
  return { glob, field: pointer(...keys) };
}
