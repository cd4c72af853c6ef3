import { pointerOf } from '../layer/json.js';

/** One thing wrong with what is written: `field` (a JSON pointer) reads as the subject of `what`. */
export interface Breach {
  field: string;
  what: string;
  /** The preset it stands in; absent: the policy itself. */
  preset?: string;
}

/** More would not be read, and a hostile policy can have a hundred thousand of them: who finds more may stop. */
export const mostBreaches = 20;

/** As sentences with the line, where the format tells one. */
export function sayBreaches(breaches: readonly Breach[], lineOf: (pointer: string) => number | null): string {
  const said = breaches.slice(0, mostBreaches).map(({ field, what, preset }) => {
    const subject = field === '' ? 'the policy' : dotted(field);
    if (preset !== undefined) return `preset "${preset}": ${subject} ${what}`;
    const line = lineOf(field);
    return `${line === null ? '' : `line ${line}: `}${subject} ${what}`;
  });
  return [...said, ...(breaches.length > said.length ? ['and more'] : [])].join('; ');
}

/** `'rules', 'acme/x'` → `/rules/acme~1x` */
export const pointer = (...keys: (string | number)[]) => pointerOf(keys);

function dotted(field: string): string {
  const keys = field.slice(1).split('/');
  return keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~').slice(0, 100)).join('.');
}
