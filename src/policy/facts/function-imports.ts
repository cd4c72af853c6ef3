import type { Fact } from './fact.js';

export const functionImports: Fact<'functionImports'> = {
  dependsOn: (path, { layers, functions }) =>
    Object.values<{ source: string }>({ ...layers, ...functions }).some(
      ({ source }) => path === source || path.startsWith(`${source}/`),
    ),
  // With it come a reader of Python and the names of its library, which no hook needs.
  async learn(look) {
    if (Object.keys(look.policy.functions).length === 0) return [];
    return (await import('./function-imports/learn.js')).learnImports(look);
  },
};
