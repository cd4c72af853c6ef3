import { failure } from '../../errors.js';
import type { Request, WritingCommand } from '../plan.js';
import type { State } from '../state.js';
import type { RecordContents } from '../steps/contents.js';
import type { StepData } from '../steps/index.js';

interface Titled {
  name: string;
  version: string;
  sha256: string;
  gitSha: string;
}

/** What is written below `layer_management/`, as a commit or, if that is wanted, left in the work tree. */
export function recording(
  command: WritingCommand,
  titled: readonly Titled[],
  contents: RecordContents,
  { branch, commit, environment, date }: State,
  request: Request,
): StepData {
  if (request.commit && branch === null) throw failure('branch-detached', { branch: 'BRANCH' });
  if (!request.commit || branch === null) return { kind: 'write-record', contents };
  const titles = titled.map(({ name, version }) => `${name} ${version}`);
  const body = titled.map(
    ({ name, version, sha256, gitSha }) => `${name}-${version}.zip sha256:${sha256} git:${gitSha}`,
  );
  const why = request.emergency === null ? [] : [`emergency: ${request.emergency}`];
  return {
    kind: 'record',
    branch,
    parent: commit,
    message: `${command}: ${titles.join(', ')} (${environment})\n\n${[...body, ...why].join('\n')}\n`,
    date: seconds(date),
    contents,
    ...(request.emergency !== null && { unjudged: true as const }),
  };
}

export function seconds(date: string): number {
  return Math.floor(Date.parse(date) / 1000);
}
