import type { Oid } from '../../ports.js';
import type { Look } from '../subject.js';

/** What a merge brings in while it is no commit yet; a commit has its merge behind it. */
export async function mergingOf({ git, subject }: Pick<Look, 'git' | 'subject'>): Promise<Oid[]> {
  return subject.head === null && !subject.whole ? git.merging() : [];
}
