import {
  defineRule,
  fromTop,
  pathspec,
  type Requirement,
  type RequirementsFile,
  type RequirementsProblem,
  shellWord,
} from 'layer-policy/rule';

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

export default defineRule({
  id: 'pinned-requirements',
  title: 'What a layer is built from is named exactly',
  why: 'A requirement that leaves its version or its origin open gives another layer tomorrow under the version of today.',
  severity: 'error',
  stages: ['pre-commit', 'pre-push', 'ci', 'release', 'all'],
  facts: ['requirements'],
  options: {
    schema: { hashes: { type: 'boolean', description: 'every requirement has its hashes (a lock)' } },
    defaults: { hashes: false },
    stricter: { hashes: 'higher' },
  },
  messages: {
    missing: {
      message: 'this file is not there, and {layer} is built from it',
      hint: 'Commit it: git add -- {spec}; or correct "source" of {layer} in the policy',
    },
    unpinned: {
      message: '{asked} may be another version tomorrow',
      hint: 'Write the one you tested, {name}==X.Y.Z (installed here: python3 -m pip show {name}), or have all written: {pin}',
    },
    noHash: {
      message: '{name} has no hash, and {why}',
      hint: 'Have all hashes written: {lock}',
    },
    index: {
      message: '{what} takes packages from elsewhere than every build does',
      hint: "Where packages come from is the machine's setting. Take it out: {remove}",
    },
    url: {
      message: '{what} is taken from an address or a folder, where other bytes can lie tomorrow',
      hint: 'Name a release of the index, name==X.Y.Z, or take it out: {remove}',
    },
    editable: {
      message: '{what} installs a work tree, which no commit pins',
      hint: 'Make a layer of it with "build": "source", and take it out here: {remove}',
    },
    include: {
      message: '{what} brings in another file, and a change in that file would raise no version',
      hint: 'Put its lines here, then take this one out: {remove}',
    },
    option: {
      message: '{what} is no option a layer is built with',
      hint: 'Take it out: {remove}',
    },
    unreadable: {
      message: '{what}',
      hint: 'Lines are name==1.2.3, with --hash=sha256:… where locked, # comments or blank. See: layer-policy explain pinned-requirements',
    },
  },
  examples: [
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
  ],
  *check({ requirements: files }, { hashes }) {
    for (const { layer, path, exists, requirements, requireHashes, hasLock, problems } of files) {
      if (!exists) {
        yield { message: 'missing', file: path, layer, data: { layer, spec: pathspec(path) } };
        continue;
      }
      const word = shellWord(path);
      for (const { kind, what, line, lastLine } of problems) {
        const lines = line === lastLine ? `${line}` : `${line},${lastLine}`;
        const remove = line === null ? '' : fromTop(`sed -i.bak '${lines}d' -- ${word} && rm -- ${word}.bak`);
        yield { message: kind, file: path, line, layer, about: what, data: { what, remove } };
      }
      const isLocked = requirements.some((requirement) => requirement.hashes.length > 0);
      const why = hashes
        ? 'the policy asks for a lock'
        : requireHashes
          ? '--require-hashes asks for one'
          : isLocked && 'pip takes a file with hashes only when all have one';
      for (const { name, specifier, version, hashes: own, line } of requirements) {
        const place = { file: path, line, layer, about: name };
        const asked = `${name}${specifier}`.slice(0, 100);
        if (version === null)
          yield {
            message: 'unpinned',
            ...place,
            data: { name, asked, pin: fromTop(`uv pip compile ${word} -o ${word}`) },
          };
        if (why && !hasLock && own.length === 0)
          yield {
            message: 'noHash',
            ...place,
            data: { name, why, lock: `layer-policy lock ${shellWord(layer)}` },
          };
      }
    }
  },
});
