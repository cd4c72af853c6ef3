import { failure } from '../../errors.js';
import type { Request, WritingCommand } from '../plan.js';
import type { State } from '../state.js';
import type { RecordContents } from '../steps/contents.js';
import type { StepData } from '../steps/index.js';
import type { Record } from '../steps/record.js';
import type { WriteRecord } from '../steps/write-record.js';

interface Titled {
  /** After its version, where it is not the whole environment. */
  where?: string;
  name: string;
  version: string;
  sha256: string;
  gitSha: string | null;
}

/** What is written below `layer_management/`, as a commit or, if that is wanted, left in the work tree. */
export function recording(
  command: WritingCommand,
  titled: readonly Titled[],
  contents: RecordContents,
  state: State,
  request: Request,
): StepData {
  const titles = titled.map(({ name, version, where = '' }) => `${name} ${version}${where}`);
  const body = titled.map(
    ({ name, version, sha256, gitSha }) => `${name}-${version}.zip sha256:${sha256} git:${gitSha ?? 'unknown'}`,
  );
  const why = request.emergency === null ? [] : [`emergency: ${request.emergency}`];
  const title = `${command}: ${titles.join(', ')} (${state.environment})`;
  const unjudged = request.emergency !== null && { unjudged: true as const };
  return { ...recordingAs(title, [...body, ...why], contents, state, request), ...unjudged };
}

/** The same under any title. Fails with `branch-detached` where a commit is wanted and there is no branch. */
export function recordingAs(
  title: string,
  body: readonly string[],
  contents: RecordContents,
  { branch, commit, date }: Pick<State, 'branch' | 'commit' | 'date'>,
  request: Request,
): Record | WriteRecord {
  if (request.commit && branch === null) throw failure('branch-detached', { branch: 'BRANCH' });
  if (!request.commit || branch === null) return { kind: 'write-record', contents };
  const message = `${title}\n\n${body.join('\n')}\n`;
  return { kind: 'record', branch, parent: commit, message, date: seconds(date), contents };
}

export function seconds(date: string): number {
  return Math.floor(Date.parse(date) / 1000);
}
