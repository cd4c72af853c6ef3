import { type ExamplesOf, judged } from 'layer-policy/rule';
import type rule from './semver-naming.js';

export default [
  {
    name: 'a version in its name',
    given: { paths: judged('layer_management/archive/2026-01/inbox-core-1.2.3.zip', 'docs/slides.zip') },
    problems: [],
  },
  {
    name: 'names that say nothing',
    given: {
      paths: judged(
        'layer_management/archive/2026-01/layer_v6.zip',
        'backup/inbox-core-date-fix.zip',
        'backup/inbox-core-1.2.\uff13.zip',
      ),
    },
    problems: ['misnamed', 'misnamed', 'misnamed'],
  },
  {
    name: 'a fourth number, a pre-release, another name',
    given: {
      paths: judged(
        'inbox-core-1.2.3.4.zip',
        '.build/layers/inbox-core-1.2.3-rc.1.zip',
        '.build/layers/other-1.0.0.zip',
      ),
    },
    problems: ['misnamed', 'misnamed', 'misnamed'],
  },
] satisfies ExamplesOf<typeof rule>;
