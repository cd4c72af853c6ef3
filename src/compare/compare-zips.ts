import { apiChanges } from '../layer/compare/api-changes.js';
import type { Comparison } from '../layer/compare/comparison.js';
import { packageChanges } from '../layer/compare/distributions.js';
import { fileChanges } from '../layer/compare/file-changes.js';
import { hintOf } from '../layer/compare/hint.js';
import { packageSizes } from '../layer/compare/package-sizes.js';
import type { Env } from '../ports.js';
import { readNames } from './read-names.js';
import { readSide, type Zip } from './read-side.js';

/** Reads both for their digests, then the sources that differ for their names. */
export async function compareZips(
  env: Pick<Env, 'zip' | 'sha256' | 'out'>,
  old: Zip,
  now: Zip,
): Promise<{ comparison: Comparison; notices: string[] }> {
  env.out.progress(`reading ${old.file}`);
  const { side: before, notices } = await readSide(env, old);
  env.out.progress(`reading ${now.file}`);
  const { side: after, notices: more } = await readSide(env, now);
  const files = fileChanges(before, after);

  env.out.progress('reading Python names');
  const changed = files.changed.map((change) => change.after.path);
  const ofBefore = new Set([...changed, ...files.removed.map(({ path }) => path)]);
  const ofAfter = new Set([...changed, ...files.added.map(({ path }) => path)]);
  const offered = await readNames(env, old, before, ofBefore);
  const offers = await readNames(env, now, after, ofAfter);
  env.out.progress('');

  const api = apiChanges(offered.offered, offers.offered);
  const comparison: Comparison = {
    before,
    after,
    files,
    packages: packageChanges(before.distributions, after.distributions),
    api,
    unread: [...new Set([...offered.unread, ...offers.unread])],
    hint: hintOf(api, files),
    sizes: packageSizes(before, after),
  };
  return { comparison, notices: [...notices, ...more] };
}
