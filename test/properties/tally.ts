/** How often each way was gone; how often git would not, the hook refused, and it refused because it could not judge. */
export type Tally = Record<string, Record<'runs' | 'impossible' | 'refused' | 'unable' | 'findings', number>>;

interface Run {
  seed: number;
  from: number;
  tally: Tally;
  disagreed: readonly number[];
  seconds: number;
}

/** A run in one line, with all that its figures rest on. */
export function told({ seed, from, tally, disagreed, seconds }: Run): string {
  const ways = Object.values(tally);
  const sum = (of: keyof Tally[string]) => ways.reduce((all, one) => all + one[of], 0);
  const histories = Math.max(0, ...ways.map(({ runs }) => runs));
  const gone = sum('runs') - sum('impossible');
  return [
    `seed ${seed}, histories ${from} to ${from + histories - 1}: ${histories} told, ${histories - disagreed.length} agree,`,
    `${disagreed.length} disagree${disagreed.length > 0 ? ` (${disagreed.join(', ')})` : ''};`,
    `${gone} commits and pushes judged twice, ${sum('refused')} refused with ${sum('findings')} findings,`,
    `${sum('unable')} of them for want of a policy; git would not ${sum('impossible')} times; ${seconds.toFixed(0)} s`,
  ].join(' ');
}
