import { isFailure } from '../errors.js';
import type { Demands, PolicyOf } from '../policy/judge-both.js';
import { named } from '../policy/range/commits.js';
import { forkPoints } from '../policy/range/fork-points.js';
import { ruleIndex } from '../policy/rules.gen.js';
import type { Subject } from '../policy/subject.js';
import type { Env, Oid } from '../ports.js';
import { configIn, type LoadedConfig } from './load.js';
import { policyOf } from './policy-of.js';

interface Task {
  subject: Subject;
  config: LoadedConfig;
}

/** All the policies that hold for each task: its own, that of `--base`, and the one its change began with. */
export async function openDemands(
  env: Env,
  given: { base?: string; config?: string },
  tasks: readonly Task[],
): Promise<(task: Task) => Promise<Demands>> {
  const { git } = env;
  const commit = given.base === undefined ? null : await named(git, given.base, '--base');
  const base = commit === null ? null : await configIn(env, git.tree(commit), given.base);
  const heads = tasks.flatMap(({ subject }) => (isChange(subject) && subject.head !== null ? [subject.head] : []));
  const forks = commit === null ? null : await forkPoints(git, commit, heads);

  /** A base that went on meanwhile demands more than the change could know of; what it took away shows where it began. */
  function beginning(subject: Subject): Oid | null {
    if (!isChange(subject)) return null;
    // What is written on disk replaces every tree's policy, so none of them can be weaker than another.
    if (commit === null) return given.config === undefined ? subject.base : null;
    return forks?.get(subject.head ?? '') ?? commit;
  }

  return async ({ subject, config }) => {
    const notices: string[] = [];
    const own = await policyOf(env, config, subject);
    if (commit !== null && base === null) notices.push(`${given.base} has no policy, so the judged one alone holds.`);
    const before = await policyAt(env, beginning(subject), notices);
    return {
      own: { ...own, notices: [...own.notices, ...notices] },
      base:
        commit === null || base === null
          ? null
          : { commit, policy: await policyOf(env, base, { ...subject, tree: git.tree(commit) }) },
      before,
    };
  };
}

/** Only a change can weaken a policy; a whole tree is what it is. */
function isChange({ stage }: Subject): boolean {
  return stage === 'ci' || stage === 'pre-push';
}

/** With the rules of this tool alone: only those of them are set by the policy that a change found. */
async function policyAt(env: Env, commit: Oid | null, notices: string[]): Promise<PolicyOf | null> {
  if (commit === null) return null;
  try {
    const config = await configIn(env, env.git.tree(commit));
    return config && { commit, policy: { ...config, kinds: ruleIndex } };
  } catch (error) {
    // The change that mends it must be able to land. One that asks for a newer tool is in order, and is asked for.
    if (!isFailure(error) || error.exit !== 2 || error.code === 'requires-newer') throw error;
    notices.push(
      `The policy of ${commit.slice(0, 7)}, where the change began, cannot be read, so whether it was weakened is not judged: ${error.message}`,
    );
    return null;
  }
}
