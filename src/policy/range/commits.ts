import { failure } from '../../errors.js';
import { once } from '../../layer/once.js';
import type { Git, Oid } from '../../ports.js';
import type { BaseTip } from '../base.js';
import type { Subject } from '../subject.js';
import { tell } from './tell.js';

export interface CommitRange {
  from: Oid | null;
  to: Oid;
}

/** The commits `from..to`: each for what stays in history, their difference for the rest. */
export function commits(git: Git, { from, to }: CommitRange, baseTip: () => Promise<BaseTip | null>): Subject {
  const range = { from, to, key: null };
  const begun = from === null ? [] : [from];
  return {
    stage: 'ci',
    name: `commit ${to.slice(0, 7)}`,
    tree: git.tree(to),
    head: to,
    base: from,
    begun,
    tip: once(async () => {
      const tip = await baseTip();
      return tip === null || tip.commit === from || (await git.isAncestor(to, tip.commit)) ? null : tip.commit;
    }),
    whole: false,
    tags: [],
    ...tell(git, [range], { commits: begun, remote: null })(range),
  };
}

export async function named(git: Git, rev: string, flag: string): Promise<Oid> {
  const commit = await git.commit(rev);
  if (commit === null && rev === 'HEAD') throw failure('no-commit', {});
  if (commit === null && /^\w[\w./@^~-]*$/.test(rev) && (await git.isShallow())) {
    throw failure('shallow', { need: `lead to ${rev} (${flag})` });
  }
  if (commit === null) throw failure('unknown-revision', { rev, flag });
  await refuseTwice(git, rev, flag);
  return commit;
}

/** git takes a tag before a branch, a remote's too; and to push a tag called `origin/main` is open to many. */
async function refuseTwice(git: Git, rev: string, flag: string): Promise<void> {
  const name = rev.replace(/[^\w./+-].*/, '');
  if (name === 'HEAD' || name.startsWith('refs/')) return;
  const tag = `refs/tags/${name}`;
  const branches = [`refs/heads/${name}`, `refs/remotes/${name}`, `refs/remotes/${name}/HEAD`];
  const [tagged, ...tips] = await Promise.all([tag, ...branches].map((one) => git.commit(one)));
  const at = tagged === null ? -1 : tips.findIndex((tip) => tip !== null && tip !== tagged);
  const branch = branches[at];
  if (branch !== undefined) throw failure('revision-twice', { rev, flag, tag, branch });
}

/** A range that a shallow clone cuts off would be judged as if its beginning were its end. */
export async function refuseShallow(git: Git, from: Oid, to: Oid): Promise<void> {
  if (!(await git.isShallow())) return;
  if ((await git.mergeBase(from, to)) === null) {
    throw failure('shallow', { need: `connect ${from.slice(0, 7)} and ${to.slice(0, 7)}` });
  }
}
