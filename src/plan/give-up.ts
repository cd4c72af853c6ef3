import type { LoadedConfig } from '../config/load.js';
import { failure } from '../errors.js';
import type { Env } from '../ports.js';
import { preview, type StepReport } from './execute.js';
import { continueJournal, forgetJournal, journalPorts, progress } from './journal.js';
import { leftPublished } from './left-published.js';
import { type Lock, withLeases } from './lock.js';
import { type Orphan, updateOrphans } from './orphans.js';
import { recordedOf } from './pending.js';
import type { Plan } from './plan.js';
import { sourcesOf } from './prepared.js';
import type { World } from './step.js';
import { kindOf, type StepData } from './steps/index.js';
import { openTargets, type Target } from './target.js';
import { openWorld } from './world.js';

export interface GivenUp {
  undone: string[];
  orphans: Orphan[];
}

/** Who takes the leases; null: the run that is given up has them still. */
type Holder = { lock: Lock; command: string } | null;

/**
 * Takes back what can be taken back, remembers what was published and no manifest names, and forgets the plan. Of several
 * targets none is in another's way: where one cannot be reached or brought back, the others are, and with `targets-left` the
 * plan is kept for another try. The policy is that of the plan, so each target is where the plan was at it.
 */
export async function giveUp(env: Env, config: LoadedConfig, plan: Plan, holder: Holder): Promise<GivenUp> {
  const ports = await journalPorts(env);
  const { isBegun, receipts } = await progress(ports);
  const concerned = concernedBy(plan, isBegun);
  const left = new Map<string, unknown>();
  const attempt = async (where: string, act: () => Promise<void>) => {
    if (left.has(where)) return;
    try {
      await act();
    } catch (error) {
      if (concerned[0] === plan.request.environment) throw error;
      left.set(where, error);
    }
  };
  const held: Lock[] = [];
  const targets: Target[] = [];
  const reports: StepReport[] = [];
  const undone: string[] = [];
  try {
    for (const name of concerned) {
      await attempt(name, async () => {
        const opened = await openTargets(env, config, name);
        // Functions are brought back to what they were: nobody else may be at them.
        if (holder !== null) held.push(await withLeases(env, holder.lock, opened, holder.command));
        targets.push(...opened);
      });
    }
    // What is brought back is where it was; of what came from elsewhere nothing is needed but a zip of the record.
    const world = await openWorld(env, config, targets, await sourcesOf(env, config, plan).catch(() => ({})));
    for (const [step, receipt] of receipts) world.receipts.set(step, receipt);
    for (const name of concerned) {
      await attempt(name, async () => {
        const steps = recordedOf(plan).steps.filter((step) => placeOf(step) === name);
        reports.push(...(await preview({ ...plan, steps }, world)));
      });
    }
    // The record is known by what these left, which another try will not find any more.
    const journal = await continueJournal(ports);
    for (const { name: step, receipt } of reports)
      if (receipt !== null && !receipts.has(step)) await journal.write({ event: 'receipt', step, receipt });
    const wasPushed = await isPushed(plan, world);
    for (const step of [...plan.steps].reverse()) {
      // What others have already stays: this branch would only fall behind it.
      if (wasPushed && step.kind === 'record') continue;
      if ('environment' in step && !concerned.includes(step.environment)) continue;
      await attempt(placeOf(step), async () => {
        undone.push(...((await kindOf(step).undo?.(step, world)) ?? []));
      });
    }
    if (left.size > 0) throw leftover(left, concerned);
    const orphans = await leftPublished(plan, reports, world, new Date(env.now()).toISOString());
    await updateOrphans(env, { add: orphans });
    await forgetJournal(ports);
    return { undone, orphans };
  } finally {
    await Promise.all(held.map((lease) => lease.release()));
  }
}

/** The targets in which anything was begun; those of an environment of one, which is looked at whatever was begun. */
function concernedBy({ request, steps }: Plan, isBegun: (step: string) => boolean): string[] {
  const all = [...new Set(steps.flatMap((step) => ('environment' in step ? [step.environment] : [])))];
  if (all.every((one) => one === request.environment)) return [request.environment];
  const begun = steps.filter((step) => isBegun(kindOf(step).name(step)));
  // A record tells of all of them.
  if (begun.some(({ kind }) => kind === 'record' || kind === 'write-record')) return all;
  return all.filter((name) => begun.some((step) => placeOf(step) === name));
}

const placeOf = (step: StepData): string => ('environment' in step ? step.environment : 'the record');

function leftover(left: ReadonlyMap<string, unknown>, concerned: readonly string[]): Error {
  const why = (error: unknown) => (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
  const back = concerned.filter((name) => !left.has(name));
  const [first] = left.values();
  const fields = {
    left: [...left].map(([where, error]) => `${where} (${why(error)})`).join(', '),
    back: back.join(', ') || 'none',
  };
  return failure('targets-left', fields, first);
}

/** Whether the record is at the remote. A remote that cannot be asked is in nobody's way. */
async function isPushed(plan: Plan, world: World): Promise<boolean> {
  const step = plan.steps.find(({ kind }) => kind === 'push');
  const record = plan.steps.find(({ kind }) => kind === 'record');
  if (step?.kind !== 'push' || record === undefined) return false;
  const receipt = await kindOf(record).probe(record, world);
  if (receipt === null) return false;
  return world.git.isPushed({ ...step, tags: [] }, String(receipt.commit)).catch(() => false);
}
