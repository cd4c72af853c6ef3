import type { Finding, Waived } from '../policy/finding.js';
import type { Verdict } from '../policy/verdict.js';
import { uniqueNames } from './unique.js';

/** A finding, or one that was let pass, and a name that no other has. */
export interface Named {
  finding: Finding | Waived;
  name: string;
}

export interface Limits {
  /** How many a platform shows or reads. */
  most: number;
  /** What all of them may take. */
  bytes: number;
}

export interface Kept<Shown> {
  shown: Shown[];
  /** What has no room: the report has to say how many that are. */
  left: Named['finding'][];
}

/** How to see what a report leaves out. */
export const seeAll = 'layer-policy check --json';

/** As much as a platform takes, the worst first: errors, warnings, then what was let pass. */
export function keepWorst<Shown>(verdict: Verdict, limits: Limits, show: (one: Named) => Shown): Kept<Shown> {
  const found: Named['finding'][] = [...verdict.findings, ...verdict.waived];
  const names = uniqueNames(found);
  const worstFirst = found.map((finding, at) => ({ finding, name: names[at] ?? '' })).sort(byBadness);
  const places = found.length > limits.most ? limits.most - 1 : found.length;
  const shown: Shown[] = [];
  let bytes = 0;
  for (const one of worstFirst.slice(0, places)) {
    const next = show(one);
    bytes += new TextEncoder().encode(JSON.stringify(next)).length;
    if (bytes > limits.bytes) break;
    shown.push(next);
  }
  return { shown, left: worstFirst.slice(shown.length).map(({ finding }) => finding) };
}

/** `12 more findings (2 of them let pass) are not in this report. Run …` */
export function leftOver(left: readonly Named['finding'][]): string {
  const passed = left.filter((finding) => 'by' in finding).length;
  const aside = passed === 0 ? '' : ` (${passed} of them let pass)`;
  return `${left.length} more findings${aside} are not in this report. Run ${seeAll} to see them.`;
}

function byBadness(a: Named, b: Named): number {
  return badness(b.finding) - badness(a.finding);
}

function badness(finding: Named['finding']): number {
  return ('by' in finding ? 0 : 2) + (finding.severity === 'error' ? 1 : 0);
}
