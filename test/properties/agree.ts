import type { Finding } from '../../src/policy/finding.js';
import { ruleIndex } from '../../src/policy/rules.gen.js';
import type { Stage } from '../../src/rule/define.js';
import type { Repo } from '../kit/repo.js';
import { ci, type Said } from './judge.js';

/** Rules that compare with the base branch, and so with more than the commit. */
const based = ['version-bump', 'readme-on-major'];

/**
 * What the hook of a commit and CI say differently of it. Rules of the base are asked about the branch, where the hook may
 * leave out what was told of it before; all others about the very change that the commit makes.
 */
export async function commitAgrees(r: Repo, hook: Said): Promise<string[]> {
  const [change, branch, before] = [
    await ci(r, 'HEAD', 'HEAD^1'),
    await ofBranch(r, 'HEAD'),
    await ofBranch(r, 'HEAD^1'),
  ];
  const failures = new Set([hook.error, change.error, branch.error]);
  if (failures.size > 1 || !failures.has(null)) return failures.size === 1 ? [] : [`fails: ${[...failures].join()}`];
  const head = r.head();
  const touched = pathsOf(r, 'HEAD^1..HEAD');
  const isBased = ({ rule }: Finding) => based.includes(rule);
  const here = new Set(hook.findings.map(essence));
  const known = new Set(before.findings.map(({ fingerprint }) => fingerprint));
  // What a merge takes as its other side has it is told of the commits of that side, and may be here already.
  const isOwn = ({ commit }: Finding) => commit === null || commit === head;
  const isNew = (finding: Finding) => isOwn(finding) || touched.has(finding.file);
  // Of their raises those commits were asked themselves.
  const isTold = (finding: Finding) =>
    here.has(essence(finding)) || (isOwn(finding) && !known.has(finding.fingerprint));
  return differences('pre-commit', touched, hook.findings, [
    ...change.findings.filter((one) => !isBased(one) && isNew(one)),
    ...branch.findings.filter((one) => isBased(one) && isTold(one)),
  ]);
}

/** What the hook of a push and CI say differently of a branch that the remote has nothing of. */
export async function pushAgrees(r: Repo, hook: Said): Promise<string[]> {
  const branch = await ofBranch(r, 'HEAD');
  if (hook.error !== branch.error) return [`fails: ${hook.error},${branch.error}`];
  return differences('pre-push', pathsOf(r, 'origin/develop...HEAD'), hook.findings, branch.findings);
}

/** Where a rebase has left nothing ahead of the base branch, CI by itself would judge the whole of that branch. */
function ofBranch(r: Repo, to: string): Promise<Said> {
  const isAhead = r.git('rev-list', '-1', to, '^origin/develop') !== '';
  return ci(r, to, isAhead ? undefined : to);
}

/** Path to git's letter for what happened to it. */
function pathsOf(r: Repo, range: string): Map<string, string> {
  const words = r.git('diff', '--no-renames', '--no-ext-diff', '-z', '--name-status', range).split('\0');
  const paths = new Map<string, string>();
  for (let i = 0; i + 1 < words.length; i += 2) paths.set(words[i + 1] ?? '', words[i] ?? '');
  return paths;
}

function differences(hook: Stage, touched: Map<string, string>, ofHook: Finding[], ofCi: Finding[]): string[] {
  const rules = Object.values(ruleIndex).map(({ rule }) => rule);
  const atBoth = rules.filter(({ stages }) => stages.includes(hook) && stages.includes('ci')).map(({ id }) => id);
  const here = new Set(ofHook.map(essence));
  const there = new Set(ofCi.filter((one) => atBoth.includes(one.rule) && isBrought(one, touched)).map(essence));
  return [
    ...[...here].filter((one) => !there.has(one)).map((one) => `only the hook: ${one}`),
    ...[...there].filter((one) => !here.has(one)).map((one) => `only CI: ${one}`),
  ];
}

/** Time alone stops no commit: of the age of the archive and the end of waivers a hook tells what the change brings. */
function isBrought({ rule, file, data }: Finding, touched: Map<string, string>): boolean {
  if ('waiver' in data) return touched.has(file);
  if (rule !== 'archive-age') return true;
  return [...touched].some(([path, letter]) => letter === 'A' && (path === file || path.startsWith(`${file}/`)));
}

/** All but which commit brought it. */
function essence({ commit, hint, ...rest }: Finding): string {
  return JSON.stringify({ ...rest, hint: hint.replace(/ \(brought by .*/, '') });
}
