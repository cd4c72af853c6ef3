/** Disks, terminals, signals, and our own faults. */
import type { Catalogue } from './entry.js';

export const machine = {
  'setup-link': {
    exit: 4,
    message: '{path} is a link, so what is written below it would land elsewhere.',
    hint: 'Look where it leads (ls -l {path}) and put a folder in its place.',
  },
  'answer-lost': {
    exit: 4,
    message: 'The answer could not be written whole: {problem}',
    hint: 'Make room where it goes, then run the same command again.',
  },
  'file-system': { exit: 4, message: '{path}: {problem}', hint: '{fix}' },
  'key-unreadable': {
    exit: 2,
    message: '{file} cannot be used as a key: {problem}.',
    hint: 'Make one: openssl genpkey -algorithm ed25519 -out key.pem && openssl pkey -in key.pem -pubout -out key.pub.pem',
  },
  bug: {
    exit: 5,
    message: 'This is a fault of layer-policy, not of your repository: {problem}',
    hint: 'Run again with --verbose and report what it prints.',
  },
  interrupted: { exit: 130, message: 'Interrupted.', hint: 'Run the same command again; it goes on where it stopped.' },
  'workspace-foreign': {
    exit: 4,
    message: "{path} is a {kind}, not a folder: what lies behind it may be somebody else's, so nothing is removed.",
    hint: 'Look where it leads, then remove it: rm -- {path}',
  },
} as const satisfies Catalogue;
