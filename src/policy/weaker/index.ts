import { policyFiles } from '../../layer/policy-files.js';
import type { Git, Tree } from '../../ports.js';
import type { Weakened } from '../../rule/facts.js';
import { baselineFile, readBaseline, tally } from '../baseline.js';
import type { Look } from '../subject.js';
import { filesThatRun, present, textOf } from './checks/files.js';
import { type Files, lostChecks } from './checks/index.js';
import { weaker } from './declarations.js';
import { pluginFiles, runsChecks } from './guarded.js';
import { ownerFiles, weakerOwners } from './owners.js';
import { type Weakening, weakening } from './weakening.js';

/** All that the judged tree demands less than `base`, whose policy this look is by. */
export async function weakened(look: Look, base: Tree): Promise<Weakened[]> {
  const { git, subject } = look;
  const head = subject.tree;
  const [checks, checksNow] = await Promise.all([filesThatRun(git, base), filesThatRun(git, head)]);
  const found = await Promise.all([
    policyWeakened(look, head),
    baselineWeakened(git, base, head),
    pluginsWeakened(look, base, head),
    lostChecks(checks, checksNow),
    ownersWeakened(look, base, head, checks),
  ]);
  return found.flat();
}

async function policyWeakened({ policy, policyFile, policyAt }: Look, head: Tree): Promise<Weakened[]> {
  const [file] = await present(head, policyFiles);
  if (file === undefined) return placed(policyFile, [weakening('the policy', policyFile, undefined, 'gone')]);
  return placed(file.path, weaker(policy, await policyAt(head)));
}

async function baselineWeakened(git: Git, base: Tree, head: Tree): Promise<Weakened[]> {
  const [before, after] = await Promise.all([base.entry(baselineFile), head.entry(baselineFile)]);
  if (after === null || before?.oid === after.oid) return [];
  const [was, is] = await Promise.all([readBaseline(git, base), readBaseline(git, head)]);
  const known = tally(was);
  const more = is.filter((one) => !known.take(one));
  if (more.length === 0) return [];
  const rules = [...new Set(more.map(({ rule }) => rule))].join(', ');
  const counted = `${is.length}, ${more.length} of them new (${rules})`;
  return placed(baselineFile, [weakening('findings that the baseline lets pass', `${was.length}`, counted)]);
}

async function pluginsWeakened({ policy }: Look, base: Tree, head: Tree): Promise<Weakened[]> {
  const files = await Promise.all(
    pluginFiles(policy).map(async (file) => {
      const [before, after] = await Promise.all([base.entry(file), head.entry(file)]);
      if (before === null || before.oid === after?.oid) return [];
      const [was, is] = [before, after].map((entry) => entry?.oid.slice(0, 7));
      return placed(file, [weakening(`the plugin ./${file}`, was, is, 'unclear')]);
    }),
  );
  return files.flat();
}

async function ownersWeakened({ git, policyFile, policy }: Look, base: Tree, head: Tree, checks: Files) {
  const [[before], [after]] = await Promise.all([present(base, ownerFiles), present(head, ownerFiles)]);
  if (before === undefined || (before.path === after?.path && before.oid === after.oid)) return [];
  const paths = [
    policyFile,
    baselineFile,
    before.path,
    ...pluginFiles(policy),
    ...[...checks.keys()].filter(runsChecks),
  ];
  const [was, is] = await Promise.all([textOf(git, before), after ? textOf(git, after) : '']);
  return placed(after?.path ?? before.path, weakerOwners(paths, was, is));
}

function placed(file: string, found: readonly Weakening[]): Weakened[] {
  return found.map((one) => ({ ...one, file, line: null }));
}
