/** What a stage judges, each with the policy of its tree. */

import { ciSays } from '../config/ci-says.js';
import { type LoadedConfig, loadConfig } from '../config/load.js';
import { startOf } from '../config/start-of.js';
import { once } from '../layer/once.js';
import { ci } from '../policy/range/ci.js';
import { named } from '../policy/range/commits.js';
import { handedRefs } from '../policy/range/handed-refs.js';
import { preCommit } from '../policy/range/pre-commit.js';
import { prePush, type Tasks } from '../policy/range/pre-push.js';
import { whole, wholeIndex } from '../policy/range/whole.js';
import type { Env, Tree } from '../ports.js';
import type { CheckFlags } from './asked.js';

export async function tasksOf(
  env: Env,
  given: CheckFlags,
  stage: string,
  remote: string | null,
): Promise<Tasks<LoadedConfig>> {
  const { git } = env;
  const configOf = (tree: Tree) => loadConfig(env, given, tree);
  if (stage === 'pre-commit') {
    const config = await configOf(git.index());
    const subject = await preCommit(git, config.declarations.baseBranch);
    return { tasks: [{ subject, config }], notices: [] };
  }
  if (given.fix) return { tasks: [{ subject: wholeIndex(git), config: await configOf(git.index()) }], notices: [] };
  if (stage === 'pre-push') {
    const handed = await handedRefs(git, await env.stdin(), remote, env.vars);
    return prePush(git, handed.refs, handed.remote, configOf, startOf(env));
  }
  const to = await named(git, given.to ?? 'HEAD', '--to');
  const config = await configOf(git.tree(to));
  if (stage !== 'ci' && given.from === undefined) {
    const subject = whole(git, to, stage === 'release' ? 'release' : 'all');
    return { tasks: [{ subject, config }], notices: [] };
  }
  const { subject, notices } = await ci(git, {
    from: given.from,
    to: given.to,
    baseBranch: config.declarations.baseBranch,
    start: once(() => startOf(env)(config.declarations.baseBranch)),
    ...(given.from === undefined && given.to === undefined ? await ciSays(env) : { announced: null, tag: null }),
  });
  if (stage !== 'ci') notices.push(`--from asks for a range, so stage ci is judged instead of ${stage}.`);
  return { tasks: [{ subject, config }], notices };
}
