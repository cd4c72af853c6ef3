import type { Fact } from './fact.js';
import { asJudged, ofTree } from './paths.js';

const folder = 'layer_management/archive';

/** All of the archive, since it ages by itself; at the hooks only what is added, so old months never stop a commit. */
export const archive: Fact<'archive'> = {
  async learn({ subject }) {
    if (subject.stage === 'pre-commit' || subject.stage === 'pre-push') {
      const changes = await subject.changes();
      return changes.filter(({ status, path }) => status === 'A' && path.startsWith(`${folder}/`)).map(asJudged);
    }
    const entries = await subject.tree.list(folder);
    return entries.map(ofTree);
  },
};
