import type { LoadedConfig } from '../config/load.js';
import type { Env } from '../ports.js';
import { preview } from './execute.js';
import type { Plan } from './plan.js';
import { worldOf } from './prepared.js';
import { isThere } from './steps/contents.js';

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
export function recordedOf(plan: Plan): Plan {
  return { ...plan, steps: plan.steps.filter(({ kind }) => kind === 'publish-version' || kind === 'attach') };
}
