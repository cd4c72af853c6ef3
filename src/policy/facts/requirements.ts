import type { Declarations } from '../../layer/declarations.js';
import type { Fact } from './fact.js';

export const requirements: Fact<'requirements'> = {
  dependsOn: (path, policy) => fromRequirements(policy).some(({ source }) => source === path),
  async learn({ git, policy, subject: { tree } }) {
    // With it comes the parser, which a commit that touches no such file does without.
    const { readRequirements } = await import('../../layer/requirements-file.js');
    const files = await Promise.all(
      fromRequirements(policy).map(async ({ name, source }) => {
        const entry = await tree.entry(source);
        // What is a link or a submodule there is layer-source's word.
        if (!entry?.mode.startsWith('100')) return [];
        return [{ layer: name, path: source, ...(await readRequirements(git, entry)) }];
      }),
    );
    return files.flat();
  },
};

function fromRequirements({ layers }: Declarations) {
  return Object.values(layers).filter(({ build }) => build === 'requirements');
}
