import { readManifest } from '../../layer/manifest.js';
import type { Fact } from './fact.js';

const pattern = /^layer_management\/active\/([^/]+)\/manifest\.json$/;

export const manifests: Fact<'manifests'> = {
  dependsOn: (path) => pattern.test(path),
  async learn({ git, subject: { tree } }) {
    const entries = (await tree.list('layer_management/active')).filter(({ path }) => pattern.test(path));
    return Promise.all(
      entries.map(async ({ path, mode, oid }) => {
        const layer = pattern.exec(path)?.[1] ?? '';
        if (mode.startsWith('100')) return readManifest(path, layer, await git.blob(oid));
        const what = `it is a ${mode === '120000' ? 'symbolic link' : 'submodule'}, not a file`;
        return { path, layer, manifest: null, problems: [{ kind: 'json' as const, field: '', line: null, what }] };
      }),
    );
  },
};
