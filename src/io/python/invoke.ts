import { randomUUID } from 'node:crypto';
import type { Invocation, InvokeRequest } from '../../ports.js';
import { type ChildEnd, runChild, stepsIn } from './child.js';
import { invokeScript } from './invoke-script.js';

interface Place {
  /** Absolute folders, the function's own first. */
  path: string[];
  folder: string;
  search: string;
  atExit(act: () => void): void;
}

/** An answer is 6 MB at most, and escaped once more on its way. */
const most = 1 << 25;

/** Null: no interpreter of that name, or one of another version. */
export async function runHandler(request: InvokeRequest, place: Place): Promise<Invocation | null> {
  const { runtime, handler, functionName, arn, limit } = request;
  const id = randomUUID();
  const event = new TextDecoder().decode(request.event);
  const input = JSON.stringify({ path: place.path, handler, functionName, arn, id, limit, event });
  const end = await runChild({
    ...{ runtime, script: invokeScript, input, limit, most },
    folder: place.folder,
    search: place.search,
    atExit: place.atExit,
    variables: {
      AWS_LAMBDA_FUNCTION_NAME: functionName,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
      AWS_REGION: 'local',
      AWS_DEFAULT_REGION: 'local',
      LAMBDA_TASK_ROOT: place.path[0] ?? place.folder,
      TZ: ':UTC',
      _HANDLER: handler,
    },
  });
  const steps = stepsIn(end.said);
  if (steps[0]?.[0] !== 'python' || steps[0][1] !== runtime) return null;
  return answerOf(steps, end, { id, limit });
}

function answerOf(steps: unknown[][], end: ChildEnd, { id, limit }: { id: string; limit: number }): Invocation {
  const [, init] = steps.find(([step]) => step === 'init') ?? [];
  const answer = steps.find(([step]) => step === 'answer');
  const log = end.log === '' ? null : end.log;
  const bytes = (text: unknown) => new TextEncoder().encode(String(text));
  const milliseconds = (value: unknown) => (typeof value === 'number' ? value : null);
  const initMs = milliseconds(init);
  if (answer !== undefined) {
    const [, error, payload, duration] = answer;
    const functionError = typeof error === 'string' ? error : null;
    return { functionError, payload: bytes(payload), log, durationMs: milliseconds(duration), initMs };
  }
  const problem = end.timedOut
    ? {
        errorType: 'Sandbox.Timedout',
        errorMessage: `RequestId: ${id} Error: Task timed out after ${limit}.00 seconds`,
      }
    : { errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${id} Error: Runtime exited: ${end.how}` };
  const durationMs = end.timedOut ? limit * 1000 : null;
  return { functionError: 'Unhandled', payload: bytes(JSON.stringify(problem)), log, durationMs, initMs };
}
