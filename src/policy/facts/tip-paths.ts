import type { Fact } from './fact.js';
import { asJudged } from './paths.js';

export const tipPaths: Fact<'tipPaths'> = {
  async learn({ subject }) {
    return (await subject.changes()).filter(({ status }) => status !== 'D').map(asJudged);
  },
};
