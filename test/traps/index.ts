/**
 * What git, its users and hostile repositories do that a gate must not stumble over. The number is the trap's name:
 * tests begin with it, and `covered.test.ts` holds this list and the tests to each other.
 */
export const traps = {
  // A commit.
  1: 'what is staged is judged, and refused',
  2: 'what is staged is judged though the work tree has it right again',
  3: 'what only the work tree has wrong stops nothing, and stays',
  5: '`commit -a` is judged by the index it makes',
  6: '`commit -- path`, `-i` and `-p` are judged by the index they make',
  7: 'what is staged beside a `commit -- path` is not judged with it',
  16: 'a pure rename to a bad name is refused',
  17: 'a link that leads nowhere passes, and contents are never read through one',
  19: 'the first commit is refused, in either object format',
  20: 'the first commit passes, and so does one on an orphan branch',
  24: 'a commit from a sub folder is told in paths from the top',
  25: 'six thousand staged files are judged, and the one bad among them named',
  26: 'binary files pass',
  27: 'VERSION is judged as committed: CR LF in a work tree with autocrlf is none',
  28: 'no setting and no variable of the user changes the answer',
  29: 'a refusal leaves what is not staged alone',
  32: 'what is staged outside of a sparse checkout is judged',

  // Merges, and commits without a pre-commit hook.
  21: 'an amended bad commit is refused at the push',
  22: 'a clean merge that brings something bad is refused',
  38: 'what a cherry-pick, a revert or a rebase brings is refused at the push',
  39: 'what a fast-forward brings is refused at the push',

  // Names.
  9: 'a name is told exactly, and never run',

  // Where a repository is.
  23: 'a linked worktree is judged by its own index',
  33: '`--git-dir` and `--work-tree` from elsewhere are judged',
  91: 'one tree, one answer: index, commit, bare, shallow, worktree, SARIF to the byte',
  92: 'every kind of index and of object store gives the same answer',
  G4: 'in a submodule, a bare repository, behind a linked or separate .git: the same answer',

  // Hooks and their surroundings.
  41: 'a new worktree that never saw `npm install` is judged, or refused loudly',
  42: 'a clone whose node_modules went is refused loudly',
  43: 'a policy that is missing or cannot be read is exit 2, and no commit',
  44: 'the policy that is judged by is the one in the tree',

  40: 'a hook that is killed leaves index, work tree and locks as they were',
  47: 'a held lock stops no check, and none is ever taken: nothing is written',

  // A push.
  50: 'a new branch is refused',
  51: 'an existing branch is refused',
  52: 'one bad ref among many is named, with `--all` and `--mirror` too',
  55: 'what one commit adds and the next removes is named with its commit, and how to rewrite it',
  56: 'a push is judged by its commits, whatever the work tree holds',
  58: 'a branch is deleted at the remote though HEAD is bad',
  60: 'a forced push that takes the bad away passes',
  61: 'a forced push that brings it is refused',
  63: 'a push from a detached HEAD is refused',
  64: 'the first push to an empty remote is refused',
  65: 'a push to a URL is refused',
  66: 'a pure rename to a bad name is refused at the push',
  67: 'a file with blanks and letters of the world is named at the push',
  85: 'a branch named in letters of the world is judged',
  70: 'a branch behind its base passes: what the base has is not its own',
  72: 'without a base branch here a good push passes',
  73: 'without a base branch here a bad push is refused',
  75: 'a merge commit is judged at the push, by what it adds itself too',
  77: 'a push from a linked worktree is judged',
  78: 'a push from a clone of depth one is refused',
  79: 'a push from a clone of depth one passes though the boundary commit has old sins',
  G10: 'branches and tags named like options are refs',
  G15: 'tags, five hundred refs and SHA-256 are each judged right at the push',
  F5: 'what `--no-verify` let in, CI refuses',

  // CI.
  90: 'CI is judged from the right base, or says that it cannot tell',
  94: 'days are counted in UTC, both ends in, whatever clock and zone',

  // Hostile repositories.
  G5: 'programs that the repository config names are not started',
  C2: 'nothing in the repository leads to another policy',
  B1: 'a branch that names itself as the base is judged by the protected one, and so is what is made of it',
  B3: 'a merge and a later commit hide nothing of what came before',
  B4: 'a tag that is called like a base is not taken for it',
  B2: 'a maintenance branch is a base of its own',
  G7: 'a bare repository inside a folder is not entered',
  G8: 'a repository of another user is exit 4, with the words of git',
  G11: 'a tree with `..`, `.git` and its like is refused, and nothing is written',
  G12: 'names that collide are refused',
  G17: 'no moment of a repository makes the check crash',
  G20: 'a git that is missing, dies, says nothing or half is exit 4',
  G22: 'intent to add is no content; a submodule is told as what it is',

  // What files hold, and what is told of it.
  G21: 'a link in the place of a file is refused, and never read through',
  V1: 'a VERSION that two readers may read differently is refused',
  V5: 'a pre-release is no version',
  M1: 'a manifest that is no whole, plain, known document is refused',
  N12: 'a slow reader gets all, one that leaves takes no exit code with it',
  L6: 'many checks at once give one answer and touch no index',
} as const satisfies Record<string, string>;

export type TrapId = `${keyof typeof traps}`;

/** Traps whose outcome the test of another one shows. */
export const shownBy: Record<string, TrapId> = {
  10: '9',
  11: '9',
  12: '9',
  13: '9',
  14: '9',
  57: '56',
  74: '55',
  76: '56',
  G1: '5',
  G2: '7',
  G19: '47',
  N1: '9',
  N2: '9',
  N9: '9',
};

/** Traps that a test elsewhere is about: its file, and the beginning of its title. */
export const elsewhere: Record<string, readonly [file: string, title: string]> = {
  45: ['hooks/shim.test.ts', 'refuses loudly without'],
  46: ['commands/install.test.ts', 'of a folder that others share is refused'],
  G9: ['commands/check.test.ts', '%j exits %i'],
  G18: ['commands/check-ranges.test.ts', 'that a shallow clone cuts off is refused at every stage'],
  N4: ['report/cli.test.ts', 'GitHub would annotate the very files'],
  N7: ['report/any-name.test.ts', '%s is valid'],
  N10: ['report/sarif.test.ts', 'of 30,000 findings keeps the 4,999 worst'],
  N11: ['report/markdown.test.ts', 'a reader sees every name as it is'],
  C1: ['commands/check.test.ts', 'runs no code that a repository brings along'],
  C3: ['config/presets.test.ts', 'is not taken from outside node_modules'],
  C4: ['commands/check.test.ts', 'refuses the policy %s'],
  C6: ['layer/json.test.ts', 'bounds depth, refuses byte order marks'],
  C8: ['commands/check.test.ts', 'refuses the policy %s'],
  C9: ['commands/check.test.ts', 'outside a repository, without a policy, or with two'],
  C10: ['commands/check-base.test.ts', 'holds what the base forbids though the head %s'],
  C11: ['config/load.test.ts', 'a policy named by --config that is a pipe or a folder'],
  M3: ['rules/manifest-truth.test.ts', 'a tree'],
  M5: ['rules/manifest-truth.test.ts', 'an archived zip that is another'],
  M6: ['rules/manifest-truth.test.ts', 'away'],
  R2: ['layer/glob-problem.test.ts', '%j is none: it %s'],
  V4: ['commands/check.test.ts', 'refuses a fall, and a version that the base branch took meanwhile'],
};

/** Traps that no test here is about, and why. */
export const notHere: Record<string, string> = {
  N5: 'there is no HTML report yet',
  R3: 'a policy holds globs and no regular expressions',
};
