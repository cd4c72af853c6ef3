import { publishedName } from '../layer/declared.js';
import { disappointments, payloadOf } from '../layer/expectations.js';
import type { Functions } from '../ports.js';
import { calledAs } from './called.js';
import type { Call } from './events.js';

/** What came of one call. */
export interface Called {
  target: string;
  function: string;
  functionName: string;
  event: string;
  /** Why it is not what was expected; empty where it is. */
  problems: string[];
  functionError: string | null;
  payload: unknown;
  initMs: number | null;
  durationMs: number | null;
  /** The end of its log, where it failed. */
  log: string | null;
}

/** Calls a function once; fails with `function-absent` where there is none. */
export async function call(functions: Functions, { function: one, event, bytes, expect }: Call): Promise<Called> {
  const name = publishedName(one, functions.environment);
  const functionName = calledAs(name, one.alias);
  const answer = await functions.invoke(name, bytes, one.alias);
  const problems = disappointments(answer, expect);
  const { functionError, initMs, durationMs } = answer;
  return {
    target: functions.environment,
    ...{ function: one.name, functionName, event, problems, functionError, initMs, durationMs },
    payload: payloadOf(answer.payload) ?? null,
    log: problems.length > 0 ? answer.log : null,
  };
}
