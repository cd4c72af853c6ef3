import { exitCodes, isFailure } from '../errors.js';
import type { Demands, PolicyOf } from '../policy/judge-both.js';
import { named } from '../policy/range/commits.js';
import { forkPoints } from '../policy/range/fork-points.js';
import { ruleIndex } from '../policy/rules.gen.js';
import type { Judged, Subject } from '../policy/subject.js';
import type { Env, Oid } from '../ports.js';
import { configIn, type LoadedConfig } from './load.js';
import { policyOf } from './policy-of.js';

interface Task {
  subject: Subject;
  config: LoadedConfig;
}

/** A commit and the policy of its tree. */
interface Held {
  commit: Oid;
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
  const base = commit === null ? null : await held(env, commit, given.base);
  const baseNamed = commit === null ? null : { commit, name: given.base ?? commit };
  const heads = tasks.flatMap(({ subject }) => (isChange(subject) && subject.head !== null ? [subject.head] : []));
  const forks = commit === null ? null : await forkPoints(git, commit, heads);

  /** A base that went on meanwhile demands more than the change could know of; what it took away shows where it began. */
  async function begunWith({ subject, config }: Task): Promise<Held | null> {
    if (!isChange(subject)) return null;
    if (commit !== null) return held(env, forks?.get(subject.head ?? '') ?? commit);
    // What is written on disk replaces every tree's policy, so none of them can be weaker than another.
    if (given.config !== undefined) return null;
    const [fork, ...later] = subject.begun;
    const found = fork === undefined ? null : await held(env, fork);
    // Made of a time before there was a policy, a change that brings one of its own is held to the one there is by now.
    const isOwn = config.tree?.commit === subject.head;
    const [tip] = found === null && isOwn ? later : [];
    return tip === undefined ? found : held(env, tip);
  }

  return async (task) => {
    const own = await policyOf(env, task.config, { ...task.subject, baseNamed });
    const notices = [...own.notices];
    if (commit !== null && base === null) notices.push(`${given.base} has no policy, so the judged one alone holds.`);
    const before = await begunWith(task).catch((error) => {
      // The change that mends it must be able to land. One that asks for a newer tool is in order, and is asked for.
      if (!isFailure(error) || error.exit !== exitCodes.usage || error.code === 'requires-newer') throw error;
      notices.push(`Whether the policy was weakened is not judged: the one before cannot be read. ${error.message}`);
      return null;
    });
    return {
      own: { ...own, notices },
      base: base && (await whole(env, base, { ...task.subject, baseNamed })),
      before: before && shipped(before),
    };
  };
}

/** Only a change can weaken a policy; a whole tree is what it is. */
function isChange({ stage }: Subject): boolean {
  return stage === 'ci' || stage === 'pre-push';
}

async function held(env: Env, commit: Oid, name = ''): Promise<Held | null> {
  const config = await configIn(env, env.git.tree(commit), name);
  return config && { commit, config };
}

async function whole(env: Env, { commit, config }: Held, subject: Judged): Promise<PolicyOf> {
  return { commit, policy: await policyOf(env, config, { ...subject, tree: env.git.tree(commit) }) };
}

/** Without plugins: the rules that a change may not set for itself are this tool's own. */
function shipped({ commit, config }: Held): PolicyOf {
  return { commit, policy: { ...config, kinds: ruleIndex } };
}
