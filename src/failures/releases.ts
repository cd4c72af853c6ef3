/** Plans, registries, and the record of a release. */
import type { Catalogue } from './entry.js';

export const releases = {
  'object-conflict': {
    exit: 3,
    message:
      '{key} is already in {environment} with other bytes ({there}, not {here}). A version is never published twice with two contents.',
    hint: 'Give it a version of its own: layer-policy bump {name} patch',
  },
  'object-absent': {
    exit: 4,
    message: '{key} is not in {environment}.',
    hint: 'Run the release again: it stores what is missing.',
  },
  'version-taken': {
    exit: 3,
    message: '{name} {version} is already released with other bytes ({there}, not {here}).',
    hint: 'Give the new content a version of its own: layer-policy bump {name} patch',
  },
  'registry-invalid': {
    exit: 4,
    message: 'The registry at {path} is damaged: {problem}',
    hint: 'It can be made anew: remove {path} and release by name again.',
  },
  'registry-refused': {
    exit: 2,
    message: '{environment} takes no {what}.',
    hint: 'Correct the name in the policy: letters, digits, - and _ make a layer name, at most 140 of them.',
  },
  'promote-only': {
    exit: 2,
    message: "Environment '{environment}' takes promoted artefacts only (promoteFrom: {from}).",
    hint: 'Release to {from}: layer-policy release --env {from}',
  },
  'artefact-missing': {
    exit: 3,
    message:
      '{name} {version} is needed, but its zip (sha256 {sha256}) is neither in {environment}, nor in .build/, nor in the archive, and its commit does not give it.',
    hint: 'Put it at .build/{key} and run this again.',
  },
  'origin-differs': {
    exit: 2,
    message: 'Targets of {from} do not have the same version of {name}: {found}.',
    hint: 'Bring all of {from} to one first, or take what one of them has: --from {first}',
  },
  'not-recorded': {
    exit: 2,
    message: '{name} {version} is recorded neither in its manifest nor in the archive.',
    hint: 'See what is: layer-policy status --env {environment}. Or release it: layer-policy release {name} --env ENV',
  },
  'nothing-earlier': {
    exit: 2,
    message: 'There is nothing to go back to in {environment}: {problem}',
    hint: 'Name it: layer-policy rollback NAME@VERSION --env {environment}',
  },
  'not-promoted-to': {
    exit: 2,
    message: 'Nothing is promoted to {to}: the policy gives it no "promoteFrom".',
    hint: 'Release or deploy to it: layer-policy deploy --env {to}',
  },
  'not-the-origin': {
    exit: 2,
    message: '{to} takes what was tried in {origin}, not in {from}.',
    hint: 'Run: layer-policy promote --from {origin} --to {to}',
  },
  'not-promoted': {
    exit: 2,
    message: '{name} {version} cannot be taken from {from}: {problem}.',
    hint: 'What is promoted was tried there: layer-policy status --env {from}',
  },
  'origin-drifted': {
    exit: 4,
    message: '{name} {version} is recorded for {from}, but {problem}',
    hint: 'Bring {from} to what is recorded first: layer-policy deploy {name}@{version} --env {from}',
  },
  'plan-otherwise': {
    exit: 2,
    message: '{file} is a plan for {environment}, made with another {words}.',
    hint: 'Give --plan alone, or make the plan anew with --plan-out FILE',
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
    hint: 'Give it up, which brings functions back: layer-policy abort. Then mend it, and run the same again.',
  },
  'record-unfit': {
    exit: 1,
    message: 'The record of this would break the policy: {problem}',
    hint: 'Nothing was done. Mend it, and run the same again.',
  },
  'record-dirty': {
    exit: 4,
    message: 'The release record would overwrite what no commit has: {paths}',
    hint: 'Commit these paths first, or put them aside: git stash push --include-untracked -- {paths}',
  },
  'tag-invalid': {
    exit: 2,
    message: "'{tag}' cannot be the name of a tag.",
    hint: 'Correct the tag template of {name} in the policy, for example "{example}"',
  },
  'tag-taken': {
    exit: 4,
    message: 'Tag {tag} already points to {there}, not to {here}.',
    hint: 'Give the release a version of its own: layer-policy bump {name} patch',
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
  'push-nowhere': {
    exit: 2,
    message: '--push: this clone has no remote to push to. Nothing was written.',
    hint: 'Run: git remote add origin URL, or leave --push out',
  },
  'push-failed': {
    exit: 4,
    message: '{remote} did not take {what}: {problem}',
    hint: 'What is done stays done. Mend what it says (git fetch, and git merge where others were first), then: {command}   and: layer-policy resume',
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
  'arn-unrecorded': {
    exit: 3,
    message: "No layer version of '{name}' is recorded for {environment}.",
    hint: 'Publish it first: layer-policy {how}   (what is recorded where: layer-policy status --env {environment})',
  },
  'release-unknown': {
    exit: 2,
    message:
      '{name} {version} is recorded nowhere within reach: no manifest or archive at HEAD and no registry that was asked has a digest of it.',
    hint: 'See what is recorded: layer-policy status. Ask the environment that has it: layer-policy verify {name}@{version} --env E',
  },
  'commit-absent': {
    exit: 4,
    message: '{name} {version} is recorded to come from commit {commit}, which this clone does not have.',
    hint: 'Run: git fetch --unshallow, or git fetch origin "+refs/*:refs/remotes/origin/*"',
  },
} as const satisfies Catalogue;
