import type { LoadedConfig } from '../config/load.js';
import { policyOf } from '../config/policy-of.js';
import { judge } from '../policy/judge.js';
import { whole } from '../policy/range/whole.js';
import type { Verdict } from '../policy/verdict.js';
import type { Env, Oid } from '../ports.js';

/** The policy's word on a commit to be released: its whole tree, nothing skipped. `only`: the rules to ask, or all. */
export async function gate(
  env: Env,
  config: LoadedConfig,
  commit: Oid,
  only: readonly string[] = [],
): Promise<Verdict> {
  const { git, sha256 } = env;
  const today = new Date(env.now()).toISOString().slice(0, 10);
  const options = { today, only, skipped: [], paths: [], maxWarnings: null, ignoreBaseline: false };
  const subject = whole(git, commit, 'release');
  return judge(git, subject, await policyOf(env, config, subject), options, sha256);
}
