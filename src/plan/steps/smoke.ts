import { failure } from '../../errors.js';
import type { Expectations } from '../../layer/declarations.js';
import { disappointments } from '../../layer/expectations.js';
import type { Oid } from '../../ports.js';
import { calledAs } from '../called.js';
import { inTurns } from '../in-turns.js';
import type { StepKind } from '../step.js';
import { stepName } from '../step-name.js';

/** One call of a function with one of its events. */
export interface SmokeCall {
  functionName: string;
  /** Where callers have one. */
  alias?: string;
  /** The event's name, and the blob that it is. */
  event: string;
  oid: Oid;
  expect: Expectations;
}

export interface Smoke {
  kind: 'smoke';
  environment: string;
  calls: SmokeCall[];
}

/** Calls the functions that were changed. Nothing tells afterwards that they answered well once, so it is done every time. */
export const smoke: StepKind<Smoke> = {
  name: ({ environment }) => stepName('smoke', environment),
  describe: ({ environment, calls }) =>
    `try in ${environment}: ${calls.map((one) => `${calledAs(one.functionName, one.alias)} (${one.event})`).join(', ')}`,
  probe: async () => null,
  async act({ environment, calls }, world) {
    const tryOne = async ({ functionName, alias, event, oid, expect }: SmokeCall) => {
      const answer = await world.at(environment).functions.invoke(functionName, await world.blob(oid), alias);
      const called = `${calledAs(functionName, alias)} (${event})`;
      return disappointments(answer, expect).map((problem) => `${called}: ${problem}`);
    };
    const ended = (done: number) => world.moved({ done, of: calls.length, unit: 'calls' });
    const problems = await inTurns(calls, tryOne, { ended });
    const found = problems.flat();
    if (found.length > 0) throw failure('smoke-failed', { environment, problems: found.join('; ') });
  },
  confirm: async ({ calls }) => ({ calls: calls.length }),
  undo: null,
};
