import { globProblem, isGlob } from '../layer/glob-problem.js';
import type { Rule } from '../rule/define.js';
import { type Breach, pointer } from './breach.js';
import type { Written } from './written.js';

/** What is wrong with the policy's own globs; to be asked before anything is made of them. */
export function globBreaches(written: Partial<Written>): Breach[] {
  const { maintenanceBranches = [], versioned = {}, overrides = [], waivers = [] } = written;
  return [
    ...breachesOf(maintenanceBranches, 'maintenanceBranches'),
    ...Object.entries(versioned).flatMap(([key, globs]) => breachesOf(globs, 'versioned', key)),
    ...overrides.flatMap(({ paths }, i) => breachesOf(paths, 'overrides', i, 'paths')),
    // A waiver may name a path, which may be longer than a glob.
    ...waivers.flatMap(({ file }, i) => (isGlob(file) ? breachesOf([file], 'waivers', i, 'file') : [])),
  ];
}

/** The same of a rule's options that are lists of globs (`globList`), their schema kept. */
export function optionGlobBreaches({ options: { schema } }: Rule, options: Record<string, unknown>): Breach[] {
  return Object.entries(options).flatMap(([name, value]) => {
    const { items } = (schema as Record<string, { items?: { format?: string } }>)[name] ?? {};
    return items?.format === 'glob' ? breachesOf(value as string[], name) : [];
  });
}

function breachesOf(globs: readonly string[], ...keys: (string | number)[]): Breach[] {
  return globs.flatMap((glob) => {
    const problem = globProblem(glob);
    return problem === null ? [] : [{ field: pointer(...keys), what: `has "${glob.slice(0, 100)}", which ${problem}` }];
  });
}
