import { blobUpTo } from '../../layer/blob.js';
import { isIgnored } from '../../layer/gitignore.js';
import type { Fact } from './fact.js';

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

const ignoreFiles = ['.gitignore', '.build/.gitignore'];

/** Beyond this nobody has written it, and it is read as empty. */
const limit = 1024 * 1024;

/** Judged by the tree's own .gitignore files: what one clone ignores in its private settings protects nobody else. */
export const unignored: Fact<'unignored'> = {
  dependsOn: (path) => ignoreFiles.includes(path),
  async learn({ git, subject: { tree } }) {
    const texts = await Promise.all(
      ignoreFiles.map(async (file) => {
        const entry = await tree.entry(file);
        if (!entry?.mode.startsWith('100')) return '';
        return new TextDecoder().decode((await blobUpTo(git, entry.oid, limit)) ?? new Uint8Array());
      }),
    );
    const [root = '', inner = ''] = texts;
    return probes.filter(
      (probe) =>
        !isIgnored(probe, [
          { folder: '', text: root },
          { folder: '.build', text: inner },
        ]),
    );
  },
};
