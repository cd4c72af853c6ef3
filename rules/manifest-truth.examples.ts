import type { ExamplesOf, Facts } from 'layer-policy/rule';
import type rule from './manifest-truth.js';

type Release = Facts['records']['releases'][number];
const file = 'layer_management/active/inbox-core/manifest.json';
const gitSha = '85bbcf0ddc0ff5c1a9b2a1d2ac1a9d6a4a7a3f10';
const records = (rest: Partial<Release> = {}): Facts['records'] => ({
  releases: [
    {
      ...{ layer: 'inbox-core', key: 'INBOX_CORE_VERSION', file, at: '', version: '1.2.3', gitSha },
      ...{ standing: 'before', versionThere: '1.2.3', versionNow: '1.2.4' },
      tags: [{ name: 'inbox-core-v1.2.3', commit: gitSha }],
      contradictions: [],
      ...rest,
    },
  ],
  removed: [],
});

export default [
  { name: 'released, and raised since', given: { records: records() }, problems: [] },
  {
    name: 'what a clone cannot tell',
    given: { records: records({ standing: 'unknown', versionThere: undefined, tags: [] }) },
    problems: [],
  },
  {
    name: 'adopted from an environment, from a commit that nobody recorded',
    given: { records: records({ gitSha: null, standing: 'unnamed', versionThere: undefined }) },
    problems: [],
  },
  { name: 'a commit that is none', given: { records: records({ standing: 'tree' }) }, problems: ['noCommit'] },
  { name: 'a commit of another branch', given: { records: records({ standing: 'beside' }) }, problems: ['beside'] },
  {
    name: 'a version edited by hand',
    given: { records: records({ version: '1.3.0', tags: [] }) },
    problems: ['version', 'ahead'],
  },
  {
    name: 'a size edited by hand, an archived zip with other bytes',
    given: {
      records: records({
        contradictions: [
          { field: 'size_bytes', here: 1, there: 81920, by: 'the manifest in 85bbcf0' },
          { field: 'size_bytes', here: 1, there: 81920, by: 'layer_management/archive/2026-01/inbox-core-1.2.3.zip' },
        ],
      }),
    },
    problems: ['contradicted', 'archived'],
  },
  {
    name: 'a tag that was moved',
    given: {
      records: records({ tags: [{ name: 'inbox-core-v1.2.3', commit: 'c9d6a4a7a3f1085bbcf0ddc0ff5c1a9b2a1d2ac1' }] }),
    },
    problems: ['tag'],
  },
  {
    name: 'a manifest deleted by hand',
    given: { records: { releases: [], removed: [{ layer: 'inbox-core', file, version: '1.2.3', base: gitSha }] } },
    problems: ['removed'],
  },
] satisfies ExamplesOf<typeof rule>;
