import type { Change, Git, Oid, Tree } from '../../ports.js';
import type { Subject } from '../subject.js';

/** The whole tree of a commit: every path counts as brought by it. */
export function whole(git: Git, commit: Oid, stage: 'all' | 'release' = 'all'): Subject {
  return wholeTree(git.tree(commit), `commit ${commit.slice(0, 7)}`, stage);
}

/** The index as the tree it would commit, all of it. */
export function wholeIndex(git: Git): Subject {
  return wholeTree(git.index(), 'the index', 'all');
}

function wholeTree(tree: Tree, name: string, stage: 'all' | 'release'): Subject {
  // All of it is asked for sooner or later, and what is asked for later is answered from it.
  tree.paths().catch(() => {});
  const everything = async (): Promise<Change[]> => {
    const entries = await tree.list('');
    return entries.map((entry) => ({ ...entry, status: 'A', before: null, commit: null }));
  };
  return {
    stage,
    name,
    tree,
    head: tree.commit,
    base: null,
    begun: [],
    tip: async () => null,
    whole: true,
    changes: everything,
    history: everything,
    tags: [],
  };
}
