import { failure } from '../errors.js';

/** Where the hooks of a clone belong. */
export type Place =
  | { kind: 'folder'; folder: string }
  /** `folder` is relative to the root; `active`: git runs husky's hooks in this clone. */
  | { kind: 'husky'; folder: string; active: boolean };

/** Absolute paths, links resolved as far as there is something. */
export interface PlaceFacts {
  root: string;
  commonDir: string;
  /** `git rev-parse --git-path hooks`. */
  hooksDir: string;
  /** `core.hooksPath` as it is set; null when it is not. */
  hooksPath: string | null;
  hooksDirExists: boolean;
  hasHuskyFolder: boolean;
  /** package.json names husky as a dependency. */
  needsHusky: boolean;
}

/** Decides where hooks go; fails with `hook-foreign` rather than lead into a folder that others share. */
export function choosePlace(facts: PlaceFacts): Place {
  const { root, commonDir, hooksDir, hooksPath } = facts;
  const own = `${commonDir}/hooks`;
  const inTree = hooksPath === null ? null : relative(root, hooksDir);
  const husky = inTree === null ? null : huskyFolder(inTree);
  if (husky !== null && (facts.hasHuskyFolder || facts.needsHusky)) {
    return { kind: 'husky', folder: husky, active: facts.hooksDirExists };
  }
  if (hooksPath === null && facts.hasHuskyFolder && facts.needsHusky) {
    return { kind: 'husky', folder: '.husky', active: false };
  }
  const command = (fix: string) => `Run: ${fix} && layer-policy install`;
  if (hooksPath !== null && !facts.hooksDirExists && hooksDir !== own) {
    throw failure('hook-foreign', {
      path: hooksDir,
      problem: `core.hooksPath is '${hooksPath}', and there is no such folder, so git runs no hook at all`,
      fix: command('git config --unset core.hooksPath'),
    });
  }
  if (isOwn(facts)) return { kind: 'folder', folder: hooksDir };
  throw failure('hook-foreign', {
    path: hooksDir,
    problem:
      hooksPath === null
        ? 'the hooks folder of this clone is a link to it'
        : `core.hooksPath is '${hooksPath}', outside of this repository, and other repositories may use it too`,
    fix:
      hooksPath === null
        ? `Run: rm '${own}' && layer-policy install`
        : `To give this clone hooks of its own, ${lower(command(`git config --local core.hooksPath '${own}'`))}. To keep that folder, call 'layer-policy check --stage pre-commit' from its pre-commit and pre-merge-commit and 'layer-policy check --stage pre-push -- "$@"' from its pre-push.`,
  });
}

/** True for a folder in git's own or in one of this clone's work trees: what is written there concerns no other clone. */
export function isOwn({ root, commonDir, hooksDir }: Pick<PlaceFacts, 'root' | 'commonDir' | 'hooksDir'>): boolean {
  const mainTree = commonDir.endsWith('/.git') ? commonDir.slice(0, -'/.git'.length) : commonDir;
  return [commonDir, root, mainTree].some((inside) => relative(inside, hooksDir) !== null);
}

/** `.husky/_` since husky 9, `.husky` before; a folder of another name works the same way. */
export function huskyFolder(hooksDir: string): string | null {
  if (hooksDir.endsWith('/_')) return hooksDir.slice(0, -'/_'.length);
  return hooksDir === '.husky' ? hooksDir : null;
}

/** The part of `path` below `folder`; null when it is not below. */
function relative(folder: string, path: string): string | null {
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
