import type { ExamplesOf, Facts } from 'layer-policy/rule';
import type rule from './no-layer-copies.js';

const copy = (folder: string, shared: number): Facts['copies'][number] => ({
  folder,
  layer: 'inbox-core',
  source: 'src_v2/inbox_core',
  shared,
  all: 12,
});

export default [
  { name: 'one source', given: { copies: [] }, problems: [] },
  {
    name: 'a build and a backup that were committed',
    given: { copies: [copy('build/lambda/inbox_core', 12), copy('backup/v25/inbox_core', 8)] },
    problems: ['copy', 'copy'],
  },
] satisfies ExamplesOf<typeof rule>;
