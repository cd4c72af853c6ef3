import type { Environment } from '../layer/declarations.js';
import { environmentOf } from '../layer/environments.js';

/** The command that brings an artefact to an environment, recorded: `promote core --from dev --to stage`. */
export function bringing(name: string, { name: target, promoteFrom }: Environment): string {
  const environment = environmentOf(target);
  if (promoteFrom !== undefined) return `promote ${name} --from ${promoteFrom} --to ${environment}`;
  return `release ${name} --env ${environment}${environment === 'local' ? ' --record' : ''}`;
}
