import { pathsAs, pathsOf } from '../../layer/paths.js';
import type { Change, Entry } from '../../ports.js';
import type { JudgedPath } from '../../rule/facts.js';
import type { Fact } from './fact.js';

/** Every path that a judged commit brings; each once as a file, a link or a submodule, with the first commit that brought it. */
export const paths: Fact<'paths'> = {
  async learn({ subject }) {
    if (subject.whole) return pathsAs(await subject.tree.paths(), ofTree);
    const first = new Map<string, JudgedPath>();
    for (const change of await subject.history()) {
      const { path, pathBytes, mode, status } = change;
      if (status === 'D') continue;
      const key = `${mode.slice(0, 3)}\0${path}\0${pathBytes}`;
      if (!first.has(key)) first.set(key, asJudged(change));
    }
    return pathsOf([...first.values()]);
  },
};

export function asJudged({ path, pathBytes, mode, commit }: Entry & Pick<Change, 'commit'>): JudgedPath {
  return pathBytes === undefined ? { path, mode, commit } : { path, pathBytes, mode, commit };
}

/** Where a whole tree is judged, no commit is told from another. */
export function ofTree(entry: Entry): JudgedPath {
  return asJudged({ ...entry, commit: null });
}
