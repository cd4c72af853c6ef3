import { type ExamplesOf, judged } from 'layer-policy/rule';
import type rule from './safe-paths.js';

export default [
  {
    name: 'plain names, in any language',
    given: {
      paths: judged('src/été/日本.py', 'docs/１月（案）.md', 'm².py', 'сор.py', 'ρv.csv', '.github/x', 'a.git'),
    },
    problems: [],
  },
  {
    name: 'names that somebody reads as another',
    given: {
      paths: judged('con.txt', 'a\u202eb', 'a\u061cb', 'a\u{e0041}b', 'x. ', 'a\\b', 'line\nbreak', '\uff0ebuild/x'),
    },
    problems: Array.from({ length: 8 }, () => 'unsafe' as const),
  },
  {
    name: 'names that are in trees made by hand only',
    given: { paths: judged('.GIT/config', 'a/../b', 'git~1/x') },
    problems: ['impossible', 'impossible', 'impossible'],
  },
  {
    name: 'two names for one file',
    given: { collisions: [{ path: 'src/A.py', other: 'src/a.py' }] },
    problems: ['collision'],
  },
  {
    name: 'one name for two files',
    given: { collisions: [{ path: 'src/a.py', other: 'src/a.py' }] },
    problems: ['twice'],
  },
] satisfies ExamplesOf<typeof rule>;
