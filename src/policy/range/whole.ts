import type { Change, Git, Oid } from '../../ports.js';
import type { Subject } from '../subject.js';

/** The whole tree of a commit: every path counts as brought by it. */
export function whole(git: Git, commit: Oid, stage: 'all' | 'release' = 'all'): Subject {
  const tree = git.tree(commit);
  // All of it is asked for sooner or later, and what is asked for later is answered from it.
  tree.paths().catch(() => {});
  const everything = async (): Promise<Change[]> => {
    const entries = await tree.list('');
    return entries.map((entry) => ({ ...entry, status: 'A', before: null, commit: null }));
  };
  return {
    stage,
    name: `commit ${commit.slice(0, 7)}`,
    tree,
    head: commit,
    base: null,
    tip: async () => null,
    whole: true,
    changes: everything,
    history: everything,
  };
}
