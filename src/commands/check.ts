import { openDemands } from '../config/demands.js';
import { type LoadedConfig, loadConfig } from '../config/load.js';
import { exitCodes, failure, isFailure } from '../errors.js';
import { nearest } from '../layer/names.js';
import { once } from '../layer/once.js';
import { baselineFile } from '../policy/baseline.js';
import type { Finding } from '../policy/finding.js';
import { concerns, type JudgeOptions, merge } from '../policy/judge.js';
import { judgeBoth } from '../policy/judge-both.js';
import type { Policy } from '../policy/policy.js';
import { ci } from '../policy/range/ci.js';
import { named } from '../policy/range/commits.js';
import { handedRefs } from '../policy/range/handed-refs.js';
import { preCommit } from '../policy/range/pre-commit.js';
import { prePush, type Tasks } from '../policy/range/pre-push.js';
import { whole, wholeIndex } from '../policy/range/whole.js';
import { ruleIds } from '../policy/select.js';
import type { Verdict } from '../policy/verdict.js';
import type { Env, Tree } from '../ports.js';
import { answer } from '../report/answer.js';
import { formatNames } from '../report/format-names.js';
import type { Trees } from '../report/frame.js';
import { pathsFromRoot } from '../report/narrow.js';
import { type Stage, stages } from '../rule/define.js';
import { defineCommand, type Flags, type Outcome } from './command.js';

const flags = {
  stage: { type: 'string', values: stages, help: 'what to judge (default: ci with --from/--to or in CI, else all)' },
  from: { type: 'string', value: 'REV', help: 'judge the commits after REV' },
  to: { type: 'string', value: 'REV', help: 'up to REV (default HEAD)' },
  base: { type: 'string', value: 'REV', help: 'the policy of REV must hold as well as the judged one' },
  rule: { type: 'string', value: 'ID', multiple: true, help: 'run only this rule; may be given again' },
  format: { type: 'string', values: ['pretty', ...formatNames], help: 'how to report' },
  output: { type: 'string', value: 'FILE', help: 'write the report to FILE' },
  now: { type: 'string', value: 'DATE', help: 'judge as of this day (YYYY-MM-DD)' },
  'max-warnings': { type: 'string', value: 'N', help: 'refuse when there are more warnings' },
  fix: { type: 'boolean', help: 'mend what needs no judgement in index and files, then judge again' },
  'update-baseline': { type: 'boolean', help: `let all present findings pass from now on (${baselineFile})` },
} as const;

export const check = defineCommand({
  name: 'check',
  summary: 'Run the policy on the index, on pushed or given commits, or on the whole tree.',
  args: '[paths...]',
  flags,
  examples: [
    ['layer-policy check', 'the whole tree of HEAD'],
    ['layer-policy check --stage pre-commit', 'what git commit would commit now'],
    ['layer-policy check --from origin/main --to HEAD --json', 'a pull request, for a program'],
    ['layer-policy check --stage pre-commit --fix', 'the same, with what needs no judgement mended first'],
    ['layer-policy check --rule archive-age --now 2026-12-31', 'what will be too old by then'],
  ],
  async run(env, given, args) {
    const stage = stageOf(env, given);
    const options = readOptions(env, given);
    // At the push hook git gives the remote's name and URL where other stages have paths.
    const paths = stage === 'pre-push' ? [] : await pathsFromRoot(env, args);
    if (given.fix) await refuseFix(env, given, stage);
    const look = () => judgeAll(env, given, stage, args, { ...options, paths });
    const looked = given.fix ? await lookAgain(env, await look(), look) : await look();
    return given['update-baseline']
      ? acceptPresent(env, looked, { ...options, paths })
      : answer(env, given, looked.verdict, looked.trees);
  },
});

type CheckFlags = Flags<typeof flags>;

/** A verdict, and where the lines stand that its findings name. */
interface Looked {
  verdict: Verdict;
  trees: Trees;
}

function stageOf({ vars }: Env, given: CheckFlags): Stage {
  if (given['update-baseline']) {
    const flags = ['from', 'to', 'base'] as const;
    const stage = given.stage === undefined || given.stage === 'all' ? undefined : 'stage';
    const other = flags.find((flag) => given[flag] !== undefined) ?? stage;
    if (other === undefined) return 'all';
    const problem = `--update-baseline takes what the whole tree of HEAD has, so it goes without --${other}.`;
    throw failure('usage', { problem, command: 'check' });
  }
  return (given.stage as Stage | undefined) ?? (given.from || given.to || vars.CI ? 'ci' : 'all');
}

