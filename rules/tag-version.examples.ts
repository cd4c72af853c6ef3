import type { ExamplesOf, ReleaseTag } from 'layer-policy/rule';
import type rule from './tag-version.js';

const tag = (more: Partial<ReleaseTag> = {}): ReleaseTag => ({
  tag: 'inbox-core-v1.2.3',
  name: 'inbox-core',
  key: 'INBOX_CORE_VERSION',
  version: '1.2.3',
  file: 'VERSION',
  commit: '85bbcf0ddc0ff5c1a9b2a1d2ac1a9d6a4a7a3f10',
  found: '1.2.3',
  form: 'annotated',
  was: null,
  ...more,
});

export default [
  { name: 'a tag of a release', given: { releaseTags: [tag()] }, problems: [] },
  { name: 'what CI cannot tell', given: { releaseTags: [tag({ form: 'unknown' })] }, problems: [] },
  {
    name: 'another version',
    given: { releaseTags: [tag({ found: '1.2.2' }), tag({ found: null })] },
    problems: ['version', 'version'],
  },
  { name: 'a plain tag', given: { releaseTags: [tag({ form: 'plain' })] }, problems: ['plain'] },
  {
    name: 'a tag of a file',
    given: { releaseTags: [tag({ form: 'blob', commit: null, found: null })] },
    problems: ['noCommit'],
  },
  {
    name: 'a tag that moves',
    given: { releaseTags: [tag({ was: 'd02ab2190e1464e9c6b8d7b5e1b94e8b9d3f0c11' })] },
    problems: ['moved'],
  },
  {
    name: 'a tag that is taken away',
    given: {
      releaseTags: [
        tag({ form: 'deleted', commit: null, found: null, was: 'd02ab2190e1464e9c6b8d7b5e1b94e8b9d3f0c11' }),
      ],
    },
    problems: ['deleted'],
  },
] satisfies ExamplesOf<typeof rule>;
