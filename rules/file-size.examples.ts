import type { ExamplesOf, SizedPath } from 'layer-policy/rule';
import type rule from './file-size.js';

const sized = (path: string, bytes: number): SizedPath => ({ path, mode: '100644', commit: null, bytes });

export default [
  {
    name: 'the limit, inclusive',
    given: { sizes: [sized('data/a.csv', 102_400)] },
    options: { maxKiB: 100 },
    problems: [],
  },
  {
    name: 'one byte more',
    given: { sizes: [sized('data/a.csv', 102_401)] },
    options: { maxKiB: 100 },
    problems: ['tooLarge'],
  },
  {
    name: 'a limit for some files',
    given: { sizes: [sized('data/a.csv', 102_401), sized('data/fixtures/b.csv', 102_401), sized('c.png', 102_401)] },
    options: { maxKiB: 100, paths: ['data/**'], except: ['data/fixtures/**'] },
    problems: ['tooLarge'],
  },
] satisfies ExamplesOf<typeof rule>;
