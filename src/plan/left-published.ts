import type { StepReport } from './execute.js';
import type { Orphan } from './orphans.js';
import type { Plan } from './plan.js';
import type { World } from './step.js';

/** What a plan that is given up published, and no manifest names. `reports`: its steps, looked at. */
export async function leftPublished(
  plan: Plan,
  reports: readonly StepReport[],
  world: World,
  at: string,
): Promise<Orphan[]> {
  if (!plan.request.record) return [];
  const named = await namedInManifests(world, plan);
  return reports.flatMap(({ step, receipt }) => {
    if (step.kind !== 'publish-version' || receipt === null || named.has(String(receipt.arn))) return [];
    const { name, version, environment, request } = step;
    return [{ name, version, environment, arn: String(receipt.arn), sha256: request.sha256, at }];
  });
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
