import { isGuarded } from '../weaker/guarded.js';
import type { Fact } from './fact.js';

export const weakenings: Fact<'weakenings'> = {
  async learn(look) {
    if (look.policyTree === null) return [];
    const { policy, policyTree, subject } = look;
    const isWhole = subject.whole || policyTree.commit !== subject.base;
    const changes = isWhole ? [] : await subject.changes();
    if (!isWhole && !changes.some(({ path }) => isGuarded(path, policy))) return [];
    // Most changes touch nothing of it, and a commit never asks.
    return (await import('../weaker/index.js')).weakened(look, policyTree);
  },
};
