import type { LoadedConfig } from '../config/load.js';
import { failure } from '../errors.js';
import type { Declarations } from '../layer/declarations.js';
import { targetOf, targetsOf } from '../layer/environments.js';
import type { Env, Store } from '../ports.js';
import type { Request } from './plan.js';

/**
 * The target by whose credentials, account and region the archive bucket is reached: the policy's word, of an environment
 * with several its first, else the first in AWS. A folder needs none.
 */
export function archiveEnvironment(
  { archive, environments }: Declarations,
  asked: { olderThan: number; to: string | null },
) {
  if (asked.to !== null) return 'local';
  const nowhere = (problem: string) => failure('archive-nowhere', { problem, days: String(asked.olderThan) });
  if (archive.bucket === undefined) throw nowhere('the policy names no archive bucket');
  const [chosen] =
    archive.environment === undefined
      ? Object.values(environments).filter(({ target }) => target === 'aws')
      : targetsOf(environments, archive.environment);
  if (chosen === undefined)
    throw nowhere('no environment is in AWS, so nobody knows by what account the bucket is reached');
  if (chosen.target !== 'aws') throw nowhere(`"archive" names environment '${chosen.name}', which is a folder`);
  return chosen.name;
}

export async function storeOf(
  env: Env,
  { declarations }: LoadedConfig,
  { archive, environment }: Request,
): Promise<Store> {
  if (archive === undefined) throw failure('bug', { problem: 'only archive has a place to move to' });
  const { olderThan, to } = archive;
  if (to !== null) return env.store({ folder: to });
  archiveEnvironment(declarations, { olderThan, to });
  const { bucket = '', prefix } = declarations.archive;
  return env.store({ environment: targetOf(declarations.environments, environment), bucket, prefix });
}
