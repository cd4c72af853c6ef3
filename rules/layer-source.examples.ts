import type { ExamplesOf, Facts } from 'layer-policy/rule';
import type rule from './layer-source.js';

const source = (path: string, kind: Facts['standIns'][number]['kind']): Facts['standIns'][number] => ({
  path: `src_v2/inbox_core/${path}`,
  kind,
  where: 'in the source of inbox-core',
  layer: 'inbox-core',
});

export default [
  { name: 'plain files', given: { standIns: [] }, problems: [] },
  { name: 'a link to a shared module', given: { standIns: [source('shared.py', 'symlink')] }, problems: ['symlink'] },
  { name: 'a vendored repository', given: { standIns: [source('vendor', 'submodule')] }, problems: ['submodule'] },
  { name: 'a model in LFS', given: { standIns: [source('model.bin', 'lfs-pointer')] }, problems: ['lfs-pointer'] },
  {
    name: 'a link in place of VERSION',
    given: { standIns: [{ path: 'VERSION', kind: 'symlink', where: 'in place of VERSION', layer: null }] },
    problems: ['symlink'],
  },
] satisfies ExamplesOf<typeof rule>;