async function judgeAll(
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

/** What was found is mended where that needs no judgement; the second look has the last word. */
async function lookAgain(env: Env, first: Looked, look: () => Promise<Looked>): Promise<Looked> {
  const { mend } = await import('../fix/mend.js');
  const mending = await mend(env, first.verdict.findings);
  const last = mending.fixed.length > 0 ? await look() : first;
  return { ...last, verdict: { ...last.verdict, mending } };
}

async function refuseFix({ git }: Env, given: CheckFlags, stage: Stage): Promise<void> {
  const usage = (problem: string) => failure('usage', { problem, command: 'check' });
  const flag = given.from ? '--from' : given.to ? '--to' : given['update-baseline'] ? '--update-baseline' : null;
  if (flag !== null) throw usage(`--fix mends index and files on disk, so it goes without ${flag}.`);
  if (stage !== 'pre-commit' && stage !== 'all') {
    throw usage(
      `--fix mends index and files on disk, and stage ${stage} judges commits. Run: layer-policy check --fix --stage all`,
    );
  }
  await git.root().catch((error) => {
    if (isFailure(error) && error.code === 'no-work-tree') {
      throw usage('--fix mends index and files on disk, and this repository has none (it is bare).');
    }
    throw error;
  });
}

async function tasksOf(
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
  // No commit waits for this.
  const startOf = (await import('../config/start-of.js')).startOf(env);
  if (stage === 'pre-push') {
    const handed = await handedRefs(git, await env.stdin(), remote, env.vars);
    return prePush(git, handed.refs, handed.remote, configOf, startOf);
  }
  const to = await named(git, given.to ?? 'HEAD', '--to');
  const config = await configOf(git.tree(to));
  if (stage !== 'ci' && given.from === undefined) {
    const subject = whole(git, to, stage === 'release' ? 'release' : 'all');
    return { tasks: [{ subject, config }], notices: [] };
  }
  const { ciSays } = await import('../config/ci-says.js');
  const { subject, notices } = await ci(git, {
    from: given.from,
    to: given.to,
    baseBranch: config.declarations.baseBranch,
    start: once(() => startOf(config.declarations.baseBranch)),
    ...(given.from === undefined && given.to === undefined ? await ciSays(env) : { announced: null, tag: null }),
  });
  if (stage !== 'ci') notices.push(`--from asks for a range, so stage ci is judged instead of ${stage}.`);
  return { tasks: [{ subject, config }], notices };
}

/** The hooks' ranges come from git: the index, and the refs on standard input. */
function refuseRangeAtHook(given: CheckFlags, stage: string): void {
  const flag = given.from !== undefined ? '--from' : given.to !== undefined ? '--to' : null;
  if (flag === null || (stage !== 'pre-commit' && stage !== 'pre-push')) return;
  throw failure('usage', { problem: `${flag} has no meaning at stage ${stage}.`, command: 'check' });
}

function readOptions(env: Env, given: CheckFlags): Omit<JudgeOptions, 'paths'> {
  const usage = (problem: string) => failure('usage', { problem, command: 'check' });
  const now = given.now ?? new Date(env.now()).toISOString();
  const day = Date.parse(now.slice(0, 10));
  // Date.parse takes 2026-02-31 for the third of March.
  const isDay = !Number.isNaN(day) && now.startsWith(new Date(day).toISOString().slice(0, 10));
  if (!/^\d{4}-\d{2}-\d{2}(T.*)?$/.test(now) || !isDay || Number.isNaN(Date.parse(now))) {
    throw usage(`--now takes a day such as 2026-02-01, not '${now}'.`);
  }
  const limit = given['max-warnings'];
  if (limit !== undefined && !/^\d{1,6}$/.test(limit)) throw usage(`--max-warnings takes a number, not '${limit}'.`);
  return {
    today: new Date(now).toISOString().slice(0, 10),
    only: given.rule ?? [],
    skipped: (env.vars.LAYER_POLICY_SKIP ?? '')
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== ''),
    maxWarnings: limit === undefined ? null : Number(limit),
    ignoreBaseline: given['update-baseline'] === true,
  };
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

async function acceptPresent(env: Env, { verdict, trees }: Looked, { only, paths }: JudgeOptions): Promise<Outcome> {
  // What the baseline knows of a rule that failed itself would be lost.
  if (verdict.broken.length > 0) return answer(env, {}, verdict, trees);
  const { updateBaseline } = await import('../policy/update-baseline.js');
  const { baselineText } = await import('../report/baseline.js');
  const found = verdict.findings.filter(({ firm }) => !firm);
  const update = await updateBaseline(env, found, {
    isWhole: only.length === 0 && paths.length === 0,
    has: ({ rule, file }) => (only.length === 0 || only.includes(rule)) && concerns(file, paths),
  });
  return {
    exit: exitCodes.ok,
    document: { schema: 1, ok: true, baseline: baselineFile, ...update },
    text: (style) => baselineText(update, verdict, style),
  };
}
