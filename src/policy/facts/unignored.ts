import { isIgnored } from '../../layer/gitignore.js';
import type { Fact } from './fact.js';
import { ignoreFilesOf, isIgnoreFile } from './ignore-files.js';

/** One path of each kind that a build leaves behind, and of those the original scripts left. */
const probes = [
  '.build/layers/inbox-core-1.2.3.zip',
  '.build/layers/manifest.json',
  '.build/layers/inbox-core-1.2.3.provenance.json',
  '.build/functions/ingest-1.2.3.zip',
  '.build/workspace/inbox-core/python/inbox_core/__init__.py',
  '.build/registry/local/index.json',
  '.build/layer_build/python/x.py',
  '.build/x',
];

export const unignored: Fact<'unignored'> = {
  dependsOn: isIgnoreFile,
  async learn(look) {
    const files = await ignoreFilesOf(look);
    return probes.filter((probe) => !isIgnored(probe, files));
  },
};
