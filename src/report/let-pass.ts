import type { Waived } from '../policy/waive.js';

export interface LetPass {
  rule: string;
  /** The waiver's reason, `baseline`, or `LAYER_POLICY_SKIP`. */
  by: string;
  times: number;
}

/** Every reason for which findings were let pass, once, in the order of the findings. */
export function letPass(waived: readonly Waived[]): LetPass[] {
  const reasons = new Map<string, LetPass>();
  for (const { rule, by } of waived) {
    const key = `${rule}\0${by}`;
    const known = reasons.get(key);
    if (known) known.times += 1;
    else reasons.set(key, { rule, by, times: 1 });
  }
  return [...reasons.values()];
}
