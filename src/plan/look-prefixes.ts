import type { LoadedConfig } from '../config/load.js';
import { targetsOf } from '../layer/environments.js';
import { differing } from './differing.js';
import type { Sync } from './steps/sync.js';
import type { Target } from './target.js';

/** How many keys are named where many are spoken of. */
const shown = 5;

/** What of the environment's "sync" is to be done, and what is to be said of the rest. */
export async function lookAtPrefixes(
  { declarations }: LoadedConfig,
  targets: readonly Target[],
): Promise<{ syncs: Sync[]; notices: string[] }> {
  const syncs: Sync[] = [];
  const notices: string[] = [];
  const all = targets.flatMap(({ environment, registry }) => {
    const { promoteFrom, sync = [] } = environment;
    const [origin] = promoteFrom === undefined ? [] : targetsOf(declarations.environments, promoteFrom);
    return sync.map((one) => ({ one, environment, registry, origin }));
  });
  for (const { one, environment, registry, origin } of all) {
    const { prefix, delete: isDeleting = false } = one;
    if (registry.prefixes === null) {
      notices.push(
        `${prefix} of ${one.from} is not brought to ${one.to}: ${environment.name} is a folder and has no buckets.`,
      );
      continue;
    }
    const account = (of: string | undefined) => (of === undefined ? {} : { account: of });
    const from = { name: one.from, ...account(origin?.account) };
    const to = { name: one.to, ...account(environment.account) };
    const { copies, stale } = await differing(registry.prefixes, { from, to, prefix });
    if (copies.length > 0 || (isDeleting && stale.length > 0)) {
      const numbers = { copies: copies.length, stale: stale.length };
      syncs.push({ kind: 'sync', environment: environment.name, from, to, prefix, delete: isDeleting, ...numbers });
    }
    if (stale.length === 0) continue;
    const more = stale.length > shown ? ` and ${stale.length - shown} more` : '';
    const fate = isDeleting ? 'They are deleted.' : 'They stay: "delete" of this "sync" is not true.';
    notices.push(`Only ${one.to} has ${stale.slice(0, shown).join(', ')}${more}. ${fate}`);
  }
  return { syncs, notices };
}
