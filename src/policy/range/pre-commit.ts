import type { Git } from '../../ports.js';
import { baseTip } from '../base.js';
import type { Subject } from '../subject.js';

/** The index git is committing. What a `git add` left out of this commit is not seen, and neither is the work tree. */
export async function preCommit(git: Git, baseBranch: string | null): Promise<Subject> {
  const changes = () => git.staged();
  return {
    stage: 'pre-commit',
    name: 'the index',
    tree: git.index(),
    head: null,
    base: await baseOf(git, baseBranch),
    whole: false,
    changes,
    history: changes,
  };
}

async function baseOf(git: Git, baseBranch: string | null) {
  const head = await git.commit('HEAD');
  if (head === null) return null;
  const tip = await baseTip(git, baseBranch);
  if (tip === null || tip.commit === head) return head;
  // A merge of the base branch begins at that branch's tip, as it will for CI once it is committed.
  return (await git.mergeBase(tip.commit, head, ...(await git.merging()))) ?? head;
}
