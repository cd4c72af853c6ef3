import { type LoadedConfig, loadConfig } from '../config/load.js';
import { exitCodes, failure } from '../errors.js';
import { named } from '../layer/named.js';
import { type Finished, finish, rehearse } from '../plan/finish.js';
import { gate } from '../plan/gate.js';
import { journalPorts, pendingPlan } from '../plan/journal.js';
import { type Lock, takeLock } from '../plan/lock.js';
import { giveUp, whyStale } from '../plan/pending.js';
import { commandLine, type Plan, type ReleaseRequest, sameRequest } from '../plan/plan.js';
import { refuseOtherPlan, savedPlan, savePlan } from '../plan/plan-file.js';
import { type Prepared, prepareRelease } from '../plan/release.js';
import { resumePlan } from '../plan/resume.js';
import type { ArtefactVerdict } from '../policy/judge-artefacts.js';
import type { Env, Oid } from '../ports.js';
import { artefactLines, refusalDocument } from '../report/artefacts.js';
import { checkDocument } from '../report/json.js';
import { pretty } from '../report/pretty.js';
import { releaseDocument, releaseText } from '../report/release.js';
import { defineCommand, type Flags, type Outcome } from './command.js';

const flags = {
  env: { type: 'string', value: 'E', help: 'the environment to publish to; local needs no account' },
  record: { type: 'boolean', help: 'with local: write manifest, archive, commit and tag as a real environment would' },
  all: { type: 'boolean', help: 'everything declared that can be built, not only what changed' },
  'dry-run': { type: 'boolean', help: 'print the plan and stop' },
  'plan-out': { type: 'string', value: 'FILE', help: 'save the plan and stop' },
  plan: { type: 'string', value: 'FILE', help: 'run a saved plan; refused if the world moved' },
  yes: { type: 'boolean', short: 'y', help: 'do not ask (local never asks)' },
  'no-commit': { type: 'boolean', help: 'leave the record in the work tree instead of committing it' },
  'no-tag': { type: 'boolean', help: 'make no tag' },
} as const;

export const release = defineCommand({
  name: 'release',
  summary: 'gate, build, validate, publish, record and tag',
  args: '[name...]',
  flags,
  examples: [
    ['layer-policy release --env local', 'rehearse what changed; layer_management/ stays as it is'],
    [
      'layer-policy release inbox-core --env local --record',
      'release one layer, with manifest, archive, commit and tag',
    ],
    ['layer-policy release --env local --record --dry-run', 'see what would be done'],
  ],
  async run(env, given, args) {
    const saved = given.plan === undefined ? null : await savedPlan(env, given.plan);
    const request = saved === null ? requestOf(given, args) : saved.request;
    const commit = await headCommit(env);
    const config = await loadConfig(env, given, env.git.tree(commit));
    named(config.declarations.environments, request.environment, 'environment');
    if (given['dry-run'] || given['plan-out'] !== undefined)
      return dryRun(env, config, request, commit, given['plan-out']);

    const lock = await takeLock(env, commandLine(request));
    try {
      const resumed = await takeUp(env, config, request, lock);
      return resumed ?? (await releaseAnew(env, config, { request, saved, commit, lock, yes: given.yes === true }));
    } finally {
      await lock.release();
    }
  },
});

function requestOf(given: Flags<typeof flags>, names: string[]): ReleaseRequest {
  const usage = (problem: string) => failure('usage', { problem, command: 'release' });
  if (given.env === undefined) throw usage('Say where to publish: --env local');
  if (given.all && names.length > 0) throw usage('Give names or --all, not both.');
  return {
    environment: given.env,
    names: [...new Set(names)],
    all: given.all === true,
    record: given.record === true || given.env !== 'local',
    commit: given['no-commit'] !== true,
    tag: given['no-tag'] !== true,
  };
}

async function headCommit(env: Env): Promise<Oid> {
  const commit = await env.git.commit('HEAD');
  if (commit === null) throw failure('unknown-revision', { rev: 'HEAD', flag: 'the commit to release' });
  return commit;
}

