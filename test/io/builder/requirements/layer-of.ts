import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../../../../src/commands/build.js';
import { zip } from '../../../../src/io/zip/index.js';
import { runCommand } from '../../../commands/in-process.js';
import type { PackageIndex } from '../../../kit/package-index.js';
import { type Repo, repo } from '../../../kit/repo.js';

/** A repository with one layer, `deps`, of these requirements. */
export function layerOf(requirements: string, index: Pick<PackageIndex, 'url'> | null, more: object = {}): Repo {
  const deps = {
    build: 'requirements',
    source: 'requirements.txt',
    versionKey: 'DEPS',
    layerName: 'deps-{env}',
    runtimes: ['python3.11', 'python3.12'],
    architectures: ['x86_64'],
    natives: 'allow',
    ...more,
  };
  const story = index === null ? repo() : repo().with({ LAYER_POLICY_INDEX_URL: index.url });
  return story.commit('init', {
    '.layerpolicyrc.json': JSON.stringify({ layers: { deps } }),
    'requirements.txt': requirements,
    VERSION: 'DEPS=1.0.0\n',
  });
}

export async function buildIn(story: Repo): Promise<{ sha256: string; gitSha: string; files: Record<string, string> }> {
  const { document } = await runCommand(build, story, ['deps']);
  const bytes = readFileSync(join(story.dir, '.build/layers/deps-1.0.0.zip'));
  const files = (await zip.read(bytes)).map((one) => [one.path, new TextDecoder().decode(one.bytes)]);
  const { layers } = document as { layers: Record<string, { sha256: string; git_sha: string }> };
  return { sha256: layers.deps?.sha256 ?? '', gitSha: layers.deps?.git_sha ?? '', files: Object.fromEntries(files) };
}
