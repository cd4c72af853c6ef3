import type { Finding, Waived } from '../policy/finding.js';
import { count } from './headline.js';

export interface LetPass {
  rule: string;
  /** As `reasonOf` says it. */
  by: string;
  times: number;
}

/** What let a finding pass: `Agreed with … (waiver until 2026-12-31)`, `baseline`, or `LAYER_POLICY_SKIP`. */
export function reasonOf({ by, until }: Pick<Waived, 'by' | 'until'>): string {
  return until === null ? by : `${by} (waiver until ${until})`;
}

/** Every reason for which findings were let pass, once, in the order of the findings. */
export function letPass(waived: readonly Waived[]): LetPass[] {
  const reasons = new Map<string, LetPass>();
  for (const one of waived) {
    const { rule } = one;
    const by = reasonOf(one);
    const key = `${rule}\0${by}`;
    const known = reasons.get(key);
    if (known) known.times += 1;
    else reasons.set(key, { rule, by, times: 1 });
  }
  return [...reasons.values()];
}

/** A line for each reason: told even where the findings themselves have no room. */
export function letPassLines(found: readonly (Finding | Waived)[]): string[] {
  const waived = found.filter((finding) => 'by' in finding);
  return letPass(waived).map(({ rule, by, times }) => `${count(times, 'finding')} of ${rule} let pass: ${by}`);
}
