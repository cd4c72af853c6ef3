import type { ExamplesOf, Facts } from 'layer-policy/rule';
import type rule from './readme-on-major.js';

const rise = (readme: string | null, rest: Partial<Facts['majors'][number]> = {}): Facts['majors'][number] => ({
  layer: 'inbox-core',
  key: 'INBOX_CORE_VERSION',
  readmePath: 'layer_management/active/inbox-core/README.md',
  now: { version: '2.0.0', readme },
  before: { version: '1.4.2', readme: 'a' },
  since: 'in 85bbcf0',
  ...rest,
});

export default [
  { name: 'a README that changed', given: { majors: [rise('b')] }, problems: [] },
  {
    name: 'a README that is new',
    given: { majors: [rise('b', { before: { version: '0.9.0', readme: null } })] },
    problems: [],
  },
  { name: 'the README of the version before', given: { majors: [rise('a')] }, problems: ['unchanged'] },
  { name: 'no README', given: { majors: [rise(null)] }, problems: ['missing'] },
] satisfies ExamplesOf<typeof rule>;
