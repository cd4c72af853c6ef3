import type { Fact } from './fact.js';

export const functionImports: Fact<'functionImports'> = {
  dependsOn: (path, { layers, functions }) =>
    Object.values<{ source: string }>({ ...layers, ...functions }).some(
      ({ source }) => path === source || path.startsWith(`${source}/`),
    ),
  // With it come a reader of Python and the names of its library, which no hook needs.
  learn: async (look) => (await import('./function-imports/learn.js')).learnImports(look),
};
