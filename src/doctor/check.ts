import type { Declarations } from '../layer/declarations.js';
import type { Env } from '../ports.js';

/** One thing that this machine has, or lacks. */
export interface Answer {
  /** `git`, `hooks`, `python3.12`. */
  about: string;
  /** `missing`: something the policy here needs will not work. `note`: it works, but somebody should know. */
  state: 'ok' | 'note' | 'missing';
  says: string;
  /** What mends it: a command where there is one; null when all is well. */
  mend: string | null;
}

/** Looks at one side of the machine. Fails with nothing but a bug: whatever is wrong is an answer. */
export type Check = (env: Env, declarations: Declarations | null) => Promise<Answer[]>;

export const ok = (about: string, says: string): Answer => ({ about, state: 'ok', says, mend: null });
export const note = (about: string, says: string, mend: string): Answer => ({ about, state: 'note', says, mend });
export const missing = (about: string, says: string, mend: string): Answer => ({ about, state: 'missing', says, mend });

/** What a failure says, as an answer. */
export function broken(about: string, error: { message: string; hint: string }): Answer {
  return missing(about, error.message, error.hint);
}
