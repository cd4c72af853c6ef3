import type { LoadedConfig } from '../config/load.js';
import type { Env } from '../ports.js';
import { preview } from './execute.js';
import { forgetJournal, journalPorts } from './journal.js';
import { type Orphan, updateOrphans } from './orphans.js';
import type { Plan } from './plan.js';
import { worldOf } from './prepared.js';
import type { World } from './step.js';
import { isThere } from './steps/contents.js';
import { kindOf } from './steps/index.js';

/**
 * Why an interrupted plan cannot be gone on with, or null. It was made for a commit; the only other one it may meet is one
 * that has its record already.
 */
export async function whyStale(env: Env, config: LoadedConfig, plan: Plan): Promise<string | null> {
  const branch = await env.git.branch();
  if (branch !== plan.branch)
    return `it is for ${plan.branch ?? 'a detached HEAD'}, and this is ${branch ?? 'a detached HEAD'}`;
  const world = await worldOf(env, config, plan);
  const head = await world.head();
  if (head === plan.commit) return null;
  await preview(recordedOf(plan), world);
  const record = plan.steps.find((step) => step.kind === 'record');
  // Not by probing: killed while index and work tree were brought along, the commit is there all the same.
  if (record !== undefined && (await isThere(record.contents, world, world.committed))) return null;
  return `it was made for commit ${plan.commit.slice(0, 12)}, and HEAD is ${head.slice(0, 12)}`;
}

/** What the record tells of: without the receipts of these nobody knows what would stand in it. */
function recordedOf(plan: Plan): Plan {
  return { ...plan, steps: plan.steps.filter(({ kind }) => kind === 'publish-version' || kind === 'attach') };
}

export interface GivenUp {
  undone: string[];
  orphans: Orphan[];
}

/** Takes back what can be taken back, remembers what was published and no manifest names, and forgets the plan. */
export async function giveUp(env: Env, config: LoadedConfig, plan: Plan): Promise<GivenUp> {
  const world = await worldOf(env, config, plan);
  const undone: string[] = [];
  const orphans: Orphan[] = [];
  const at = new Date(env.now()).toISOString();
  for (const { step, receipt } of await preview(recordedOf(plan), world)) {
    if (step.kind !== 'publish-version' || receipt === null) continue;
    const { name, version, environment, request } = step;
    orphans.push({ name, version, environment, arn: String(receipt.arn), sha256: request.sha256, at });
  }
  const wasPushed = await isPushed(plan, world);
  for (const step of [...plan.steps].reverse()) {
    // What others have already stays: this branch would only fall behind it.
    if (wasPushed && step.kind === 'record') continue;
    undone.push(...((await kindOf(step).undo?.(step, world)) ?? []));
  }
  const named = await namedInManifests(world, plan);
  const left = plan.request.record ? orphans.filter(({ arn }) => !named.has(arn)) : [];
  await updateOrphans(env, { add: left });
  await forgetJournal(await journalPorts(env));
  return { undone, orphans: left };
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

/** ARNs that the manifests at HEAD name: those are no orphans. */
async function namedInManifests(world: World, plan: Plan): Promise<Set<string>> {
  const arns = new Set<string>();
  for (const step of plan.steps) {
    if (step.kind !== 'record' && step.kind !== 'write-record') continue;
    for (const { path } of step.contents.manifests) {
      const text = new TextDecoder().decode((await world.committed(path)) ?? new Uint8Array());
      for (const [arn] of text.matchAll(/arn:[\w:.-]+/g)) arns.add(arn);
    }
  }
  return arns;
}
