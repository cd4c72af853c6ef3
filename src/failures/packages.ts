/** Python packages: what a layer asks for, and where they come from. */
import type { Catalogue } from './entry.js';

export const packages = {
  'requirements-refused': { exit: 3, message: '{file}: {problem}.', hint: '{fix}' },
  'requirements-incomplete': {
    exit: 3,
    message: '{file} does not list all that is needed: {problem}.',
    hint: 'Have everything written, with hashes: layer-policy lock {name}',
  },
  'lock-stale': {
    exit: 3,
    message: '{lock} does not agree with {source}: {problem}.',
    hint: 'Make it anew and commit it: layer-policy lock {name}',
  },
  'package-refused': { exit: 3, message: '{package}: {problem}.', hint: '{fix}' },
  'installer-missing': {
    exit: 4,
    message: 'Neither uv nor a Python with pip is on PATH, so packages cannot be brought.',
    hint: 'Install one: python3 -m ensurepip, or see https://docs.astral.sh/uv/',
  },
  'installer-failed': {
    exit: 4,
    message: '{what} failed: {problem}',
    hint: 'Correct what it names. Where the index has failed, run the same command again later.',
  },
  'index-unreachable': {
    exit: 4,
    message: 'The package index {index} cannot be reached: {problem}',
    hint: 'Check the network and HTTPS_PROXY. An index of your own is named by the variable {variable}.',
  },
  'cache-damaged': {
    exit: 4,
    message: '{path} is not what was kept there.',
    hint: 'Nothing of it was used. Remove the cache and build again: rm -r -- {folder}',
  },
} as const satisfies Catalogue;
