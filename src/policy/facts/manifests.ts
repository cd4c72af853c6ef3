import { readManifest } from '../../layer/manifest.js';
import type { Fact } from './fact.js';

const pattern = /^layer_management\/active\/([^/]+)\/manifest\.json$/;

export const manifests: Fact<'manifests'> = {
  dependsOn: (path) => pattern.test(path),
  async learn({ git, subject: { tree } }) {
    const entries = (await tree.list('layer_management/active')).filter(
      ({ path, mode }) => pattern.test(path) && mode.startsWith('100'),
    );
    const blobs = await git.blobs(entries.map(({ oid }) => oid));
    return entries.map(({ path, oid }) => {
      return readManifest(path, pattern.exec(path)?.[1] ?? '', blobs.get(oid) ?? new Uint8Array());
    });
  },
};
