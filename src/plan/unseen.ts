import type { Env, Oid } from '../ports.js';

const mostNamed = 3;

/** What is in the way of who wonders why a release does not do what the work tree shows: it sees commits alone. */
export async function unseen(
  { gitWriter }: Pick<Env, 'gitWriter'>,
  commit: Oid,
  paths: readonly string[],
): Promise<string[]> {
  const changed = await gitWriter.uncommitted([...new Set(paths)]);
  if (changed.length === 0) return [];
  const named = changed.slice(0, mostNamed).join(', ');
  const more = changed.length > mostNamed ? ` and ${changed.length - mostNamed} more` : '';
  return [`commit ${commit.slice(0, 12)} is what is released; uncommitted changes are not seen: ${named}${more}`];
}
