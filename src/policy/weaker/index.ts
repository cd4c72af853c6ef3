import { blobUpTo } from '../../layer/blob.js';
import { policyFiles } from '../../layer/policy-files.js';
import type { Entry, Git, Tree } from '../../ports.js';
import type { Weakened } from '../../rule/facts.js';
import { baselineFile, readBaseline, tally } from '../baseline.js';
import type { Look } from '../subject.js';
import { weaker } from './declarations.js';
import { guardedFolders, guardedNames, pluginFiles, runsChecks } from './guarded.js';
import { ownerFiles, weakerOwners } from './owners.js';
import { lostUses } from './uses.js';
import { type Weakening, weakening } from './weakening.js';

export { isGuarded } from './guarded.js';

/** All that the judged tree demands less than `base`, whose policy this look is by. */
export async function weakened(look: Look, base: Tree): Promise<Weakened[]> {
  const { git, subject } = look;
  const head = subject.tree;
  const checks = await filesThatCheck(base);
  const found = await Promise.all([
    policyWeakened(look, head),
    baselineWeakened(git, base, head),
    pluginsWeakened(look, base, head),
    checksWeakened(git, checks, head),
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

async function checksWeakened(git: Git, checks: readonly Entry[], head: Tree): Promise<Weakened[]> {
  const now = await filesThatCheck(head);
  const files = await Promise.all(
    checks.map(async (entry) => {
      // A file that only moved runs as before.
      if (now.some(({ oid, path }) => oid === entry.oid && runsLike(path, entry.path))) return [];
      const after = now.find(({ path }) => path === entry.path);
      const losses = lostUses(await textOf(git, entry), after ? await textOf(git, after) : null);
      return losses.map((loss) => ({ ...loss, file: entry.path }));
    }),
  );
  return files.flat();
}

async function ownersWeakened({ git, policyFile, policy }: Look, base: Tree, head: Tree, checks: readonly Entry[]) {
  const [[before], [after]] = await Promise.all([present(base, ownerFiles), present(head, ownerFiles)]);
  if (before === undefined || (before.path === after?.path && before.oid === after.oid)) return [];
  const paths = [policyFile, baselineFile, before.path, ...pluginFiles(policy), ...checks.map(({ path }) => path)];
  const [was, is] = await Promise.all([textOf(git, before), after ? textOf(git, after) : '']);
  return placed(after?.path ?? before.path, weakerOwners(paths, was, is));
}

async function filesThatCheck(tree: Tree): Promise<Entry[]> {
  const folders = await Promise.all(guardedFolders.map((folder) => tree.list(folder)));
  return [...(await present(tree, guardedNames)), ...folders.flat().filter(({ path }) => runsChecks(path))];
}

/** `.github/workflows/a.yml` is run like `.github/workflows/b.yml`, and `.husky/pre-push` not like `.husky/pre-commit`. */
function runsLike(path: string, other: string): boolean {
  const folder = '.github/workflows/';
  return path === other || (path.startsWith(folder) && other.startsWith(folder));
}

async function present(tree: Tree, files: readonly string[]): Promise<Entry[]> {
  const entries = await Promise.all(files.map((file) => tree.entry(file)));
  return entries.filter((entry) => entry !== null).filter(({ mode }) => mode.startsWith('100'));
}

/** What is too long to be read has nothing in it that is understood. */
async function textOf(git: Git, { oid }: Entry): Promise<string> {
  return new TextDecoder().decode((await blobUpTo(git, oid, 1024 * 1024)) ?? new Uint8Array());
}

function placed(file: string, found: readonly Weakening[]): Weakened[] {
  return found.map((one) => ({ ...one, file, line: null }));
}
