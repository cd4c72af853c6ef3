import { isIgnored } from '../../layer/gitignore.js';
import type { Fact } from './fact.js';
import { ignoreFilesOf, isIgnoreFile } from './ignore-files.js';

/** One path of each kind that the archive holds, and the folder that it is in. */
const probes = ['', 'archive/2026-01/inbox-core-1.2.3.zip', 'archive/2026-01/manifest.json', 'archive/.gitkeep'].map(
  (path) => `layer_management/${path}`,
);

export const hidden: Fact<'hidden'> = {
  dependsOn: isIgnoreFile,
  async learn(look) {
    const files = await ignoreFilesOf(look);
    return probes.filter((probe) => isIgnored(probe, files));
  },
};
