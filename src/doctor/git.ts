import { isFailure } from '../errors.js';
import { type Answer, type Check, missing, note, ok } from './check.js';

export const git: Check = async ({ programs, git, gitWriter }) => {
  const said = await programs.version('git');
  if (said === null) return [missing('git', 'git is not on PATH', 'Install git: https://git-scm.com/downloads')];
  const answers: Answer[] = [ok('git', said)];
  try {
    answers.push(ok('identity', await gitWriter.identity()));
  } catch (error) {
    if (!isFailure(error)) throw error;
    answers.push(note('identity', `${error.message} Releases are recorded in commits.`, error.hint));
  }
  if (await git.isShallow()) {
    answers.push(
      note('history', 'this clone is shallow; checks of a range need its history', 'Run: git fetch --unshallow'),
    );
  }
  return answers;
};
