import { isFailure } from '../../errors.js';
import { failureOf, type Request } from './failure-of.js';
import { type Fault, type FaultKind, faultOf } from './fault.js';
import type { Vars } from './profile.js';
import { withoutSecrets } from './secrets.js';
import type { AwsTarget } from './target.js';

/** Answers to faults that the caller knows what to do with, by kind; undefined for those it does not. */
export type Expected<Answer> = { [Kind in FaultKind]?: (fault: Fault) => Answer | undefined };

/**
 * Makes one request. What fails and is not expected becomes a failure of the catalogue; while the service only asks for
 * patience, it is made again.
 */
export type Call = <Answer>(
  request: Request,
  run: () => Promise<Answer>,
  expected?: Expected<Answer>,
) => Promise<Answer>;

export interface Manner {
  vars: Vars;
  pause(ms: number): Promise<void>;
  /** How long throttling is borne, in milliseconds. */
  patience: number;
  /** A line about each request, for whoever wants to see them. */
  say(line: string): void;
}

export function caller(target: AwsTarget, { vars, pause, patience, say }: Manner): Call {
  return async (request, run, expected = {}) => {
    let left = patience;
    for (let attempt = 1; ; attempt++) {
      const started = performance.now();
      try {
        const answer = await run();
        say(`${request.operation} ${request.resource} ${since(started)}`);
        return answer;
      } catch (error) {
        if (isFailure(error)) throw error;
        const found = faultOf(error);
        const fault = { ...found, message: withoutSecrets(found.message, vars) };
        say(`${request.operation} ${request.resource} ${since(started)} ${fault.code} ${fault.status ?? ''}`);
        const answer = expected[fault.kind]?.(fault);
        if (answer !== undefined) return answer;
        // The half that is left to chance keeps those apart who were all refused at once.
        const backOff = 2 ** Math.min(attempt, 6) * 250 * (0.5 + Math.random() / 2);
        const wait = Math.max(fault.waitMs ?? 0, backOff);
        if (fault.kind !== 'throttled' || wait > left) throw failureOf(request, fault, target);
        left -= wait;
        await pause(wait);
      }
    }
  };
}

const since = (started: number) => `${Math.round(performance.now() - started)} ms`;
