import { type ExamplesOf, judged, pathsOf } from 'layer-policy/rule';
import type rule from './no-build-commits.js';

export default [
  { name: 'the one file that may', given: { paths: judged('.build/README.md', 'src/build/x.py') }, problems: [] },
  {
    name: 'artefacts, in any case and in letters that look the same',
    given: { paths: judged('.build/layers/a.zip', '.BUILD/x', '\uff0ebuild/x', '.bu\u0456ld/x') },
    problems: ['committed', 'committed', 'committed', 'committed'],
  },
  {
    name: 'a link in its place',
    given: { paths: pathsOf([{ path: '.build', mode: '120000', commit: null }]) },
    problems: ['link'],
  },
  {
    name: 'three patterns that miss the workspace',
    given: { unignored: ['.build/workspace/x'] },
    problems: ['notIgnored'],
  },
] satisfies ExamplesOf<typeof rule>;
