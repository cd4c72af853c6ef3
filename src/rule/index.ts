/**
 * `layer-policy/rule`: the door through which a rule sees this project. The shipped rules use nothing else, so yours
 * can do all that they do.
 */
export { asRead, isDisguised } from '../layer/as-read.js';
export type { Declarations, Environment, LambdaFunction, Layer, Severity } from '../layer/declarations.js';
export { declaredNames } from '../layer/declarations.js';
export { globMatcher } from '../layer/glob.js';
export { documentsAsked } from '../layer/json-schema/asked.js';
export type { ManifestFile, ManifestProblem } from '../layer/manifest.js';
export { manifestProblems } from '../layer/manifest-problems.js';
export { daysSince, type Month, monthOf, parseMonth } from '../layer/month.js';
export { artefactFile, baseName, expand, managementFolder, parseArtefactFile } from '../layer/names.js';
export { pathsOf } from '../layer/paths.js';
export type { ArtefactProblem, Habit, ProblemKind } from '../layer/problems/problem.js';
export type { PythonName } from '../layer/python-modules.js';
export type { Requirement, RequirementsProblem } from '../layer/requirement.js';
export { fromTop, pathspec, shellWord } from '../layer/shell.js';
export { compareVersions, isCount, isVersion } from '../layer/version.js';
export { describeProblem, type VersionFileProblem } from '../layer/version-file.js';
export type { Paths } from '../ports/paths.js';
export {
  defineRule,
  type Example,
  type ExamplesOf,
  type Message,
  noOptions,
  type Problem,
  type ShownRule as Rule,
  type Stage,
  stages,
} from './define.js';
export { examplePolicy, judged } from './examples.js';
export type * from './facts.js';
export { type Fix, type TextFlaw, textFlaws } from './fix.js';
export { globList } from './globs.js';
