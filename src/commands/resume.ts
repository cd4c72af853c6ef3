import { exitCodes, failure } from '../errors.js';
import { takeLock } from '../plan/lock.js';
import { whyStale } from '../plan/pending.js';
import { commandLine } from '../plan/plan.js';
import { interruptedPlan, resumePlan } from '../plan/resume.js';
import { said } from '../writing/said.js';
import { defineCommand, type Outcome } from './command.js';

export const resume = defineCommand({
  name: 'resume',
  summary: 'finish an interrupted plan',
  args: '',
  flags: {},
  examples: [['layer-policy resume', 'go on where a killed release stopped']],
  async run(env, given) {
    const lock = await takeLock(env, 'resume');
    try {
      const pending = await interruptedPlan(env, given);
      if (pending === null) return nothing;
      const { plan, config } = pending;
      const stale = await whyStale(env, config, plan);
      if (stale !== null) {
        const fix = `Plan anew from what is there: layer-policy ${commandLine(plan)}. Or give it up: layer-policy abort`;
        throw failure('plan-stale', { problem: stale, fix });
      }
      const { prepared, finished } = await resumePlan(env, config, plan, lock);
      const { document, ...outcome } = said(prepared, finished, { resumed: true });
      return { ...outcome, document: { schema: 1, ok: true, command: 'resume', release: document } };
    } finally {
      await lock.release();
    }
  },
});

const nothing: Outcome = {
  exit: exitCodes.ok,
  document: { schema: 1, ok: true, command: 'resume', release: null },
  text: () => 'Nothing to do: no plan was interrupted.\n',
};
