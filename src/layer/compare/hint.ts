import type { ApiChanges } from './api-changes.js';
import type { FileChanges } from './file-changes.js';

export type Hint = 'major' | 'minor' | 'patch';

/** How a version should rise by what can be imported; null: nothing changed. Names alone are seen, not what they do. */
export function hintOf({ gone, added }: ApiChanges, { added: more, removed, changed }: FileChanges): Hint | null {
  if (gone.length > 0) return 'major';
  if (added.length > 0) return 'minor';
  return more.length + removed.length + changed.length > 0 ? 'patch' : null;
}
