import type { Weakened } from '../../rule/facts.js';

/** Something that was demanded and is no longer, wherever it is written. */
export type Weakening = Omit<Weakened, 'file' | 'line'>;

/** A value that is weaker than it was; or that is another one, where nobody has said which way is stricter. */
export function weakening(what: string, was: unknown, is: unknown, kind: Weakened['kind'] = 'weaker'): Weakening {
  return { kind, what, was: shown(was), is: shown(is) };
}

/** A value as a reader of the policy knows it, cut where it would fill the screen. */
function shown(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
