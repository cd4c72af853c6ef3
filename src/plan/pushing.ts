import { failure } from '../errors.js';
import type { Env } from '../ports.js';
import type { Plan } from './plan.js';
import { kindOf } from './steps/index.js';

/** The plan with a push of what it records at its end, where that is wanted. Fails with `push-nowhere`. */
export async function withPush({ gitWriter }: Pick<Env, 'gitWriter'>, plan: Plan): Promise<Plan> {
  const { branch, request } = plan;
  const recorded = plan.steps.filter(({ kind }) => kind === 'record' || kind === 'tag');
  if (request.push !== true || branch === null || recorded.length === 0) return plan;
  const remote = await gitWriter.remoteFor(branch);
  if (remote === null) throw failure('push-nowhere', {});
  const tags = recorded.flatMap((step) => (step.kind === 'tag' ? [step.tag] : []));
  const after = recorded.map((step) => kindOf(step).name(step));
  return { ...plan, steps: [...plan.steps, { kind: 'push', remote, branch, tags, after }] };
}
