import { failure } from '../../errors.js';
import type { Git, Oid } from '../../ports.js';
import type { Stage } from '../../rule/define.js';
import { baseTip } from '../base.js';
import type { Subject } from '../subject.js';
import { whole } from './whole.js';

export interface CommitRange {
  from: Oid | null;
  to: Oid;
}

/** The commits `from..to`: each for what stays in history, their difference for the rest. */
export function commits(git: Git, stage: Stage, { from, to }: CommitRange): Subject {
  return {
    stage,
    name: `commit ${to.slice(0, 7)}`,
    tree: git.tree(to),
    head: to,
    base: from,
    whole: false,
    changes: once(() => git.diff(from, to)),
    history: once(() => git.history([to], from === null ? [] : [from])),
  };
}

export interface CiOptions {
  from: string | undefined;
  to: string | undefined;
  baseBranch: string | null;
}

/**
 * What CI judges: `--from`/`--to`, else from the merge base with the base branch to HEAD, else the whole tree, and then
 * a notice says so.
 */
export async function ci(git: Git, options: CiOptions): Promise<{ subject: Subject; notices: string[] }> {
  const to = await named(git, options.to ?? 'HEAD', '--to');
  if (options.from !== undefined) {
    const from = await named(git, options.from, '--from');
    await refuseShallow(git, from, to);
    return { subject: commits(git, 'ci', { from, to }), notices: [] };
  }
  const tip = await baseTip(git, options.baseBranch);
  const base = tip && (await git.mergeBase(tip.commit, to));
  if (tip !== null && base === null) await refuseShallow(git, tip.commit, to);
  if (tip === null || base === null || base === to) {
    const why =
      tip === null
        ? 'there is no base branch here'
        : base === null
          ? `no history is shared with ${tip.name}`
          : `nothing is ahead of ${tip.name}`;
    return { subject: { ...whole(git, to), stage: 'ci' }, notices: [`The whole tree is judged: ${why}.`] };
  }
  return { subject: commits(git, 'ci', { from: base, to }), notices: [] };
}

export async function named(git: Git, rev: string, flag: string): Promise<Oid> {
  const commit = await git.commit(rev);
  if (commit === null) throw failure('unknown-revision', { rev, flag });
  return commit;
}

/** A range that a shallow clone cuts off would be judged as if its beginning were its end. */
export async function refuseShallow(git: Git, from: Oid, to: Oid): Promise<void> {
  if (!(await git.isShallow())) return;
  if ((await git.mergeBase(from, to)) === null) {
    throw failure('shallow', { need: `connect ${from.slice(0, 7)} and ${to.slice(0, 7)}` });
  }
}

export function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
