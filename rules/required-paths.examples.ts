import type { ExamplesOf } from 'layer-policy/rule';
import type rule from './required-paths.js';

export default [
  { name: 'there', given: { absent: ['docs/other.md'] }, options: { paths: ['LICENSE'] }, problems: [] },
  {
    name: 'not asked for, since there is no Terraform',
    given: { absent: ['infra/**/*.tf', 'infra/README.md'] },
    options: { paths: ['infra/README.md'], when: ['infra/**/*.tf'] },
    problems: [],
  },
  {
    name: 'nobody is responsible',
    given: { absent: ['CODEOWNERS'] },
    options: { paths: ['CODEOWNERS'], because: 'reviews are asked for by it' },
    problems: ['absent'],
  },
  {
    name: 'no test at all',
    given: { absent: ['tests/**/test_*.py'] },
    options: { paths: ['tests/**/test_*.py'] },
    problems: ['unmatched'],
  },
] satisfies ExamplesOf<typeof rule>;
