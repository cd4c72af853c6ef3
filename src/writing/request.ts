import { failure } from '../errors.js';
import type { Request, WritingCommand } from '../plan/plan.js';
import type { WritingGiven } from '../plan/writing-flags.js';

/** What of a request follows from the flags that all writing commands have. */
export function requestOf(
  command: WritingCommand,
  given: WritingGiven,
  asked: Pick<Request, 'environment' | 'names'> & Partial<Request>,
): Request {
  const { emergency = null } = given;
  if (
    emergency !== null &&
    (emergency.trim() === '' || emergency.length > 500 || /[\u0000-\u001f\u007f]/.test(emergency))
  ) {
    throw failure('usage', {
      problem: '--emergency takes the reason, in one line of at most 500 characters.',
      command,
    });
  }
  const record = given.record === true || asked.record === true || asked.environment !== 'local';
  if (given.push === true && (!record || given['no-commit'] === true)) {
    const problem = '--push pushes the record, and none is committed here.';
    throw failure('usage', { problem, command });
  }
  return {
    from: null,
    all: false,
    record,
    attach: given['no-attach'] !== true,
    commit: given['no-commit'] !== true,
    tag: given['no-tag'] !== true,
    emergency,
    ...(given.push === true && { push: true as const }),
    ...asked,
    names: [...new Set(asked.names)],
  };
}
