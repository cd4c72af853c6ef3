import type { ExamplesOf, Facts } from 'layer-policy/rule';
import type rule from './layer-layout.js';

const active = 'layer_management/active';
const folder = (name: string, rest: Partial<Facts['layout']['active'][number]> = {}) => ({
  name,
  hasManifest: true,
  hasReadme: true,
  others: [],
  ...rest,
});
const layout = (...folders: Facts['layout']['active']): Facts['layout'] => ({
  active: folders,
  loose: [],
  notFolders: [],
  hasExperimental: false,
});

export default [
  {
    name: 'released, and not released yet',
    given: { layout: layout(folder('inbox-core'), folder('inbox-core', { hasManifest: false })) },
    problems: [],
  },
  {
    name: 'a released function',
    given: { layout: layout(folder('ingest')) },
    problems: [],
  },
  {
    name: 'a build left behind',
    given: { layout: layout(folder('layer_build', { others: ['python/x.py'] })) },
    problems: ['undeclared'],
  },
  {
    name: 'a zip beside the manifest',
    given: { layout: layout(folder('inbox-core', { others: ['old.zip'] })) },
    problems: ['strays'],
  },
  {
    name: 'nobody says what it is for',
    given: { layout: layout(folder('inbox-core', { hasReadme: false })) },
    problems: ['noReadme'],
  },
  {
    name: 'an experiment, and a file in no folder',
    given: { layout: { ...layout(), loose: ['x.zip'], hasExperimental: true } },
    problems: ['strays', 'experimental'],
  },
  {
    name: 'a link in place of a folder',
    given: { layout: { ...layout(), notFolders: [{ path: active, mode: '120000' }] } },
    problems: ['notAFolder'],
  },
] satisfies ExamplesOf<typeof rule>;
