import type { ExamplesOf, Requirement, RequirementsFile, RequirementsProblem } from 'layer-policy/rule';
import type rule from './pinned-requirements.js';

const path = 'src_v2/requirements.txt';
const file = (rest: Partial<RequirementsFile>): RequirementsFile => ({
  layer: 'common-deps',
  path,
  exists: true,
  requirements: [],
  requireHashes: false,
  hasLock: false,
  problems: [],
  ...rest,
});
const pinned = (name: string, rest: Partial<Requirement> = {}): Requirement => ({
  name,
  extras: [],
  specifier: '==1.2.3',
  version: '1.2.3',
  marker: '',
  hashes: [],
  line: 1,
  ...rest,
});
const problem = (kind: RequirementsProblem['kind'], what: string): RequirementsProblem => ({
  kind,
  what,
  line: 2,
  lastLine: 2,
});
const sha256 = `sha256:${'0'.repeat(64)}`;

export default [
  {
    name: 'exact versions, and a lock',
    given: {
      requirements: [
        file({ requirements: [pinned('requests'), pinned('PyYAML')] }),
        file({ layer: 'locked', requirements: [pinned('requests', { hashes: [sha256] })], requireHashes: true }),
      ],
    },
    problems: [],
  },
  {
    name: 'a version left open',
    given: {
      requirements: [
        file({ requirements: [pinned('requests', { specifier: '>=2', version: null }), pinned('PyYAML')] }),
      ],
    },
    problems: ['unpinned'],
  },
  {
    name: 'a lock that misses one, as pip would say too',
    given: { requirements: [file({ requirements: [pinned('requests', { hashes: [sha256] }), pinned('idna')] })] },
    problems: ['noHash'],
  },
  {
    name: 'no lock, where the policy asks for one',
    given: { requirements: [file({ requirements: [pinned('requests')] })] },
    options: { hashes: true },
    problems: ['noHash'],
  },
  {
    name: 'a lock beside the requirements, where the policy asks for one',
    given: {
      requirements: [
        file({ requirements: [pinned('requests')], hasLock: true }),
        file({ path: 'src_v2/requirements.lock', requirements: [pinned('requests', { hashes: [sha256] })] }),
      ],
    },
    options: { hashes: true },
    problems: [],
  },
  {
    name: 'another origin',
    given: {
      requirements: [
        file({
          problems: [problem('index', '--extra-index-url'), problem('url', 'requests'), problem('editable', '-e')],
        }),
      ],
    },
    problems: ['index', 'url', 'editable'],
  },
  {
    name: 'what this file alone does not say',
    given: {
      requirements: [
        file({
          problems: [
            problem('include', '-r'),
            problem('option', '--config-settings'),
            problem('unreadable', 'it is not UTF-8'),
          ],
        }),
      ],
    },
    problems: ['include', 'option', 'unreadable'],
  },
  {
    name: 'a file that the policy names and nobody has committed',
    given: { requirements: [file({ exists: false })] },
    problems: ['missing'],
  },
] satisfies ExamplesOf<typeof rule>;
