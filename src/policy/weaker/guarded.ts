import type { Declarations } from '../../layer/declarations.js';
import { policyFiles } from '../../layer/policy-files.js';
import { baselineFile } from '../baseline.js';
import { ownerFiles } from './owners.js';

const ciFile =
  /^(\.github\/(workflows|actions)\/.*\.ya?ml|\.gitlab-ci\.yml|bitbucket-pipelines\.yml|azure-pipelines\.ya?ml|buildspec\.ya?ml|Jenkinsfile|\.circleci\/config\.yml)$/;
const hookFile = /^(\.husky\/(?!_\/|layer-policy\.sh$).+|\.?lefthook\.ya?ml|\.pre-commit-config\.yaml)$/;

/** The folders that these files lie in; the others are in the root. */
export const guardedFolders = ['.github/workflows', '.github/actions', '.circleci', '.husky'];
export const guardedNames = [
  ...['.gitlab-ci.yml', 'bitbucket-pipelines.yml', 'azure-pipelines.yml', 'azure-pipelines.yaml', 'buildspec.yml'],
  ...['buildspec.yaml', 'Jenkinsfile', 'lefthook.yml', 'lefthook.yaml', '.lefthook.yml', '.lefthook.yaml'],
  '.pre-commit-config.yaml',
];

/** Files of scripts that those may call by a name. */
export const scriptNames = [
  ...['package.json', 'Makefile', 'makefile', 'GNUmakefile', 'justfile', 'Justfile', '.justfile', 'tox.ini'],
];
/** Files that they may call by a path. */
const scriptFile = /\.(sh|bash|mk|ya?ml|groovy|ps1)$|(^|\/)(\.?ci|scripts?|bin|tools|hack)\/[\w.-]+$/;

/** A CI file, or one that says what git's hooks run. */
export function runsChecks(path: string): boolean {
  return ciFile.test(path) || hookFile.test(path);
}

/** The files of plugins that lie in the repository. */
export function pluginFiles({ plugins }: Pick<Declarations, 'plugins'>): string[] {
  return plugins.filter((name) => name.startsWith('./')).map((name) => name.slice('./'.length));
}

/** Whether a change of this path may weaken what the policy demands. */
export function isGuarded(path: string, policy: Declarations): boolean {
  const files: readonly string[] = [...policyFiles, baselineFile, ...ownerFiles];
  if (files.includes(path) || runsChecks(path)) return true;
  return scriptNames.includes(path) || scriptFile.test(path) || pluginFiles(policy).includes(path);
}
