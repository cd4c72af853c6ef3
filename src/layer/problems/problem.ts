import type { ZipProblem } from '../../ports/zip.js';

/** What is wrong with an artefact; every kind is a message of the rule `artifact-structure`. */
export type ProblemKind =
  | ZipProblem['kind']
  | 'root'
  | 'native'
  | 'platform'
  | 'leftover'
  | 'secret'
  | 'together'
  | 'import';

/** What others do without bad intent, so that a policy may let it pass. */
export type Habit = NonNullable<ZipProblem['habit']> | 'bytecode' | 'backups' | 'wheel-tags';

export interface ArtefactProblem {
  kind: ProblemKind;
  what: string;
  /** The files it is about, in the order of the zip; empty: the zip itself. */
  paths: string[];
  habit?: Habit;
}

/** One problem, before those that say the same of many files are made one. */
export interface OneProblem {
  kind: ProblemKind;
  what: string;
  path: string | null;
  habit?: Habit | undefined;
}

/** What is said of a thousand files alike is said once. */
export function grouped(problems: Iterable<OneProblem>): ArtefactProblem[] {
  const groups = new Map<string, ArtefactProblem>();
  for (const { kind, what, path, habit } of problems) {
    const key = `${kind}\0${what}`;
    const group = groups.get(key) ?? { kind, what, paths: [], ...(habit !== undefined && { habit }) };
    if (path !== null) group.paths.push(path);
    groups.set(key, group);
  }
  return [...groups.values()];
}
