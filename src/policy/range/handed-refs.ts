import type { Git } from '../../ports.js';
import { type PushedRef, parsePushedRefs } from './pushed-refs.js';

type Vars = Record<string, string | undefined>;

/** What is pushed, and to which remote. */
export interface Handed {
  refs: PushedRef[];
  remote: string | null;
}

/**
 * As git hands it to a hook: lines on standard input, the remote's name as an argument. The pre-commit framework keeps
 * both to itself and tells, in variables, of the first ref of the push; what it says the remote has is not what the remote
 * has, so that is found out anew.
 */
export async function handedRefs(
  git: Pick<Git, 'object'>,
  stdin: string,
  remote: string | null,
  vars: Vars,
): Promise<Handed> {
  const refs = parsePushedRefs(stdin);
  const { PRE_COMMIT_LOCAL_BRANCH: localRef, PRE_COMMIT_REMOTE_BRANCH: remoteRef } = vars;
  if (refs.length > 0 || vars.PRE_COMMIT !== '1' || !localRef || !remoteRef) return { refs, remote };
  const tip = vars.PRE_COMMIT_TO_REF?.match(/^[0-9a-f]{40,64}$/)?.[0];
  const local = tip ?? (await git.object(localRef))?.oid ?? null;
  return { refs: [{ localRef, local, remoteRef, remote: null }], remote: vars.PRE_COMMIT_REMOTE_NAME ?? remote };
}
