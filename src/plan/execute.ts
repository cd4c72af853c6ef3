import { failure } from '../errors.js';
import type { Tasks } from '../ports.js';
import type { Journal } from './journal.js';
import type { Lock } from './lock.js';
import type { Plan } from './plan.js';
import type { Receipt, World } from './step.js';
import { kindOf, type StepData } from './steps/index.js';

/** How a step went: `present` when it was done before, `planned` when it is still to do. */
export interface StepReport {
  step: StepData;
  name: string;
  text: string;
  state: 'done' | 'present' | 'planned';
  receipt: Receipt | null;
}

/** What runs the user's own git, which may ask for a passphrase. */
const mayAsk = new Set<StepData['kind']>(['record', 'tag', 'push']);

/**
 * Runs a plan, in order, to its end or to the first failure. The intent is on disk before an act, the receipt after it; a
 * run that ends in between is taken up by probing.
 */
export async function execute(
  plan: Plan,
  world: World,
  { journal, lock, tasks }: { journal: Journal; lock: Lock; tasks: Tasks },
): Promise<StepReport[]> {
  const reports: StepReport[] = [];
  for (const step of plan.steps) {
    const kind = kindOf(step);
    const name = kind.name(step);
    const text = kind.describe(step);
    tasks.begin({ mayAsk: mayAsk.has(step.kind) });
    const here = { ...world, moved: tasks.moved };
    let receipt = await kind.probe(step, here);
    const state = receipt === null ? 'done' : 'present';
    if (receipt === null) {
      await journal.write({ event: 'intent', step: name });
      await lock.check();
      await kind.act(step, here);
      receipt = await kind.confirm(step, here);
      if (receipt === null) throw failure('step-unconfirmed', { step: text });
      await journal.write({ event: 'receipt', step: name, receipt });
    }
    world.receipts.set(name, receipt);
    reports.push({ step, name, text, state, receipt });
    tasks.end(state);
  }
  tasks.close();
  await journal.close();
  return reports;
}

/** The same plan looked at only: what is there already, and what would be done. */
export async function preview(plan: Plan, world: World, say: (text: string) => void = () => {}): Promise<StepReport[]> {
  const reports: StepReport[] = [];
  for (const step of plan.steps) {
    say(`looking at what is there (${reports.length + 1} of ${plan.steps.length})`);
    const kind = kindOf(step);
    const name = kind.name(step);
    const receipt = await kind.probe(step, world);
    if (receipt !== null) world.receipts.set(name, receipt);
    reports.push({ step, name, text: kind.describe(step), state: receipt === null ? 'planned' : 'present', receipt });
  }
  return reports;
}
