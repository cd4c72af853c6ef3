/** What was asked, not what was found: names, revisions, confirmations. */
import type { Catalogue } from './entry.js';

export const asking = {
  usage: { exit: 2, message: '{problem}', hint: 'Run: layer-policy {command} --help' },
  'help-json': { exit: 2, message: '--help is text for people; --json has no document of it.', hint: 'Run: {line}' },
  'unknown-command': { exit: 2, message: "There is no command '{name}'.{nearest}", hint: 'Run: layer-policy --help' },
  'unknown-revision': {
    exit: 2,
    message: "'{rev}' ({flag}) names no commit here.",
    hint: 'Give a commit, branch or tag that this clone has; after a single-branch clone fetch the others first: git fetch origin "+refs/heads/*:refs/remotes/origin/*"',
  },
  'revision-twice': {
    exit: 2,
    message: "'{rev}' ({flag}) is a tag and a branch here, and they are two commits.",
    hint: 'Say which is meant: {flag} {tag}, or {flag} {branch}',
  },
  'unknown-name': {
    exit: 2,
    message: "'{name}' is no {kind} of this policy.{nearest}",
    hint: 'Declared: {declared}',
  },
  'several-targets': {
    exit: 2,
    message: "Environment '{environment}' has several targets, and this takes one.",
    hint: 'Name one of them, as in --env {first}: {targets}',
  },
  'unknown-rule': { exit: 2, message: "There is no rule '{name}'.{nearest}", hint: 'Run: layer-policy rules' },
  'no-commit': {
    exit: 2,
    message: 'There is no commit yet, so there is nothing to judge.',
    hint: 'What git commit would commit now: layer-policy check --stage pre-commit',
  },
  'deletes-needs-yes': {
    exit: 2,
    message: 'This deletes {count} in {environment} for good, and there is no terminal to ask on.',
    hint: 'Review without --delete, then add --yes',
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
} as const satisfies Catalogue;
