import type { PublishedVersion } from '../ports.js';

/** A layer version, and all that keeps it; nothing does: it may go. */
export interface JudgedVersion extends PublishedVersion {
  keptBy: string[];
}

/** ARNs to what names them, in words. */
export type References = ReadonlyMap<string, readonly string[]>;

/** `versions` of one layer, newest first. The newest stays: who has just published it may not have recorded it here yet. */
export function judgeVersions(versions: readonly PublishedVersion[], references: References): JudgedVersion[] {
  return versions.map((one, at) => ({
    ...one,
    keptBy: [...(references.get(one.arn) ?? []), ...(at === 0 ? ['the newest'] : [])],
  }));
}
