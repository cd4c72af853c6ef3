import type { Declarations } from '../../layer/declarations.js';
import { lockPath } from '../../layer/packages/lock-path.js';
import type { Entry } from '../../ports.js';
import type { Fact } from './fact.js';

export const requirements: Fact<'requirements'> = {
  dependsOn: (path, policy) =>
    fromRequirements(policy).some(({ source }) => source === path || lockPath(source) === path),
  async learn({ git, policy, subject: { tree } }) {
    const layers = fromRequirements(policy);
    if (layers.length === 0) return [];
    // With it comes the parser, which a commit that touches no such file does without.
    const { readRequirements } = await import('../../layer/requirements-file.js');
    const files = await Promise.all(
      layers.map(async ({ name, source }) => {
        const [own, lock] = await Promise.all([source, lockPath(source)].map((path) => tree.entry(path)));
        // What is a link or a submodule there is layer-source's word.
        const read = async (entry: Entry, hasLock: boolean) =>
          entry.mode.startsWith('100')
            ? [{ layer: name, path: entry.path, exists: true, hasLock, ...(await readRequirements(git, entry)) }]
            : [];
        const hasLock = lock != null;
        const none = { layer: name, path: source, exists: false, hasLock, requirements: [], requireHashes: false };
        return Promise.all([
          own == null ? [{ ...none, problems: [] }] : read(own, hasLock),
          ...(hasLock ? [read(lock, false)] : []),
        ]);
      }),
    );
    return files.flat(2);
  },
};

function fromRequirements({ layers }: Declarations) {
  return Object.values(layers).filter(({ build }) => build === 'requirements');
}
