import type { LoadedConfig } from '../config/load.js';
import { judge } from '../policy/judge.js';
import { whole } from '../policy/range/whole.js';
import type { Verdict } from '../policy/verdict.js';
import type { Env, Oid } from '../ports.js';

/** The policy's word on a commit to be released: its whole tree, nothing skipped. */
export function gate(
  { git, sha256, now }: Pick<Env, 'git' | 'sha256' | 'now'>,
  config: LoadedConfig,
  commit: Oid,
): Promise<Verdict> {
  const today = new Date(now()).toISOString().slice(0, 10);
  const options = { today, only: [], skipped: [], paths: [], maxWarnings: null, ignoreBaseline: false };
  return judge(git, whole(git, commit, 'release'), config, options, sha256);
}
