/** Old artefacts on their way out of the repository. */
import type { Catalogue } from './entry.js';

export const archive = {
  'archive-nowhere': {
    exit: 2,
    message: 'There is nowhere to move old artefacts to: {problem}.',
    hint: 'Give the policy "bucket" under "archive" and an environment with target aws, or name a folder: layer-policy archive --older-than {days} --to DIR',
  },
  'archive-inside': {
    exit: 2,
    message: '{folder} lies in the repository itself ({root}), so what is moved there would not leave it.',
    hint: 'Give a folder elsewhere: --to ../archive',
  },
  'archive-conflict': {
    exit: 3,
    message: '{place} holds other bytes ({there}, not {here}). Nothing is overwritten, and nothing was removed here.',
    hint: 'Look at both. Then move the other one away, or archive to another place: --to DIR',
  },
  'archive-strange': {
    exit: 3,
    message: '{path} is {problem}, so it cannot be moved to the archive.',
    hint: '{fix}',
  },
  'archive-referenced': {
    exit: 3,
    message:
      '{path} is the only copy of {name} {version}, which {environment} {how}: {key} with these bytes is not in {environment}.',
    hint: 'Give {environment} its copy first: {fix}',
  },
} as const satisfies Catalogue;
