import type { Finding } from '../../src/policy/finding.js';
import { ruleIndex } from '../../src/policy/rules.gen.js';
import type { Stage } from '../../src/rule/define.js';
import type { Repo } from '../kit/repo.js';
import { ci, type Said } from './judge.js';

/** Rules that compare with the base branch, which a commit is only a part of. */
const based = ['version-bump', 'readme-on-major'];

const sources: Record<string, RegExp> = {
  core: /^src\/core\//,
  deps: /^src\/deps\.txt$/,
  fn: /^src\/fn\//,
  DATA_VERSION: /^data\//,
};
const ofAll = ['VERSION', '.layerpolicyrc.json'];
const readme = /^layer_management\/active\/\w+\/README\.md$/;

/**
 * What the hook of a commit and CI say differently of it. All but the rules of the base are asked about the very change
 * that the commit makes; those are asked about the branch, for what this commit touches.
 */
export async function commitAgrees(r: Repo, hook: Said): Promise<string[]> {
  const paths = r.git('diff-tree', '-r', '-z', '--no-renames', '--name-status', 'HEAD^1', 'HEAD').split('\0');
  const added = new Set<string>();
  const touched = new Set<string>();
  for (let i = 0; i + 1 < paths.length; i += 2) {
    touched.add(paths[i + 1] ?? '');
    if (paths[i] === 'A') added.add(paths[i + 1] ?? '');
  }
  const [ofChange, ofBranch] = [await ci(r, 'HEAD', 'HEAD^1'), await ci(r, 'HEAD')];
  const failures = [hook.error, ofChange.error, ofBranch.error];
  if (failures.some((error) => error !== null)) {
    return new Set(failures).size === 1 ? [] : [`failures: ${failures.join(', ')}`];
  }
  const head = r.head();
  const isSeen = (finding: Finding) =>
    finding.rule === 'archive-age'
      ? [...added].some((path) => path === finding.file || path.startsWith(`${finding.file}/`))
      : finding.commit === null || finding.commit === head || touched.has(finding.file);
  const concerns = ({ rule, layer, commit }: Finding) =>
    (commit === null || commit === head) &&
    [...touched].some(
      (path) =>
        ofAll.includes(path) || (rule === 'readme-on-major' ? readme.test(path) : sources[layer ?? '']?.test(path)),
    );
  const both = atBoth('pre-commit');
  const expected = [
    ...ofChange.findings.filter((finding) => both(finding) && !based.includes(finding.rule) && isSeen(finding)),
    ...ofBranch.findings.filter((finding) => both(finding) && based.includes(finding.rule) && concerns(finding)),
  ];
  return differences(hook.findings, expected);
}

/** What the hook of a push and CI say differently of a branch that the remote has nothing of. */
export async function pushAgrees(r: Repo, hook: Said): Promise<string[]> {
  const branch = await ci(r, 'HEAD');
  if (hook.error !== null || branch.error !== null) {
    return hook.error === branch.error ? [] : [`failures: ${hook.error}, ${branch.error}`];
  }
  const added = new Set(
    r.git('diff', '--no-renames', '-z', '--name-only', '--diff-filter=A', 'origin/develop...HEAD').split('\0'),
  );
  const isAdded = ({ rule, file }: Finding) =>
    rule !== 'archive-age' || [...added].some((path) => path === file || path.startsWith(`${file}/`));
  return differences(
    hook.findings,
    branch.findings.filter((finding) => atBoth('pre-push')(finding) && isAdded(finding)),
  );
}

function atBoth(hook: Stage) {
  const rules = Object.values(ruleIndex).map(({ rule }) => rule);
  const known = new Set(
    rules.filter(({ stages }) => stages.includes(hook) && stages.includes('ci')).map(({ id }) => id),
  );
  return ({ rule }: Finding) => known.has(rule);
}

function differences(hook: Finding[], ci: Finding[]): string[] {
  const [ofHook, ofCi] = [new Set(hook.map(essence)), new Set(ci.map(essence))];
  return [
    ...[...ofHook].filter((one) => !ofCi.has(one)).map((one) => `only the hook: ${one}`),
    ...[...ofCi].filter((one) => !ofHook.has(one)).map((one) => `only CI: ${one}`),
  ];
}

/** All but which commit brought it. */
function essence({ commit, hint, ...rest }: Finding): string {
  return JSON.stringify({ ...rest, hint: hint.replace(/ \(brought by .*/, '') });
}
