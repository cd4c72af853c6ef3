import { loadConfig } from '../config/load.js';
import { policyOf } from '../config/policy-of.js';
import { isFailure } from '../errors.js';
import { isoDate } from '../layer/artefact.js';
import { judge } from '../policy/judge.js';
import { whole } from '../policy/range/whole.js';
import type { Env, Oid } from '../ports.js';
import type { Judged } from './overview.js';

/** Commits of the first line of history, evenly apart, oldest first; the last is `head`. */
export async function milestones(env: Env, head: Oid, most: number): Promise<Oid[]> {
  const parents = new Map((await env.git.log([head], [])).map(({ oid, parents }) => [oid, parents[0]]));
  const line: Oid[] = [];
  for (let at: Oid | undefined = head; at !== undefined && parents.has(at); at = parents.get(at)) line.push(at);
  const count = Math.min(most, line.length);
  const step = count > 1 ? (line.length - 1) / (count - 1) : 0;
  return Array.from({ length: count }, (_, at) => line[Math.round(at * step)] ?? head).reverse();
}

/** Each by its own policy and as of its own day, as it would have been judged then. */
export async function judgedAt(env: Env, flags: { config?: string }, commit: Oid): Promise<Judged> {
  const date = isoDate((await env.git.commitInfo(commit)).time);
  try {
    const subject = whole(env.git, commit);
    const policy = await policyOf(env, await loadConfig(env, flags, subject.tree), subject);
    const options = {
      ...{ today: date.slice(0, 10), only: [], skipped: [], paths: [] },
      ...{ maxWarnings: null, ignoreBaseline: true },
    };
    const { findings } = await judge(env.git, subject, policy, options, env.sha256);
    const counts: Record<string, number> = {};
    for (const { rule } of findings) counts[rule] = (counts[rule] ?? 0) + 1;
    return { commit, date, counts };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { commit, date, counts: null };
  }
}
