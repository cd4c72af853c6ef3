/** All that is asked for, in one verdict. */

import { openDemands } from '../config/demands.js';
import { failure } from '../errors.js';
import { nearest } from '../layer/names.js';
import type { Finding } from '../policy/finding.js';
import { type JudgeOptions, merge } from '../policy/judge.js';
import { judgeBoth } from '../policy/judge-both.js';
import type { Policy } from '../policy/policy.js';
import { ruleIds } from '../policy/select.js';
import type { Verdict } from '../policy/verdict.js';
import type { Env, Tree } from '../ports.js';
import type { Trees } from '../report/frame.js';
import type { Stage } from '../rule/define.js';
import { type CheckFlags, refuseRangeAtHook } from './asked.js';
import { tasksOf } from './tasks.js';

/** A verdict, and where the lines stand that its findings name. */
export interface Looked {
  verdict: Verdict;
  trees: Trees;
}

export async function judgeAll(
  env: Env,
  given: CheckFlags,
  stage: Stage,
  args: string[],
  options: JudgeOptions,
): Promise<Looked> {
  refuseRangeAtHook(given, stage);
  const { tasks, notices } = await tasksOf(env, given, stage, args[0] ?? null);
  const demandsOn = await openDemands(env, given, tasks);
  const verdicts: Verdict[] = [];
  const policies: Policy[] = [];
  const trees = new Map<Finding, Tree>();
  for (const task of tasks) {
    const { subject } = task;
    const demands = await demandsOn(task);
    policies.push(...[demands.own, demands.base?.policy, demands.before?.policy].filter((one) => one !== undefined));
    const verdict = await judgeBoth(env.git, subject, demands, options, env.sha256);
    verdicts.push(verdict);
    for (const finding of verdict.findings) {
      const { line, commit } = finding;
      if (line !== null) trees.set(finding, commit === null ? subject.tree : env.git.tree(commit));
    }
  }
  refuseUnknownRules(options.only, policies);
  const verdict = merge(verdicts) ?? nothingToJudge(stage);
  verdict.notices.push(...notices);
  return { verdict, trees };
}

function refuseUnknownRules(only: readonly string[], policies: Policy[]): void {
  const known = policies.flatMap(ruleIds);
  for (const name of policies.length === 0 ? [] : only) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    throw failure('unknown-rule', { name, nearest: near === null ? '' : ` Did you mean '${near}'?` });
  }
}

function nothingToJudge(stage: string): Verdict {
  return {
    ok: true,
    stage: stage as Verdict['stage'],
    head: null,
    base: null,
    judged: 'nothing: no commit is pushed',
    counts: { error: 0, warning: 0 },
    findings: [],
    waived: [],
    broken: [],
    notices: [],
    rules: {},
    ran: 0,
  };
}
