import { type LoadedConfig, loadConfig } from '../config/load.js';
import { type ExitCode, exitCodes, failure } from '../errors.js';
import { named } from '../layer/named.js';
import type { Env, Oid, Style } from '../ports.js';
import { artefactLines, refusalDocument } from '../report/artefacts.js';
import { checkDocument } from '../report/json.js';
import { pretty } from '../report/pretty.js';
import { done, writingDocument, writingText } from '../report/writing.js';
import { type Finished, finish, rehearse } from './finish.js';
import { gate } from './gate.js';
import { journalPorts, pendingPlan } from './journal.js';
import { type Lock, takeLock } from './lock.js';
import { giveUp, whyStale } from './pending.js';
import { type Asked, commandLine, type Plan, type Request, sameAsked, type WritingCommand } from './plan.js';
import { refuseOtherPlan, refuseOtherWords, savedPlan, savePlan } from './plan-file.js';
import { prepare } from './prepare.js';
import type { Prepared, Unfit } from './prepared.js';
import { resumePlan } from './resume.js';
import type { WritingGiven } from './writing-flags.js';

/** What a command has to say. */
interface Said {
  exit: ExitCode;
  document: unknown;
  text(style: Style): string;
}

/** What of a request follows from the flags that all writing commands have. */
export function requestOf(
  command: WritingCommand,
  given: WritingGiven,
  asked: Pick<Request, 'environment' | 'names'> & Partial<Request>,
): Request {
  const { emergency = null } = given;
  if (
    emergency !== null &&
    (emergency.trim() === '' || emergency.length > 500 || /[\u0000-\u001f\u007f]/.test(emergency))
  ) {
    throw failure('usage', {
      problem: '--emergency takes the reason, in one line of at most 500 characters.',
      command,
    });
  }
  const record = given.record === true || asked.record === true || asked.environment !== 'local';
  if (given.push === true && (!record || given['no-commit'] === true)) {
    const problem = '--push pushes the record, and none is committed here.';
    throw failure('usage', { problem, command });
  }
  return {
    from: null,
    all: false,
    record,
    attach: given['no-attach'] !== true,
    commit: given['no-commit'] !== true,
    tag: given['no-tag'] !== true,
    emergency,
    ...(given.push === true && { push: true as const }),
    ...asked,
    names: [...new Set(asked.names)],
  };
}

/** The one way in which this tool writes: look, gate, plan, rehearse, ask, act by the plan, tell what is. */
export async function write(
  env: Env,
  command: WritingCommand,
  given: WritingGiven,
  names: readonly string[],
  request: () => Request,
): Promise<Said> {
  const saved = given.plan === undefined ? null : await savedPlan(env, given.plan, command);
  if (saved !== null) refuseOtherWords(given.plan ?? '', saved, given, names);
  const asked: Asked = { command, request: saved === null ? request() : saved.request };
  const commit = await env.git.commit('HEAD');
  if (commit === null) throw failure('unknown-revision', { rev: 'HEAD', flag: `the commit to ${command}` });
  const config = await loadConfig(env, given, env.git.tree(commit));
  named(config.declarations.environments, asked.request.environment, 'environment');
  const run: Run = { env, config, asked, commit, saved };
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
  config: LoadedConfig;
  asked: Asked;
  commit: Oid;
  saved: Plan | null;
}

async function dryRun({ env, config, asked, commit }: Run, file?: string): Promise<Said> {
  const pending = await pendingPlan(await journalPorts(env));
  if (pending !== null) throw incomplete(pending);
  const refused = await refusal(env, config, asked, commit);
  if (refused !== null) return refused;
  const prepared = await prepare(env, config, asked, now(env, commit));
  if (prepared.plan === null) return unfit(asked, prepared);
  const reports = await rehearse(env, config, prepared);
  if (file !== undefined) await savePlan(env, file, prepared.plan);
  return said(prepared, { reports, released: [] }, { dryRun: true, ...(file !== undefined && { file }) });
}

