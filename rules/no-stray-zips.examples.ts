import { type ExamplesOf, judged } from 'layer-policy/rule';
import type rule from './no-stray-zips.js';

const archive = 'layer_management/archive/';

export default [
  {
    name: 'the archive, a folder called zip, and what no-build-commits speaks of',
    given: { paths: judged(`${archive}2026-01/inbox-core-1.2.3.zip`, 'docs.zip/a.md', '.build/layers/a.zip') },
    problems: [],
  },
  {
    name: 'a test needs one',
    given: { paths: judged('tests/data/feed.zip') },
    options: { allow: ['tests/**'] },
    problems: [],
  },
  {
    name: 'zips in any spelling, beside manifests too',
    given: { paths: judged('backup/src.ZIP', 'layer_management/active/inbox-core/inbox-core-1.2.3.zip') },
    problems: ['stray', 'stray'],
  },
] satisfies ExamplesOf<typeof rule>;
