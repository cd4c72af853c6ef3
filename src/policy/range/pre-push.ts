import { failure } from '../../errors.js';
import type { Git, Oid } from '../../ports.js';
import { baseTip } from '../base.js';
import type { Subject } from '../subject.js';
import { commits, once, refuseShallow } from './commits.js';

export interface PushedRef {
  localRef: string;
  local: Oid;
  remoteRef: string;
  remote: Oid;
}

const zero = /^0+$/;

/**
 * `<local ref> <local oid> <remote ref> <remote oid>` a line. The local ref may hold blanks (`main@{1 day ago}`), so
 * fields are counted from the right. A name may hold any other blank of Unicode, so only the ASCII one parts fields.
 */
export function parsePushedRefs(stdin: string): PushedRef[] {
  const lines = stdin.split('\n').map((line) => line.replace(/\r$/, ''));
  return lines.filter((line) => line !== '').map(parsePushedRef);
}

function parsePushedRef(line: string): PushedRef {
  const [, localRef, local, remoteRef, remote] = /^(.*) ([0-9a-f]{40,64}) ([^ ]+) ([0-9a-f]{40,64})$/s.exec(line) ?? [];
  if (localRef === undefined || local === undefined || remoteRef === undefined || remote === undefined) {
    throw failure('usage', { problem: `A line of the pushed refs cannot be read: ${line}`, command: 'check' });
  }
  return { localRef, local, remoteRef, remote };
}

/**
 * One subject a pushed ref: every commit that the remote does not have yet, and the difference from the base branch to
 * the ref's tip. Deleted refs bring nothing. HEAD, index and work tree play no part.
 */
export async function prePush(
  git: Git,
  refs: PushedRef[],
  remoteName: string | null,
  baseBranch: string | null,
): Promise<{ subjects: Subject[]; notices: string[] }> {
  const subjects: Subject[] = [];
  const notices: string[] = [];
  const remotes = remoteName === null ? [] : await git.remotes();
  const known = remoteName !== null && remotes.includes(remoteName) ? remoteName : null;
  const atRemote: Oid[] = [];
  for (const { remote } of refs) {
    if (!zero.test(remote) && (await git.commit(remote)) !== null) atRemote.push(remote);
  }
  const tip = await baseTip(git, baseBranch);
  for (const { localRef, local, remoteRef, remote } of refs) {
    if (zero.test(local)) continue;
    const to = await git.commit(local);
    if (to === null) {
      notices.push(`${localRef} leads to no commit, so there is nothing to judge in it.`);
      continue;
    }
    const before = zero.test(remote) ? null : await git.commit(remote);
    // A base branch of this clone alone may be the very thing that is pushed.
    const against = tip?.local && tip.commit === to ? before : (tip?.commit ?? before);
    const from = against === null ? null : await git.mergeBase(against, to);
    if (against !== null && from === null) await refuseShallow(git, against, to);
    subjects.push({
      ...commits(git, 'pre-push', { from, to }),
      name: remoteRef,
      history: once(() => git.history([to], atRemote, known)),
    });
  }
  return { subjects, notices };
}
