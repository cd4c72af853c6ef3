/** Layers and what is made of them: sources, versions, zips, manifests. */
import type { Catalogue } from './entry.js';

export const artefacts = {
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
  'function-unfit': { exit: 3, message: "{source}, the source of '{name}', {problem}.", hint: '{fix}' },
  'zip-invalid': {
    exit: 3,
    message: '{file} is not a zip this tool trusts: {problem}',
    hint: 'Build it again: layer-policy build {name}',
  },
  'zip-absent': {
    exit: 2,
    message: '{file}: {problem}',
    hint: 'Name a zip that is there, for example .build/layers/NAME-X.Y.Z.zip',
  },
  'zip-refused': {
    exit: 3,
    message: '{file} is not a zip to compare with: {problem}',
    hint: 'All that is wrong with it: layer-policy validate {word}',
  },
  'artefact-nowhere': {
    exit: 2,
    message: '{name} {version} is neither in the archive at HEAD, nor in the registry of local, nor in .build/.',
    hint: 'Build it from its tag: layer-policy build {name} --ref TAG',
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
    hint: `Commit it as it was recorded: git checkout "$(git log -1 --format=%H -E --grep='^(release|deploy|promote|rollback|adopt): ' -- :/{file})" -- :/{file}   What people wrote there by hand, layer-policy init mends.`,
  },
} as const satisfies Catalogue;
