import { managementFolder } from '../../layer/names.js';
import type { Fact } from './fact.js';

export const copies: Fact<'copies'> = {
  dependsOn: (path) => !path.startsWith(`${managementFolder}/`),
  async learn({ policy, subject: { tree } }) {
    if (!Object.values(policy.layers).some(({ build }) => build === 'source')) return [];
    // No hook asks for it.
    const { findCopies } = await import('../../layer/copies.js');
    return findCopies(await tree.list(''), policy);
  },
};
