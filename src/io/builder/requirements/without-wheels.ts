import type { Failure } from '../../../errors.js';
import type { Pin } from '../../../layer/packages/asked.js';
import type { Ended } from './run.js';

interface Asking<Answer extends Ended> {
  ask(open: readonly Pin[]): Promise<Answer>;
  /** The name of the pin, normalised, that keeps all from being answered, where that is for want of a wheel. */
  missingIn(stderr: string): string | null;
  failureOf(ended: Ended): Failure;
}

export interface Answered<Answer> {
  /** Null: nothing was left to ask for. */
  answer: Answer | null;
  open: readonly Pin[];
  /** Those that have no wheel. */
  without: Pin[];
}

/** Asks for the wheels of all pins at once, and again without each that has none. Fails where the index fails. */
export async function withoutWheels<Answer extends Ended>(
  pins: readonly Pin[],
  { ask, missingIn, failureOf }: Asking<Answer>,
): Promise<Answered<Answer>> {
  const without: Pin[] = [];
  for (;;) {
    const open = pins.filter((pin) => !without.includes(pin));
    if (open.length === 0) return { answer: null, open, without };
    const answer = await ask(open);
    if (answer.code === 0) return { answer, open, without };
    const missing = missingIn(answer.stderr);
    const pin = open.find(({ name }) => name === missing);
    const failed = failureOf(answer);
    if (pin === undefined || failed.code === 'index-unreachable') throw failed;
    without.push(pin);
  }
}
