import type { Policy } from '../policy/policy.js';
import type { Subject } from '../policy/subject.js';
import type { Env } from '../ports.js';
import type { LoadedConfig } from './load.js';

export async function withPlugins(
  _env: Env,
  _config: LoadedConfig,
  _subject: Pick<Subject, 'stage' | 'tree'>,
): Promise<Policy> {
  throw new Error('todo');
}
