import type { Change } from '../../ports.js';
import type { JudgedPath } from '../../rule/facts.js';
import type { Fact } from './fact.js';

/** Every path that a judged commit brings; each once as a file, a link or a submodule, with the first commit that brought it. */
export const paths: Fact<'paths'> = {
  async learn({ subject }) {
    const first = new Map<string, JudgedPath>();
    for (const change of await subject.history()) {
      const kind = change.mode.slice(0, 3);
      const key = [kind, change.path, change.pathBytes].join('\0');
      if (change.status !== 'D' && !first.has(key)) first.set(key, asJudged(change));
    }
    return [...first.values()];
  },
};

export function asJudged({ path, pathBytes, mode, commit }: Change): JudgedPath {
  return { path, mode, commit, ...(pathBytes !== undefined && { pathBytes }) };
}
