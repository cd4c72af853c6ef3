import { isFailure } from '../errors.js';
import type { Env } from '../ports.js';
import { baselineFile, baselineText, invalidBaseline, type Known, parseBaseline, tally } from './baseline.js';

export interface BaselineUpdate {
  /** How many findings pass from now on. */
  known: number;
  added: number;
  /** Entries taken out, for what they stood for is no more. */
  removed: number;
}

/** What was judged: the whole tree by all rules, or a part, outside of which every entry stays as it is. */
export interface Scope {
  isWhole: boolean;
  has(one: Known): boolean;
}

/** Writes the baseline that knows these findings into the work tree. Fails with `config-invalid` where none may lie. */
export async function updateBaseline(
  { git, files }: Pick<Env, 'git' | 'files'>,
  findings: readonly Known[],
  scope: Scope,
): Promise<BaselineUpdate> {
  const path = `${await git.root()}/${baselineFile}`;
  const there = await files.look(path);
  if (there !== null && there.kind !== 'file') throw invalidBaseline('it is no regular file');
  const before = there === null ? [] : entriesOf((await files.read(path)) ?? new Uint8Array(), scope);
  const known = [...before.filter((one) => !scope.has(one)), ...findings];
  if (there !== null || known.length > 0) await files.write(path, new TextEncoder().encode(baselineText(known)));
  const old = tally(before);
  const added = known.filter((one) => !old.take(one)).length;
  return { known: known.length, added, removed: old.left().length };
}

/** A damaged one is written anew where nothing of it has to stay. */
function entriesOf(bytes: Uint8Array, { isWhole }: Scope): Known[] {
  try {
    return parseBaseline(bytes);
  } catch (error) {
    if (isWhole && isFailure(error)) return [];
    throw error;
  }
}
