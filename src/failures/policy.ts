/** The policy and the plugins it names. */
import type { Catalogue } from './entry.js';

export const policy = {
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
} as const satisfies Catalogue;
