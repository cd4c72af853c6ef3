import type { Verdict } from '../policy/verdict.js';

/** The verdict in one line. What was judged is a name from git: escape it. */
export function headline({ ok, counts, judged, ran, stage, head, broken, waived }: Verdict): string {
  const found = [
    counts.error > 0 && count(counts.error, 'error'),
    counts.warning > 0 && count(counts.warning, 'warning'),
    waived.length > 0 && `${waived.length} let pass`,
    broken.length > 0 && `${count(broken.length, 'rule')} failed`,
  ].filter((text) => text !== false);
  const answer = broken.length > 0 ? 'no verdict' : ok ? 'passed' : 'refused';
  const seen = head !== null && (stage === 'all' || stage === 'release') ? '; uncommitted changes not seen' : '';
  return `${answer}${found.length > 0 ? `: ${found.join(', ')}` : ''}; judged ${judged}${seen} (${count(ran, 'rule')} at ${stage})`;
}

/** `1 error`, `2 errors`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
