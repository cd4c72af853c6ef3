import type { ExamplesOf, Facts } from 'layer-policy/rule';
import type rule from './version-file.js';

const file = (rest: Partial<Facts['versionFile']>): Facts['versionFile'] => ({
  path: 'VERSION',
  exists: true,
  problems: [],
  declared: [{ name: 'inbox-core', key: 'INBOX_CORE_VERSION', value: '1.2.3', line: 1 }],
  missingVersioned: [],
  ...rest,
});

export default [
  { name: 'one line a key', given: { versionFile: file({}) }, problems: [] },
  { name: 'not there', given: { versionFile: file({ exists: false }) }, problems: ['missing'] },
  {
    name: 'appended to instead of edited',
    given: { versionFile: file({ problems: [{ line: 3, problem: 'duplicate-key', key: 'INBOX_CORE_VERSION' }] }) },
    problems: ['format'],
  },
  {
    name: 'saved by an editor with habits of its own',
    given: {
      versionFile: file({
        problems: [
          { line: 1, problem: 'bom' },
          { line: 1, problem: 'carriage-return' },
        ],
      }),
    },
    problems: ['format', 'format'],
  },
  {
    name: 'a key forgotten, a pre-release',
    given: {
      versionFile: file({
        declared: [
          { name: 'inbox-core', key: 'INBOX_CORE_VERSION', value: null, line: null },
          { name: 'ingest', key: 'INGEST_VERSION', value: '1.5.0-rc.1', line: 2 },
        ],
      }),
    },
    problems: ['noKey', 'notAVersion'],
  },
  {
    name: 'a versioned key forgotten',
    given: { versionFile: file({ missingVersioned: ['CANONICAL_VERSION'] }) },
    problems: ['noVersionedKey'],
  },
] satisfies ExamplesOf<typeof rule>;
