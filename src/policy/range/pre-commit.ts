import type { Git } from '../../ports.js';
import { baseTip } from '../base.js';
import type { Subject } from '../subject.js';

/** The index git is committing. What a `git add` left out of this commit is not seen, and neither is the work tree. */
export async function preCommit(git: Git, baseBranch: string | null): Promise<Subject> {
  const changes = () => git.staged();
  const [head, tip] = await Promise.all([git.commit('HEAD'), baseTip(git, baseBranch)]);
  const isBehind = head !== null && tip !== null && tip.commit !== head;
  // A merge of the base branch begins at that branch's tip, as it will for CI once it is committed.
  const base = isBehind ? ((await git.mergeBase(tip.commit, head, ...(await git.merging()))) ?? head) : head;
  return {
    stage: 'pre-commit',
    name: 'the index',
    tree: git.index(),
    head: null,
    base,
    begun: [],
    // The index is no commit yet, so it is part of nothing.
    tip: async () => (tip === null || tip.commit === base ? null : tip.commit),
    whole: false,
    changes,
    history: changes,
    tags: [],
  };
}
