import type { LoadedConfig } from '../config/load.js';
import { failure, isFailure } from '../errors.js';
import type { Env } from '../ports.js';
import { lookAfter, type Released } from './after.js';
import { execute, preview, type StepReport } from './execute.js';
import { giveUp } from './give-up.js';
import { continueJournal, journalPorts, openJournal } from './journal.js';
import { type Lock, withLeases } from './lock.js';
import { type Orphan, updateOrphans } from './orphans.js';
import { commandLine, type Plan } from './plan.js';
import type { Prepared } from './prepared.js';
import { prove } from './prove.js';
import type { World } from './step.js';
import { stepName } from './step-name.js';
import { kindOf } from './steps/index.js';
import { openWorld } from './world.js';

export interface Finished {
  reports: StepReport[];
  released: Released[];
}

/** Shows what a plan would do, having asked for everything it will need. */
export async function rehearse(env: Env, config: LoadedConfig, prepared: Prepared): Promise<StepReport[]> {
  const world = await openWorld(env, config, prepared.targets, prepared.sources);
  const reports = await preview(prepared.plan, world, env.out.progress);
  env.out.progress('asking for what it needs');
  await prove(env, reports, world);
  env.out.progress('');
  return reports;
}

/** Runs a plan to its end: a new one, or with `begun` the one in the journal. */
export async function finish(
  env: Env,
  config: LoadedConfig,
  prepared: Prepared,
  { lock, begun }: { lock: Lock; begun: boolean },
): Promise<Finished> {
  const { plan, released, targets, sources } = prepared;
  const world = await openWorld(env, config, targets, sources);
  const ports = await journalPorts(env);
  // What only tells what is there keeps nobody out, and leaves nothing there.
  const held = plan.command === 'adopt' ? unleased(lock) : await withLeases(env, lock, targets, commandLine(plan));
  try {
    const journal = begun ? await continueJournal(ports) : await openJournal(ports, plan);
    const tasks = await env.out.tasks(plan.steps.map((step) => kindOf(step).describe(step)));
    const reports = await execute(plan, world, { journal, lock: held, tasks });
    const adopted = plan.steps.flatMap((step) => {
      if (step.kind !== 'publish-version') return [];
      const arn = world.receipts.get(stepName('publish-version', step.environment, step.name))?.arn;
      return [{ arn: String(arn), sha256: step.request.sha256 }];
    });
    await updateOrphans(env, { drop: adopted, add: twice(env, plan, world) });
    env.out.progress('looking at what is there now');
    return { reports, released: released === null ? [] : await lookAfter(env, plan, released, world) };
  } catch (error) {
    env.out.settle();
    if (isFailure(error) && error.code === 'smoke-failed') throw await restored(env, config, prepared, error.message);
    const { dim } = env.out.styleError;
    env.out.stderr(dim('What is done stays done. Go on: layer-policy resume. Give up: layer-policy abort\n'));
    throw error;
  } finally {
    await held.release();
  }
}

const unleased = ({ check }: Lock): Lock => ({ check, release: async () => {} });

/** Versions that a network made twice: one is recorded, and the others are orphans. */
function twice(env: Env, plan: Plan, world: World): Orphan[] {
  return plan.steps.flatMap((step) => {
    if (step.kind !== 'publish-version') return [];
    const extras = String(world.receipts.get(stepName('publish-version', step.environment, step.name))?.extras ?? '');
    const at = new Date(env.now()).toISOString();
    return extras.split(' ').flatMap((arn) => {
      if (arn === '') return [];
      env.out.stderr(`${env.out.styleError.yellow(`${arn} holds the same; nothing uses it.`)}\n`);
      const { name, version, environment, request } = step;
      return [{ name, version, environment, arn, sha256: request.sha256, at }];
    });
  });
}

/** Functions that do not answer as expected go back to what they ran, and the plan is over. */
async function restored(env: Env, config: LoadedConfig, { plan }: Prepared, problem: string): Promise<Error> {
  const { environment } = plan.request;
  env.out.progress('going back to what ran before');
  try {
    await giveUp(env, config, plan, null);
    return failure('smoke-restored', { problem });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const isTold = isFailure(error) && error.code === 'targets-left';
    const told = isTold ? why : `They could not be brought back: ${why}`;
    return failure('restore-failed', { environment, problem, why: told }, error);
  }
}
