import { failure } from '../../errors.js';
import { bringAlong, differing, type Pair } from '../differing.js';
import type { StepKind, World } from '../step.js';

export interface Sync extends Pair {
  kind: 'sync';
  environment: string;
  /** Whether what the origin does not have is deleted. */
  delete: boolean;
  /** As the plan saw it, for people. */
  copies: number;
  stale: number;
}

/**
 * Makes a prefix of one bucket what it is in another. It is one step however many objects there are: what is still to do is
 * found by listing both sides, so that thousands of objects need no line each in the journal.
 */
export const sync: StepKind<Sync> = {
  name: ({ from, to, prefix }) => `sync ${from.name} ${to.name} ${prefix}`,
  describe: (data) => {
    const stale = data.delete && data.stale > 0 ? `, ${data.stale} to delete` : '';
    return `bring ${data.prefix} of ${data.from.name} to ${data.to.name}: ${data.copies} to copy${stale}`;
  },
  async probe(data, world) {
    const { copies, stale, objects } = await differing(prefixesOf(data, world), data);
    return copies.length > 0 || (data.delete && stale.length > 0) ? null : { objects, stale: stale.length };
  },
  async act(data, world) {
    const prefixes = prefixesOf(data, world);
    const found = await differing(prefixes, data);
    const of = found.copies.length;
    await bringAlong(prefixes, data, found, (done) => world.moved({ done, of, unit: 'objects' }));
    if (data.delete) await prefixes.remove(data.to, found.stale);
  },
  confirm: (data, world) => sync.probe(data, world),
  undo: null,
};

function prefixesOf({ environment }: Sync, world: World) {
  const { registry } = world.at(environment);
  if (registry.prefixes === null) throw failure('bug', { problem: `${environment} has no buckets to sync` });
  return registry.prefixes;
}
