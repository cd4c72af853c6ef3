import type { Git, Oid, Tree } from '../../ports.js';
import { baseTip } from '../base.js';
import { baselineFile } from '../baseline.js';
import { several } from '../judge.js';
import type { Policy } from '../policy.js';
import type { Subject, TagMove } from '../subject.js';
import { type Against, pushBases } from './push-bases.js';
import type { PushedRef } from './pushed-refs.js';
import type { StartOf } from './start.js';
import { tell } from './tell.js';

/** What the ranges need to know of a policy. */
type Judging = Pick<Policy, 'declarations'>;

/** A commit that is pushed, under one name or several. */
interface Pushed<Config extends Judging> extends Against {
  refs: PushedRef[];
  config: Config;
}

/** What is to be judged, each by the policy of its own tree, and what a reader should know of what is not. */
export interface Tasks<Config extends Judging> {
  tasks: { subject: Subject; config: Config }[];
  notices: string[];
}

/**
 * One subject a pushed commit: every commit that the remote does not have yet, and the difference from the base branch
 * to this one. Deleted refs bring nothing. HEAD, index and work tree play no part. How many git processes this takes
 * does not depend on how many refs there are.
 */
export async function prePush<Config extends Judging>(
  git: Git,
  refs: readonly PushedRef[],
  remoteName: string | null,
  configOf: (tree: Tree) => Promise<Config>,
  startOf: StartOf,
): Promise<Tasks<Config>> {
  const commits = await commitsOf(git, refs);
  const byCommit = new Map<Oid, PushedRef[]>();
  const notices: string[] = [];
  for (const ref of refs) {
    const to = commits(ref.local);
    if (to !== null) byCommit.set(to, [...(byCommit.get(to) ?? []), ref]);
    else if (ref.local !== null)
      notices.push(`${ref.localRef} leads to no commit, so there is nothing to judge in it.`);
  }
  const pushed = await Promise.all(
    [...byCommit].map(async ([to, named]): Promise<Pushed<Config>> => {
      const config = await configOf(git.tree(to));
      const { tip, notice } = await startOf(config.declarations.baseBranch);
      if (notice !== null && !notices.includes(notice)) notices.push(notice);
      const before = named.map((ref) => commits(ref.remote)).find((commit) => commit !== null);
      return { to, refs: named, config, tip, before: before ?? null };
    }),
  );
  const bases = await pushBases(git, pushed);
  const key = judgedAlike();
  const ranges = await Promise.all(
    pushed.map(async (one) => ({ ...one, from: bases.get(one.to) ?? null, key: await key(git, one) })),
  );
  const remote = remoteName !== null && (await git.remotes()).includes(remoteName) ? remoteName : null;
  const told = tell(git, ranges, { commits: refs.flatMap((ref) => commits(ref.remote) ?? []), remote });
  const tasks = ranges.map((range) => {
    const { to, from, config, tip, refs: named } = range;
    const subject: Subject = {
      stage: 'pre-push',
      name: several(named.map(({ remoteRef }) => remoteRef)),
      tree: git.tree(to),
      head: to,
      base: from,
      begun: from === null ? [] : [from, ...(tip === null ? [] : [tip.commit])],
      tip: async () => (tip === null || from === to || [from, to].includes(tip.commit) ? null : tip.commit),
      whole: false,
      ...told(range),
      tags: tagMoves(named),
    };
    return { subject, config };
  });
  const loose = refs.filter((ref) => commits(ref.local) === null);
  return { tasks: [...tasks, ...(await looseTags(git, loose, configOf))], notices };
}

/** Tags that are taken away, or lead to no commit: by the policy of the base branch, which says what a release is. */
async function looseTags<Config extends Judging>(
  git: Git,
  refs: readonly PushedRef[],
  configOf: (tree: Tree) => Promise<Config>,
): Promise<Tasks<Config>['tasks']> {
  const tags = tagMoves(refs);
  const commit = tags.length === 0 ? null : ((await baseTip(git, null))?.commit ?? (await git.commit('HEAD')));
  if (commit === null) return [];
  const tree = git.tree(commit);
  const none = async () => [];
  const subject: Subject = {
    stage: 'pre-push',
    name: several(tags.map(({ name }) => `refs/tags/${name}`)),
    tree,
    head: commit,
    base: commit,
    begun: [commit],
    tip: async () => null,
    whole: false,
    changes: none,
    history: none,
    tags,
  };
  return [{ subject, config: await configOf(tree) }];
}

const tagFolder = 'refs/tags/';

function tagMoves(refs: readonly PushedRef[]): TagMove[] {
  return refs
    .filter(({ remoteRef }) => remoteRef.startsWith(tagFolder))
    .map(({ remoteRef, local, remote }) => ({
      name: remoteRef.slice(tagFolder.length),
      ...{ oid: local, was: remote, isGuess: false },
    }));
}

/** The commits that both ends of the refs lead to, where this clone has them. */
async function commitsOf(git: Git, refs: readonly PushedRef[]): Promise<(oid: Oid | null) => Oid | null> {
  const oids = new Set(refs.flatMap(({ local, remote }) => [local, remote]));
  const found = new Map(
    await Promise.all([...oids].map(async (oid) => [oid, oid === null ? null : await git.commit(oid)] as const)),
  );
  return (oid) => found.get(oid) ?? null;
}

/** One key for commits that are judged by one policy and one baseline, so that what they share needs to be judged once. */
function judgedAlike() {
  const policies = new Set<object>();
  return async <Config extends Judging>(
    git: Git,
    { to, config: { declarations } }: Pushed<Config>,
  ): Promise<string> => {
    const baseline = await git.tree(to).entry(baselineFile);
    policies.add(declarations);
    return `${[...policies].indexOf(declarations)} ${baseline?.oid}`;
  };
}
