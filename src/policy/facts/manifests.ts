import type { ManifestFile } from '../../layer/manifest.js';
import { manifestText } from '../../layer/manifest-version.js';
import { activeFolder, manifestLayer } from '../../layer/names.js';
import type { Entry, Git } from '../../ports.js';
import type { Fact } from './fact.js';

export const manifests: Fact<'manifests'> = {
  dependsOn: (path) => manifestLayer(path) !== null,
  async learn({ git, subject: { tree } }) {
    const entries = (await tree.list(activeFolder)).filter(({ path }) => manifestLayer(path) !== null);
    return Promise.all(entries.map((entry) => manifestAt(git, entry)));
  },
};

export async function manifestAt(git: Git, { path, mode, oid }: Entry): Promise<ManifestFile> {
  // With it comes the compiled schema, which a commit that touches no manifest does without.
  const { judgeManifest } = await import('../../layer/manifest.js');
  const layer = manifestLayer(path) ?? '';
  const isFile = mode.startsWith('100');
  const text = isFile ? await manifestText(git, oid) : null;
  if (text !== null) return judgeManifest(path, layer, text);
  const link = `it is a ${mode === '120000' ? 'symbolic link' : 'submodule'}, not a file`;
  const what = isFile ? 'it is larger than 1 MiB' : link;
  return { path, layer, manifest: null, problems: [{ kind: 'json', field: '', line: null, what }] };
}
