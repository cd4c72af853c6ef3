import { exitCodes } from '../errors.js';
import { printable } from '../layer/printable.js';
import { giveUp } from '../plan/give-up.js';
import { takeLock } from '../plan/lock.js';
import { commandLine } from '../plan/plan.js';
import { interruptedPlan } from '../plan/resume.js';
import { defineCommand, type Outcome } from './command.js';

export const abort = defineCommand({
  name: 'abort',
  summary: 'give an interrupted plan up',
  args: '',
  flags: {},
  examples: [['layer-policy abort', 'take back what can be, and forget the plan']],
  async run(env, given) {
    const lock = await takeLock(env, 'abort');
    try {
      const pending = await interruptedPlan(env, given);
      if (pending === null) return nothing;
      const { plan, config } = pending;
      const { undone, orphans } = await giveUp(env, config, plan, { lock, command: 'abort' });
      const what = `layer-policy ${commandLine(plan)}`;
      return {
        exit: exitCodes.ok,
        document: { schema: 1, ok: true, command: 'abort', plan: what, undone, orphans },
        text: (style) =>
          [
            `${style.green('✔')} Given up: ${printable(what)}`,
            ...undone.map((one) => `  ${printable(one)}`),
            ...orphans.map(({ arn }) => style.dim(`  stays published, and no manifest names it: ${printable(arn)}`)),
            '',
          ].join('\n'),
      };
    } finally {
      await lock.release();
    }
  },
});

const nothing: Outcome = {
  exit: exitCodes.ok,
  document: { schema: 1, ok: true, command: 'abort', plan: null, undone: [], orphans: [] },
  text: () => 'Nothing to do: no plan was interrupted.\n',
};
