import pinnedRequirements from '../../../../rules/pinned-requirements.js';
import { failure, fill } from '../../../errors.js';
import { type Asked, pinOf } from '../../../layer/packages/asked.js';
import { lockPath } from '../../../layer/packages/lock-path.js';
import type { Requirements } from '../../../layer/requirements.js';
import { readRequirements } from '../../../layer/requirements-file.js';
import type { BuildRequest, Git } from '../../../ports.js';

type Named = Pick<BuildRequest, 'name' | 'source' | 'tip'>;

/** What the commit asks for; fails with `requirements-refused` on anything that names no exact package. */
export async function askedAt(git: Git, { name, source, tip }: Named): Promise<Asked> {
  const own = await fileAt(git, tip, source);
  if (own === null) throw failure('source-missing', { name, source, commit: tip.slice(0, 12) });
  refuseProblems(own, source);
  const file = lockPath(source);
  const lock = file === source ? null : await fileAt(git, tip, file);
  if (lock !== null) refuseProblems(lock, file);
  const exact = lock ?? own;
  const [isLocked, where] = lock === null ? [false, source] : [true, file];
  refuseOpen(exact, where, name, isLocked);
  return { file: where, roots: own.requirements, pins: exact.requirements.map(pinOf), isLocked };
}

async function fileAt(git: Git, tip: string, path: string): Promise<Requirements | null> {
  const entry = await git.tree(tip).entry(path);
  if (entry === null) return null;
  if (!entry.mode.startsWith('100')) {
    throw refused(path, 'it is a link or a submodule, not a file', 'Commit the file itself.');
  }
  return readRequirements(git, entry);
}

/** In the words of the rule, which says the same at every commit. */
export function refuseProblems({ problems }: Requirements, file: string): void {
  const [first] = problems;
  if (first === undefined) return;
  const { message } = pinnedRequirements.messages[first.kind];
  const line = first.line === null ? '' : `:${first.line}`;
  const all = 'All that is wrong, and how to mend it: layer-policy check --rule pinned-requirements';
  throw refused(`${file}${line}`, fill(message, { what: first.what }), all);
}

function refuseOpen({ requirements, requireHashes }: Requirements, file: string, name: string, isLock: boolean): void {
  const lock = `layer-policy lock ${name}`;
  const open = requirements.find(({ version }) => version === null || version.includes('*'));
  if (open !== undefined) {
    const problem = `${open.name}${open.specifier} may be another version tomorrow`;
    throw refused(`${file}:${open.line}`, problem, `Write the one you tested, or have all written: ${lock}`);
  }
  const isHashed = isLock || requireHashes || requirements.some(({ hashes }) => hashes.length > 0);
  const bare = requirements.find(({ hashes }) => hashes.length === 0);
  if (isHashed && bare !== undefined) {
    throw refused(`${file}:${bare.line}`, `${bare.name} has no hash`, `Have all hashes written: ${lock}`);
  }
}

function refused(file: string, problem: string, fix: string) {
  return failure('requirements-refused', { file, problem, fix });
}
