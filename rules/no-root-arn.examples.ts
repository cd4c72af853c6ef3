import { type ExamplesOf, judged } from 'layer-policy/rule';
import type rule from './no-root-arn.js';

export default [
  {
    name: 'words that only contain the letters',
    given: { paths: judged('warnings.txt', 'learn.txt', 'docs/arn.txt') },
    problems: [],
  },
  {
    name: 'ARN files, in any spelling',
    given: { paths: judged('inbox_core_layer_arn.txt', 'ARN.txt', 'layer-arn.v2.txt', 'core_\uff41rn.txt') },
    problems: ['file', 'file', 'file', 'file'],
  },
  {
    name: 'an ARN in a note, where contents are judged',
    given: {
      rootTexts: [
        { path: 'NOTES.md', text: 'use\narn:aws:lambda:eu-west-3:123456789012:layer:acme-inbox-core-dev:42' },
      ],
    },
    options: { contents: true },
    problems: ['content'],
  },
] satisfies ExamplesOf<typeof rule>;