/** Goes on with an interrupted run of this very command; one that does not fit the world any more gives way. */
async function takeUp({ env, config, asked }: Run, lock: Lock): Promise<Said | null> {
  const plan = await pendingPlan(await journalPorts(env));
  if (plan === null) return null;
  if (!sameAsked(plan, asked)) throw incomplete(plan);
  const stale = await whyStale(env, config, plan);
  if (stale !== null) {
    // Functions first go back: what a half-done change left them with is nothing to come back to.
    await giveUp(env, config, plan);
    env.out.stderr(env.out.styleError.dim(`An interrupted plan is replaced: ${stale}.\n`));
    return null;
  }
  const { prepared, finished } = await resumePlan(env, config, plan, lock);
  return said(prepared, finished, { resumed: true });
}

async function writeAnew({ env, config, asked, commit, saved }: Run, lock: Lock, yes: boolean): Promise<Said> {
  const refused = await refusal(env, config, asked, commit);
  if (refused !== null) return refused;
  const prepared = await prepare(env, config, asked, saved === null ? now(env, commit) : { ...saved, commit });
  if (prepared.plan === null) return unfit(asked, prepared);
  if (saved !== null) refuseOtherPlan(saved, prepared.plan);
  const reports = await rehearse(env, config, prepared);
  if (reports.every(({ state }) => state === 'present')) return said(prepared, { reports, released: [] }, {});
  await confirm(env, config, prepared.plan, yes);
  return said(prepared, await finish(env, config, prepared, { lock, begun: false }), {});
}

function now(env: Env, commit: Oid) {
  return { commit, date: new Date(env.now()).toISOString(), user: env.user() };
}

function incomplete(plan: Plan) {
  return failure('incomplete', { plan: `layer-policy ${commandLine(plan)}` });
}

/**
 * The gate: the policy's report, when it says no. Going back and clearing up ask nobody; going past it leaves its reason.
 */
async function refusal(env: Env, config: LoadedConfig, { command, request }: Asked, commit: Oid): Promise<Said | null> {
  if (command === 'rollback' || command === 'archive' || request.emergency !== null) return null;
  const verdict = await gate(env, config, commit);
  if (verdict.ok) return null;
  return {
    exit: verdict.broken.length > 0 ? exitCodes.bug : exitCodes.refused,
    document: { schema: 1, ok: false, command, gate: checkDocument(verdict) },
    text: (style) =>
      `${pretty(verdict, style)}${style.red('✖')} Not ${done[command]}: the policy says no to this commit.\n`,
  };
}

/** What was built is not what the policy demands. Nothing is published, and nothing of it written. */
function unfit({ command }: Asked, { verdict }: Unfit): Said {
  return {
    exit: verdict.broken.length > 0 ? exitCodes.bug : exitCodes.artefact,
    document: { schema: 1, ok: false, command, ...refusalDocument(verdict) },
    text: (style) =>
      [...artefactLines(verdict, style), `${style.red('✖')} Not ${done[command]}: what was built is refused.\n`].join(
        '\n',
      ),
  };
}

async function confirm(env: Env, { declarations }: LoadedConfig, plan: Plan, yes: boolean): Promise<void> {
  const { command, steps, request } = plan;
  // A folder environment is a rehearsal; what leaves the repository does so wherever it goes.
  if (yes || (command !== 'archive' && declarations.environments[request.environment]?.target === 'local')) return;
  const environment = request.archive === undefined ? request.environment : 'layer_management/archive';
  if (env.ask === null) throw failure('needs-yes', { environment });
  const answer = await env.ask(`${command}, ${environment}: ${steps.length} steps. Go on? [y/N] `);
  if (!/^y(es)?$/i.test(answer.trim())) throw failure('interrupted', {});
}

/** What was done, for people and programs. */
export function said(
  { plan, about, notices }: Prepared,
  finished: Finished,
  how: { dryRun?: boolean; resumed?: boolean; file?: string },
): Said {
  const report = { plan, about, notices, ...finished, ...how };
  return { exit: exitCodes.ok, document: writingDocument(report), text: (style) => writingText(report, style) };
}
