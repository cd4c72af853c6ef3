import { bashCompletion } from './bash.js';
import type { Completable } from './completable.js';
import { fishCompletion } from './fish.js';
import { zshCompletion } from './zsh.js';

/** One file a shell. */
export const shells: Record<string, (commands: readonly Completable[]) => string> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};