async function dryRun(
  env: Env,
  config: LoadedConfig,
  request: ReleaseRequest,
  commit: Oid,
  file?: string,
): Promise<Outcome> {
  const pending = await pendingPlan(await journalPorts(env));
  if (pending !== null) throw incomplete(pending);
  const refused = await refusal(env, config, commit);
  if (refused !== null) return refused;
  const prepared = await prepareRelease(env, config, request, now(env, commit));
  if (prepared.plan === null) return unfit(prepared.verdict);
  const reports = await rehearse(env, config, prepared);
  if (file !== undefined) await savePlan(env, file, prepared.plan);
  return said(prepared, { reports, released: [] }, { dryRun: true, ...(file !== undefined && { file }) });
}

/** Goes on with an interrupted run of this very command; one that does not fit the world any more gives way. */
async function takeUp(env: Env, config: LoadedConfig, request: ReleaseRequest, lock: Lock): Promise<Outcome | null> {
  const plan = await pendingPlan(await journalPorts(env));
  if (plan === null) return null;
  if (!sameRequest(plan.request, request)) throw incomplete(plan);
  const stale = await whyStale(env, config, plan);
  if (stale !== null) {
    await giveUp(env, config, plan, { undo: false });
    env.out.stderr(env.out.styleError.dim(`An interrupted plan is replaced: ${stale}.\n`));
    return null;
  }
  const { prepared, finished } = await resumePlan(env, config, plan, lock);
  return said(prepared, finished, { resumed: true });
}

interface Anew {
  request: ReleaseRequest;
  saved: Plan | null;
  commit: Oid;
  lock: Lock;
  yes: boolean;
}

async function releaseAnew(
  env: Env,
  config: LoadedConfig,
  { request, saved, commit, lock, yes }: Anew,
): Promise<Outcome> {
  const refused = await refusal(env, config, commit);
  if (refused !== null) return refused;
  const prepared = await prepareRelease(env, config, request, saved === null ? now(env, commit) : { ...saved, commit });
  if (prepared.plan === null) return unfit(prepared.verdict);
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
  return failure('incomplete', { plan: `layer-policy ${commandLine(plan.request)}` });
}

/** The gate: the policy's report, when it says no. */
async function refusal(env: Env, config: LoadedConfig, commit: Oid): Promise<Outcome | null> {
  const verdict = await gate(env, config, commit);
  if (verdict.ok) return null;
  return {
    exit: verdict.broken.length > 0 ? exitCodes.bug : exitCodes.refused,
    document: { schema: 1, ok: false, command: 'release', gate: checkDocument(verdict) },
    text: (style) => `${pretty(verdict, style)}${style.red('✖')} Not released: the policy says no to this commit.\n`,
  };
}

/** What was built is not what the policy demands. Nothing is published, and nothing of it written. */
function unfit(verdict: ArtefactVerdict): Outcome {
  return {
    exit: verdict.broken.length > 0 ? exitCodes.bug : exitCodes.artefact,
    document: { schema: 1, ok: false, command: 'release', ...refusalDocument(verdict) },
    text: (style) =>
      [...artefactLines(verdict, style), `${style.red('✖')} Not released: what was built is refused.\n`].join('\n'),
  };
}

async function confirm(env: Env, { declarations }: LoadedConfig, plan: Plan, yes: boolean): Promise<void> {
  const { environment } = plan.request;
  if (yes || declarations.environments[environment]?.target === 'local') return;
  if (env.ask === null) throw failure('needs-yes', { environment });
  const answer = await env.ask(`Release to ${environment}: ${plan.steps.length} steps. Go on? [y/N] `);
  if (!/^y(es)?$/i.test(answer.trim())) throw failure('interrupted', {});
}

function said(
  prepared: Prepared,
  finished: Finished,
  how: { dryRun?: boolean; resumed?: boolean; file?: string },
): Outcome {
  const about = { plan: prepared.plan, state: prepared.state, notices: prepared.notices, ...finished, ...how };
  return { exit: exitCodes.ok, document: releaseDocument(about), text: (style) => releaseText(about, style) };
}
