/** Every way this tool can end other than well: code, what is wrong, how to fix it, exit code. Texts hold `{fields}`. */

/** CONTRACT of the exit codes; `docs/exit-codes.md` says the same to users. */
export const exitCodes = {
  ok: 0,
  refused: 1,
  usage: 2,
  artefact: 3,
  world: 4,
  bug: 5,
  locked: 6,
  incomplete: 7,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const catalogue = {
  usage: { exit: 2, message: '{problem}', hint: 'Run: layer-policy {command} --help' },
  'unknown-command': { exit: 2, message: "There is no command '{name}'.{nearest}", hint: 'Run: layer-policy --help' },
  'unknown-revision': {
    exit: 2,
    message: "'{rev}' ({flag}) names no commit here.",
    hint: 'Give a commit, branch or tag that this clone has; after a single-branch clone fetch the others first: git fetch origin "+refs/heads/*:refs/remotes/origin/*"',
  },
  'no-commit': {
    exit: 2,
    message: 'There is no commit yet, so there is nothing to judge.',
    hint: 'What git commit would commit now: layer-policy check --stage pre-commit',
  },
  'config-missing': {
    exit: 2,
    message: 'There is no policy: .layerpolicyrc.json was found neither in {places}.',
    hint: 'Run: layer-policy init',
  },
  'config-twice': {
    exit: 2,
    message: 'Two policies: {files}. Which one holds would be a guess.',
    hint: 'Keep one of them: git rm -- :/{last}',
  },
  'config-invalid': { exit: 2, message: '{file}: {problems}', hint: '{fix}' },
  'config-unreadable': {
    exit: 2,
    message: '{file}: {problem}',
    hint: 'Name a regular file of at most 1 MiB with --config.',
  },
  'plugin-invalid': {
    exit: 2,
    message: 'plugin {plugin}: {problem}',
    hint: 'Correct the plugin, or take it out of "plugins". How one is written: docs/write-your-own-rule.md',
  },
  'requires-newer': {
    exit: 2,
    message: '{file} asks for layer-policy {range}; this is {version}.',
    hint: 'Run: npm install --save-dev layer-policy@latest',
  },
  'unknown-name': {
    exit: 2,
    message: "'{name}' is no {kind} of this policy.{nearest}",
    hint: 'Declared: {declared}',
  },
  'unknown-rule': { exit: 2, message: "There is no rule '{name}'.{nearest}", hint: 'Run: layer-policy rules' },
  'not-built-here': {
    exit: 2,
    message: "'{name}' is built from {method}, which this version cannot build yet.",
    hint: 'Name the layers to build: {buildable}',
  },
  'target-unavailable': {
    exit: 2,
    message: "Environment '{environment}' has target '{target}', which this version cannot publish to.",
    hint: 'Rehearse with the embedded registry: --env local',
  },
  'version-unreadable': {
    exit: 3,
    message: '{file}: {problem}',
    hint: 'Write one line {key}=X.Y.Z, or run: layer-policy bump {name} 1.0.0',
  },
  'version-file-broken': {
    exit: 3,
    message: '{file}: {problem}',
    hint: 'Repair that by hand first: lines KEY=X.Y.Z, # comments and blank lines, each ended by a newline.',
  },
  'version-backwards': {
    exit: 2,
    message: '{name} is at {from}; {to} does not rise above it.',
    hint: 'Run: layer-policy bump {name} patch',
  },
  'source-missing': {
    exit: 3,
    message: "{source}, the source of '{name}', is not in commit {commit}.",
    hint: 'Commit it, or correct "source" in the policy.',
  },
  'source-unbuildable': { exit: 3, message: "The source of '{name}' cannot be packed: {problem}", hint: '{fix}' },
  'zip-invalid': {
    exit: 3,
    message: '{file} is not a zip this tool trusts: {problem}',
    hint: 'Build it again: layer-policy build {name}',
  },
  'zip-absent': {
    exit: 2,
    message: '{file}: {problem}',
    hint: 'Name a zip that is there: layer-policy validate .build/layers/NAME-X.Y.Z.zip',
  },
  'interpreter-missing': {
    exit: 4,
    message: '{runtime} is not on PATH, so nothing tells whether {file} can be imported by it.',
    hint: 'Install it (for example: uv python install {version}) and put it on PATH, or validate without --import.',
  },
  'artefact-refused': { exit: 3, message: '{file}: {problem}', hint: '{fix}' },
  'manifest-unreadable': {
    exit: 3,
    message: '{file}: {problem}',
    hint: 'Restore the recorded one: git checkout HEAD -- :/{file}',
  },
  'object-conflict': {
    exit: 3,
    message:
      '{key} is already in {environment} with other bytes ({there}, not {here}). A version is never published twice with two contents.',
    hint: 'Give it a version of its own: layer-policy bump {name} patch',
  },
  'version-taken': {
    exit: 3,
    message: '{name} {version} is already released with other bytes ({there}, not {here}).',
    hint: 'Give the new content a version of its own: layer-policy bump {name} patch',
  },
  'registry-invalid': {
    exit: 4,
    message: 'The registry at {path} is damaged: {problem}',
    hint: 'It can be made anew: remove {path} and release again.',
  },
  'registry-refused': {
    exit: 2,
    message: '{environment} takes no {what}.',
    hint: 'Correct the name in the policy: letters, digits, - and _ make a layer name, at most 140 of them.',
  },
  'object-absent': {
    exit: 4,
    message: '{key} is not in {environment}.',
    hint: 'Run the release again: it stores what is missing.',
  },
  'promote-only': {
    exit: 2,
    message: "Environment '{environment}' takes promoted artefacts only (promoteFrom: {from}).",
    hint: 'Release to {from}: layer-policy release --env {from}',
  },
  'previous-missing': {
    exit: 3,
    message:
      '{name} {version} has to be archived, but its zip (sha256 {sha256}) is neither in {environment}, nor in .build/, nor does its commit give it.',
    hint: 'Put it at .build/layers/{file} and run this again.',
  },
  'plan-stale': {
    exit: 4,
    message: 'The plan does not fit any more: {problem}',
    hint: '{fix}',
  },
  'plan-unreadable': {
    exit: 2,
    message: '{file}: {problem}',
    hint: 'Make it anew: layer-policy release … --plan-out {file}',
  },
  'journal-damaged': {
    exit: 4,
    message: 'The journal {path} cannot be read: {problem}',
    hint: 'Look at it, then move it away. The next release adopts whatever is published already.',
  },
  'step-unconfirmed': {
    exit: 4,
    message: 'This was done, but is not there afterwards: {step}',
    hint: 'Look at it, then run: layer-policy resume',
  },
  'record-refused': {
    exit: 1,
    message: 'The record would break the policy, so {branch} was not moved: {problem}',
    hint: 'Mend it, then run: layer-policy resume',
  },
  'git-missing': { exit: 4, message: 'git was not found.', hint: 'Install git 2.34 or newer and put it on PATH.' },
  'git-failed': { exit: 4, message: 'git {verb} failed: {problem}', hint: '{fix}' },
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
  shallow: {
    exit: 4,
    message: 'This clone is shallow, and the commits that {need} are not in it.',
    hint: 'Run: git fetch --unshallow, or in CI check out with full history (fetch-depth: 0)',
  },
  'no-base': {
    exit: 4,
    message: 'No commit to compare with was found: {problem}',
    hint: 'Name one: layer-policy check --from REV',
  },
  'blob-too-large': { exit: 4, message: '{what} is larger than {limit} bytes.', hint: 'Make it smaller.' },
  'object-missing': {
    exit: 4,
    message: 'Object {oid} is not in this clone.',
    hint: 'Run: git fetch --refetch, or clone without --filter',
  },
  'tag-invalid': {
    exit: 2,
    message: "'{tag}' cannot be the name of a tag.",
    hint: 'Correct the tag template of {name} in the policy, for example "{example}"',
  },
  'branch-detached': {
    exit: 4,
    message: 'HEAD is detached, so there is no branch to record the release on.',
    hint: 'Run: git switch {branch}, or release with --no-commit',
  },
  'branch-moved': {
    exit: 4,
    message: '{branch} moved from {expected} to {actual} while this ran.',
    hint: 'Run the same command again.',
  },
  'record-dirty': {
    exit: 4,
    message: 'The release record would overwrite your own changes: {paths}',
    hint: 'Commit or restore these paths first: git checkout HEAD -- {paths}',
  },
  'tag-taken': {
    exit: 4,
    message: 'Tag {tag} already points to {there}, not to {here}.',
    hint: 'Give the release a version of its own: layer-policy bump {name} patch',
  },
  'hook-foreign': {
    exit: 4,
    message: 'Hooks cannot be put into {path}: {problem}.',
    hint: '{fix}',
  },
  'needs-yes': {
    exit: 2,
    message: 'This writes to {environment}, and there is no terminal to ask on.',
    hint: 'Review with --dry-run, then add --yes',
  },
  'unconfirmed-setup': {
    exit: 2,
    message: 'This writes {count} files, and there is no terminal to ask on.',
    hint: 'Look first: layer-policy init --dry-run. Then: layer-policy init --yes',
  },
  'setup-link': {
    exit: 4,
    message: '{path} is a link, so what is written below it would land elsewhere.',
    hint: 'Look where it leads (ls -l {path}) and put a folder in its place.',
  },
  locked: {
    exit: 6,
    message: 'Another run holds the lock: {holder}',
    hint: 'Wait for it. If it is dead, the next run takes the lock over by itself.',
  },
  incomplete: {
    exit: 7,
    message: 'An interrupted plan is in the way: {plan}',
    hint: 'Finish it: layer-policy resume. Or give it up: layer-policy abort',
  },
  'answer-lost': {
    exit: 4,
    message: 'The answer could not be written whole: {problem}',
    hint: 'Make room where it goes, then run the same command again.',
  },
  'file-system': { exit: 4, message: '{path}: {problem}', hint: '{fix}' },
  bug: {
    exit: 5,
    message: 'This is a fault of layer-policy, not of your repository: {problem}',
    hint: 'Run again with --verbose and report what it prints.',
  },
  interrupted: { exit: 130, message: 'Interrupted.', hint: 'Run the same command again; it goes on where it stopped.' },
} as const satisfies Record<string, { exit: ExitCode; message: string; hint: string }>;
