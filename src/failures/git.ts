/** git, and what a clone has or lacks. */
import type { Catalogue } from './entry.js';

export const git = {
  'git-missing': { exit: 4, message: 'git was not found.', hint: 'Install git 2.34 or newer and put it on PATH.' },
  'git-failed': { exit: 4, message: 'git {verb} failed: {problem}', hint: '{fix}' },
  'git-identity': {
    exit: 4,
    message: 'git does not know who commits and tags here.',
    hint: 'Run: git config user.name "Your Name" && git config user.email you@example.com',
  },
  'git-signing': {
    exit: 4,
    message: 'Commits or tags are signed here ({setting}), and a test signature failed: {problem}',
    hint: 'Repair the key (git config user.signingKey), or release with --no-commit --no-tag',
  },
  'index-locked': {
    exit: 4,
    message: 'The index is locked ({lock}), so nothing was changed.',
    hint: 'Another git is at work here; when it has ended, run this again. If none is, one was killed: rm {lock}',
  },
  'not-a-repository': {
    exit: 4,
    message: '{cwd} is not inside a git repository.',
    hint: 'Run this in a clone, or name one with --cwd DIR.',
  },
  'no-work-tree': {
    exit: 4,
    message: "{cwd} belongs to a repository without files on disk (a bare one, or git's own folder).",
    hint: 'Run this in a clone, or name one with --cwd DIR.',
  },
  shallow: {
    exit: 4,
    message: 'This clone is shallow, and the commits that {need} are not in it.',
    hint: 'Run: git fetch --unshallow, or in CI check out with full history (fetch-depth: 0)',
  },
  'base-unclear': {
    exit: 4,
    message:
      'Which branch is the protected one is not known here: the policies of {one} and {other} each lead to another, and anybody may have pushed one of them.',
    hint: 'Ask the remote which is its default branch: git remote set-head origin --auto',
  },
  'no-base': {
    exit: 4,
    message: 'No commit to compare with was found: {problem}',
    hint: 'Name one: layer-policy check --from REV',
  },
  'blob-too-large': { exit: 4, message: '{what} is larger than {limit} bytes.', hint: 'Make it smaller.' },
  'object-missing': {
    exit: 4,
    message: 'Object {oid} is not in this clone, and nothing is fetched while it is read.',
    // A filter of the clone would leave out the same again.
    hint: 'A clone that was made with --filter gets the rest by: git fetch --refetch --no-filter',
  },
  'hook-foreign': {
    exit: 4,
    message: 'Hooks cannot be put into {path}: {problem}.',
    hint: '{fix}',
  },
} as const satisfies Catalogue;
