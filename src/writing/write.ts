import { type LoadedConfig, loadConfig } from '../config/load.js';
import { failure } from '../errors.js';
import { targetsOf } from '../layer/environments.js';
import { finish, rehearse } from '../plan/finish.js';
import { giveUp } from '../plan/give-up.js';
import { journalPorts, pendingPlan } from '../plan/journal.js';
import { type Lock, takeLock } from '../plan/lock.js';
import { whyStale } from '../plan/pending.js';
import { type Asked, commandLine, type Plan, type Request, sameAsked, type WritingCommand } from '../plan/plan.js';
import { refuseOtherPlan, refuseOtherWords, savedPlan, savePlan } from '../plan/plan-file.js';
import { prepare } from '../plan/prepare.js';
import { interruptedPlan, resumePlan } from '../plan/resume.js';
import type { WritingGiven } from '../plan/writing-flags.js';
import type { Env, Oid } from '../ports.js';
import { type Planned, planText } from '../report/writing.js';
import { refusal, type Said, said, unfit } from './said.js';

/** The one way in which this tool writes: look, gate, plan, rehearse, ask, act by the plan, tell what is. */
export async function write(
  env: Env,
  command: WritingCommand,
  given: WritingGiven,
  names: readonly string[],
  request: () => Request,
): Promise<Said> {
  const saved = given.plan === undefined ? null : await savedPlan(env, given.plan, command);
  if (saved !== null) refuseOtherWords(env, given.plan ?? '', saved, given, names);
  const asked: Asked = { command, request: saved === null ? request() : saved.request };
  const commit = await env.git.commit('HEAD');
  if (commit === null) throw failure('unknown-revision', { rev: 'HEAD', flag: `the commit to ${command}` });
  const config = await loadConfig(env, given, env.git.tree(commit));
  const run: Run = { env, given, config, asked, commit, saved };
  if (given['dry-run'] || given['plan-out'] !== undefined) return dryRun(run, given['plan-out']);
  const lock = await takeLock(env, commandLine(asked));
  try {
    return (await takeUp(run, lock)) ?? (await writeAnew(run, lock, given.yes === true));
  } finally {
    await lock.release();
  }
}

interface Run {
  env: Env;
  given: WritingGiven;
  /** The policy of HEAD. */
  config: LoadedConfig;
  asked: Asked;
  commit: Oid;
  saved: Plan | null;
}

async function dryRun({ env, config, asked, commit }: Run, file?: string): Promise<Said> {
  const pending = await pendingPlan(await journalPorts(env));
  if (pending !== null) throw incomplete(pending);
  targetsOf(config.declarations.environments, asked.request.environment);
  const refused = await refusal(env, config, asked, commit);
  if (refused !== null) return refused;
  const prepared = await prepare(env, config, asked, now(env, commit));
  if (prepared.plan === null) return unfit(asked, prepared);
  const reports = await rehearse(env, config, prepared);
  if (file !== undefined) await savePlan(env, file, prepared.plan);
  return said(prepared, { reports, released: [] }, { dryRun: true, ...(file !== undefined && { file }) });
}

/** Goes on with an interrupted run of this very command; one that does not fit the world any more gives way. */
async function takeUp({ env, given, asked }: Run, lock: Lock): Promise<Said | null> {
  const pending = await interruptedPlan(env, given);
  if (pending === null) return null;
  // By its own policy: what it began is where that has it, wherever its environment is by now.
  const { plan, config } = pending;
  if (!sameAsked(plan, asked)) throw incomplete(plan);
  const stale = await whyStale(env, config, plan);
  if (stale !== null) {
    // Functions first go back: what a half-done change left them with is nothing to come back to.
    await giveUp(env, config, plan, { lock, command: commandLine(plan) });
    env.out.stderr(env.out.styleError.dim(`An interrupted plan is replaced: ${stale}.\n`));
    return null;
  }
  const { prepared, finished } = await resumePlan(env, config, plan, lock);
  return said(prepared, finished, { resumed: true });
}

async function writeAnew({ env, config, asked, commit, saved }: Run, lock: Lock, yes: boolean): Promise<Said> {
  targetsOf(config.declarations.environments, asked.request.environment);
  const refused = await refusal(env, config, asked, commit);
  if (refused !== null) return refused;
  const prepared = await prepare(env, config, asked, saved === null ? now(env, commit) : { ...saved, commit });
  if (prepared.plan === null) return unfit(asked, prepared);
  if (saved !== null) refuseOtherPlan(saved, prepared.plan);
  const reports = await rehearse(env, config, prepared);
  if (reports.every(({ state }) => state === 'present')) return said(prepared, { reports, released: [] }, {});
  if (!yes) await confirm(env, config, { ...prepared, reports });
  return said(prepared, await finish(env, config, prepared, { lock, begun: false }), {});
}

function now(env: Env, commit: Oid) {
  return { commit, date: new Date(env.now()).toISOString(), user: env.user() };
}

function incomplete(plan: Plan) {
  return failure('incomplete', { plan: `layer-policy ${commandLine(plan)}` });
}

async function confirm(env: Env, { declarations }: LoadedConfig, planned: Planned): Promise<void> {
  const { command, request } = planned.plan;
  // A folder environment is a rehearsal; what leaves the repository does so wherever it goes.
  const isFolder = targetsOf(declarations.environments, request.environment).every(({ target }) => target === 'local');
  if (command !== 'archive' && isFolder) return;
  const environment = request.archive === undefined ? request.environment : 'layer_management/archive';
  if (env.ask === null) throw failure('needs-yes', { environment });
  env.out.stderr(planText(planned, env.out.styleError));
  const { length } = planned.reports.filter(({ state }) => state === 'planned');
  const answer = await env.ask(`${command}, ${environment}: ${length} to do. Go on? [y/N] `);
  if (!/^y(es)?$/i.test(answer.trim())) throw failure('interrupted', {});
}
