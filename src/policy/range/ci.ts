import { failure } from '../../errors.js';
import type { Git, Oid } from '../../ports.js';
import { baseTip } from '../base.js';
import type { Subject } from '../subject.js';
import type { CiBase } from './ci-base.js';
import { commits, named, refuseShallow } from './commits.js';
import { whole } from './whole.js';

export interface CiOptions {
  from: string | undefined;
  to: string | undefined;
  baseBranch: string | null;
  /** What the CI system says; null where none is known. */
  announced: CiBase | null;
}

/**
 * What CI judges: `--from`/`--to`, else from where the CI system says, else from the merge base with the base branch to
 * HEAD, else the whole tree, and then a notice says so.
 */
export async function ci(git: Git, options: CiOptions): Promise<{ subject: Subject; notices: string[] }> {
  const to = await named(git, options.to ?? 'HEAD', '--to');
  const range = (from: Oid, notices: string[] = []) => ({
    subject: commits(git, 'ci', { from, to }, options.baseBranch),
    notices,
  });
  if (options.from !== undefined) {
    const from = await named(git, options.from, '--from');
    await refuseShallow(git, from, to);
    return range(from);
  }
  const announced = options.announced && (await announcedBase(git, options.announced, to));
  if (announced?.from) return range(announced.from, announced.notices);

  const notices = announced?.notices ?? [];
  const tip = await baseTip(git, options.baseBranch);
  // Where history is cut off, that no base branch is found says nothing of there being none.
  if (tip === null && (await git.isShallow())) throw failure('shallow', { need: 'lead to the base branch' });
  const base = tip && (await git.mergeBase(tip.commit, to));
  if (tip !== null && base === null) await refuseShallow(git, tip.commit, to);
  if (base !== null && base !== to) return range(base, notices);
  const why =
    tip === null
      ? 'there is no base branch here'
      : base === null
        ? `no history is shared with ${tip.name}`
        : `nothing is ahead of ${tip.name}`;
  return { subject: { ...whole(git, to), stage: 'ci' }, notices: [...notices, `The whole tree is judged: ${why}.`] };
}

async function announcedBase(git: Git, base: CiBase, to: Oid): Promise<{ from: Oid | null; notices: string[] }> {
  const name = 'commit' in base ? base.commit : `refs/remotes/origin/${base.branch}`;
  const commit = await git.commit(name);
  if (commit !== null) {
    await refuseShallow(git, commit, to);
    // A force push leaves `before` beside the judged history, not in it.
    const from = await git.mergeBase(commit, to);
    return { from: from === to ? null : from, notices: [] };
  }
  if (await git.isShallow())
    throw failure('shallow', { need: `lead back to ${name}, from where ${base.system} counts,` });
  if ('branch' in base) {
    const problem = `${base.system} says the target is ${base.branch}, which is not fetched. Run: git fetch origin ${base.branch}`;
    throw failure('no-base', { problem });
  }
  return { from: null, notices: [`${base.system} counts from ${name.slice(0, 12)}, which is gone (a force push).`] };
}
