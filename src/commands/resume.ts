import { exitCodes, failure } from '../errors.js';
import { takeLock } from '../plan/lock.js';
import { whyStale } from '../plan/pending.js';
import { commandLine } from '../plan/plan.js';
import { interruptedPlan, resumePlan } from '../plan/resume.js';
import { releaseDocument, releaseText } from '../report/release.js';
import { defineCommand } from './command.js';

export const resume = defineCommand({
  name: 'resume',
  summary: 'finish an interrupted plan',
  args: '',
  flags: {},
  examples: [['layer-policy resume', 'go on where a killed release stopped']],
  async run(env, given) {
    const lock = await takeLock(env, 'resume');
    try {
      const { plan, config } = await interruptedPlan(env, given);
      const stale = await whyStale(env, config, plan);
      if (stale !== null) {
        const fix = `Plan anew from what is there: layer-policy ${commandLine(plan.request)}. Or give it up: layer-policy abort`;
        throw failure('plan-stale', { problem: stale, fix });
      }
      const { prepared, finished } = await resumePlan(env, config, plan, lock);
      const about = { ...prepared, ...finished, resumed: true };
      return { exit: exitCodes.ok, document: releaseDocument(about), text: (style) => releaseText(about, style) };
    } finally {
      await lock.release();
    }
  },
});
