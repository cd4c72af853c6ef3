import { failure } from '../../errors.js';
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
 * HEAD, else the whole tree, and then a notice says so.
 */
export async function ci(git: Git, options: CiOptions): Promise<{ subject: Subject; notices: string[] }> {
  const to = await named(git, options.to ?? 'HEAD', '--to');
  const { from, notices, isGiven = false, target } = await rangeOf(git, options, to);
  // Who says where a change begins need not know which branch is the protected one.
  const tip = async () => (isGiven ? baseTip(git, options.baseBranch) : (await options.start()).tip);
  const subject = from === null ? whole(git, to) : commits(git, { from, to }, tip);
  const begun = from === null ? [] : await begunAt(git, options, { from, to, target });
  return { subject: { ...subject, begun, stage: 'ci', tags: await ciTags(git, options.tag, to) }, notices };
}

async function rangeOf(git: Git, { from, start, announced }: CiOptions, to: Oid): Promise<Found> {
  if (from !== undefined) {
    const commit = await named(git, from, '--from');
    await refuseShallow(git, commit, to);
    return { from: commit, notices: [], isGiven: true };
  }
  const said = announced && (await announcedRange(git, announced, to));
  if (said?.from) return { ...said, isGiven: true };

  const { tip, notice } = await start();
  const notices = [...(said?.notices ?? []), ...(notice === null ? [] : [notice])];
  // Where history is cut off, that no base branch is found says nothing of there being none.
  if (tip === null && (await git.isShallow())) throw failure('shallow', { need: 'lead to the base branch' });
  const base = tip && (await git.mergeBase(tip.commit, to));
  if (tip !== null && base === null) await refuseShallow(git, tip.commit, to);
  if (tip !== null && base !== null && base !== to) return { from: base, notices, target: tip.commit };
  const why =
    tip === null
      ? 'there is no base branch here'
      : base === null
        ? `no history is shared with ${tip.name}`
        : `nothing is ahead of ${tip.name}`;
  return { from: null, notices: [...notices, `The whole tree is judged: ${why}.`] };
}

/** What a branch was before a push is its own word: who pushed a weaker policy once would be compared with that. */
async function begunAt(
  git: Git,
  { announced, start, from: given }: CiOptions,
  { from, to, target }: { from: Oid; to: Oid; target: Oid | undefined },
): Promise<Oid[]> {
  if (given !== undefined || !announced?.isPush) return target === undefined ? [from] : [from, target];
  const { tip } = await start();
  const fork = tip && (await git.mergeBase(tip.commit, to));
  return tip === null || fork === null || fork === to ? [from] : [fork, tip.commit];
}

async function announcedRange(git: Git, { system, merge, commit, branch }: CiBase, to: Oid): Promise<Found> {
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
    return { from: from === to ? null : from, notices: [], target: start };
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
