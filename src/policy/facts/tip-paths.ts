import type { Fact } from './fact.js';
import { asJudged, paths } from './paths.js';

export const tipPaths: Fact<'tipPaths'> = {
  async learn(look) {
    if (look.subject.whole) return paths.learn(look);
    return (await look.subject.changes()).filter(({ status }) => status !== 'D').map(asJudged);
  },
};
