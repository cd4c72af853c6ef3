import { failure } from '../../errors.js';
import { once } from '../../layer/once.js';
import { shellWord } from '../../layer/shell.js';
import type { Git, Oid } from '../../ports.js';
import { baseTip } from '../base.js';
import type { Subject } from '../subject.js';
import type { CiBase } from './ci-base.js';
import { type CiTag, ciTags } from './ci-tag.js';
import { commits, named, refuseShallow } from './commits.js';
import type { Start } from './start.js';
import { whole } from './whole.js';

export interface CiOptions {
  from: string | undefined;
  to: string | undefined;
  /** As the judged policy names it. */
  baseBranch: string | null;
  /** What that comes to. */
  start: () => Promise<Start>;
  /** What the CI system says; null where none is known. */
  announced: CiBase | null;
  tag: CiTag | null;
}

/** A range of CI; `from` is null where the whole tree is judged. */
interface Found {
  from: Oid | null;
  notices: string[];
  /** By the command line or the CI system, and not by what the policies say. */
  isGiven?: true;
  /** The tip of the branch that the change will be part of. */
  target?: Oid;
}

/**
 * What CI judges: `--from`/`--to`, else from where the CI system says, else from the merge base with the base branch to
 * HEAD, else the whole tree, and then a notice says so. What a branch was before a push is not where it began: the push
 * before may have been refused. It counts on the base branch itself, of which nobody here knows what was.
 */
export async function ci(git: Git, options: CiOptions): Promise<{ subject: Subject; notices: string[] }> {
  const to = await named(git, options.to ?? 'HEAD', '--to');
  const { from, notices, isGiven = false, target } = await rangeOf(git, options, to);
  // Who says where a change begins need not know which branch is the protected one.
  const tip = async () => (isGiven ? baseTip(git, options.baseBranch) : (await options.start()).tip);
  const subject = from === null ? whole(git, to) : commits(git, { from, to }, tip);
  const begun = [from, target].filter((one) => from !== null && one != null) as Oid[];
  return { subject: { ...subject, begun, stage: 'ci', tags: await ciTags(git, options.tag, to) }, notices };
}

async function rangeOf(git: Git, { from, start, announced }: CiOptions, to: Oid): Promise<Found> {
  if (from !== undefined) {
    const commit = await named(git, from, '--from');
    await refuseShallow(git, commit, to);
    return { from: commit, notices: [], isGiven: true };
  }
  const ahead = once(() => branchRange(git, start, to));
  if (announced?.isPush && (await ahead()).from !== null) return ahead();
  const said = announced && (await announcedRange(git, announced, to));
  if (said?.from) {
    const unknown = announced?.isPush && (await ahead()).unknown;
    const notice = `Judged from what was there before this push: ${unknown}. What an earlier push brought is not judged.`;
    return { ...said, notices: unknown ? [notice] : [], isGiven: true };
  }
  const { unknown, notices, ...range } = await ahead();
  return { ...range, notices: [...(said?.notices ?? []), ...notices] };
}

/** What is ahead of the base branch; of none, or of one that shares no history, it is not known. */
async function branchRange(git: Git, start: CiOptions['start'], to: Oid): Promise<Found & { unknown?: string }> {
  const { tip, notice } = await start();
  const notices = notice === null ? [] : [notice];
  // Where history is cut off, that no base branch is found says nothing of there being none.
  if (tip === null && (await git.isShallow())) throw failure('shallow', { need: 'lead to the base branch' });
  const base = tip && (await git.mergeBase(tip.commit, to));
  if (tip !== null && base === null) await refuseShallow(git, tip.commit, to);
  if (tip !== null && base !== null && base !== to) return { from: base, notices, target: tip.commit };
  const whole = (why: string) => [...notices, `The whole tree is judged: ${why}.`];
  if (tip !== null && base === to) return { from: null, notices: whole(`nothing is ahead of ${tip.name}`) };
  const unknown = tip === null ? 'there is no base branch here' : `no history is shared with ${tip.name}`;
  return { from: null, notices: whole(unknown), unknown };
}

async function announcedRange(git: Git, { system, merge, commit, branch, isPush }: CiBase, to: Oid): Promise<Found> {
  const cut = (name: string) => failure('shallow', { need: `lead back to ${name}, from where ${system} counts,` });
  // Who checks out another commit than the merge is compared with the target's branch.
  if (merge === to) {
    const [target, ...merged] = (await git.commitInfo(to)).parents;
    if (target !== undefined && merged.length > 0) {
      if ((await git.commit(target)) === null) throw cut(target.slice(0, 12));
      return { from: target, notices: [] };
    }
  }
  const found = (commit && (await git.commit(commit))) || null;
  // The beginning of an object name may be the name of a tag as well, and that comes first.
  if (commit && found !== null && !found.startsWith(commit)) {
    const problem = `${system} counts from commit ${commit}, and a tag or branch here has that very name: take it away`;
    throw failure('no-base', { problem });
  }
  const start = found || (branch && (await fetched(git, branch))) || null;
  if (start !== null) {
    await refuseShallow(git, start, to);
    // A force push leaves the commit before it beside the judged history, not in it.
    const from = await git.mergeBase(start, to);
    return { from: from === to ? null : from, notices: [], ...(!isPush && { target: start }) };
  }
  if (await git.isShallow()) throw cut(commit?.slice(0, 12) ?? branch ?? 'the target');
  if (commit !== undefined) {
    return { from: null, notices: [`${system} counts from ${commit.slice(0, 12)}, which is gone (a force push).`] };
  }
  const refspec = shellWord(`+refs/heads/${branch}:refs/remotes/origin/${branch}`);
  throw failure('no-base', {
    problem: `${system} says the target is ${branch}, which is not fetched. Run: git fetch origin ${refspec}`,
  });
}

/** The target as a remote has it; a branch of this clone may be anybody's. */
async function fetched(git: Git, branch: string): Promise<Oid | null> {
  for (const remote of await git.remotes()) {
    const commit = await git.commit(`refs/remotes/${remote}/${branch}`);
    if (commit !== null) return commit;
  }
  return null;
}
