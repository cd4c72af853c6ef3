import type { Fact } from './fact.js';

export const weakenings: Fact<'weakenings'> = {
  async learn(look) {
    if (look.policyTree === null) return [];
    // Most changes touch nothing of it, and a commit never asks.
    const { isGuarded, weakened } = await import('../weaker/index.js');
    const { policy, policyTree, subject } = look;
    const isWhole = subject.whole || policyTree.commit !== subject.base;
    const changes = isWhole ? [] : await subject.changes();
    return isWhole || changes.some(({ path }) => isGuarded(path, policy)) ? weakened(look, policyTree) : [];
  },
};
