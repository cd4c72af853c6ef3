import { several } from '../policy/judge.js';
import type { Mending, Verdict } from '../policy/verdict.js';

/** What a reader should know beside the findings, a line each: what was mended, what could not be, and the notices. */
export function asides({ mending, notices }: Verdict): string[] {
  return mending === undefined ? notices : [...fixedLines(mending), ...unfixedLines(mending), ...notices];
}

/** `fixed .build/x, .build/y: taken out of the index, kept on disk` */
export function fixedLines({ fixed }: Mending): string[] {
  return grouped(fixed.map(({ file, what }) => [what, file])).map(
    ([what, files]) => `fixed ${several(files)}: ${what}`,
  );
}

export function unfixedLines({ unfixed }: Mending): string[] {
  return grouped(unfixed.map(({ file, why }) => [why, file])).map(
    ([why, files]) => `not fixed ${several(files)}: ${why}`,
  );
}

function grouped(pairs: [key: string, value: string][]): [key: string, values: string[]][] {
  const groups = new Map<string, string[]>();
  for (const [key, value] of pairs) groups.set(key, [...(groups.get(key) ?? []), value]);
  return [...groups];
}
