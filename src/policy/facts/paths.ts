import type { Change } from '../../ports.js';
import type { JudgedPath } from '../../rule/facts.js';
import type { Fact } from './fact.js';

/** Every path that a judged commit brings; each path once, with the first commit that brought it. */
export const paths: Fact<'paths'> = {
  async learn({ subject }) {
    const first = new Map<string, JudgedPath>();
    for (const change of await subject.history()) {
      const key = change.pathBytes ?? change.path;
      if (change.status !== 'D' && !first.has(key)) first.set(key, asJudged(change));
    }
    return [...first.values()];
  },
};

export function asJudged({ path, pathBytes, mode, commit }: Change): JudgedPath {
  return { path, mode, commit, ...(pathBytes !== undefined && { pathBytes }) };
}
