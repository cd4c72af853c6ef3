import { describe, expect, it } from 'vitest';
import { lostChecks } from '../../../../src/policy/weaker/checks/index.js';

const file = '.github/workflows/policy.yml';
const workflow = `name: policy
on:
  pull_request:
    branches: [main]
env:
  COLOR: always
defaults:
  run:
    working-directory: .
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: npm test
  check:
    runs-on: ubuntu-22.04
    container: node:20.1
    env:
      GIT_DEPTH: 0
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - uses: actions/setup-node@v4
        with:
          node-version: 20
      - run: npm ci
      - name: policy
        run: npx layer-policy check --base origin/main
        env:
          TOKEN: x
`;

const told = (before: Record<string, string>, after: Record<string, string>) =>
  lostChecks(new Map(Object.entries(before)), new Map(Object.entries(after))).map(
    ({ kind, line, what, was, is }) => `${kind} ${line}: ${what}: ${was} → ${is}`,
  );

describe('what a check runs with', () => {
  it.each<[string, string, string, string[]]>([
    [
      'fewer commits',
      'fetch-depth: 0',
      'fetch-depth: 1',
      ['unclear 23: with.fetch-depth of layer-policy check: 0 → 1'],
    ],
    [
      'another ref',
      '          fetch-depth: 0',
      '          fetch-depth: 0\n          ref: main',
      ['unclear 24: with.ref of layer-policy check: nothing → main'],
    ],
    [
      'another repository',
      '          fetch-depth',
      '          repository: a/b\n          fetch-depth',
      ['unclear 23: with.repository of layer-policy check: nothing → a/b'],
    ],
    [
      'another folder',
      '          fetch-depth',
      '          path: x\n          fetch-depth',
      ['unclear 23: with.path of layer-policy check: nothing → x'],
    ],
    [
      'another checkout',
      'actions/checkout@v4',
      'evil/checkout@v4',
      ['unclear 21: uses of layer-policy check: actions/checkout@v4 → evil/checkout@v4'],
    ],
    [
      'two checkouts',
      '      - run: npm ci',
      '      - uses: actions/checkout@v4\n        with: { ref: main }\n      - run: npm ci',
      [
        'unclear 27: uses of layer-policy check: nothing → actions/checkout@v4',
        'unclear 28: with of layer-policy check: nothing → { ref: main }',
      ],
    ],
    [
      'its own folder',
      '        run: npx',
      '        working-directory: docs\n        run: npx',
      ['unclear 29: working-directory of layer-policy check: nothing → docs'],
    ],
    [
      'the folder of all',
      'working-directory: .',
      'working-directory: docs',
      ['unclear 9: defaults.run.working-directory of layer-policy check: . → docs'],
    ],
    ['a variable of its own', 'TOKEN: x', 'GIT_DIR: x', ['unclear 31: env.GIT_DIR of layer-policy check: nothing → x']],
    [
      'a variable of its own, before it',
      'run: npx',
      'run: PATH=.:$PATH npx',
      ['unclear 29: what runs with layer-policy check: nothing → PATH=.:$PATH'],
    ],
    [
      'a variable of its job',
      'GIT_DEPTH: 0',
      'NODE_OPTIONS: --require ./x.cjs',
      [
        'unclear 19: env.NODE_OPTIONS of layer-policy check: nothing → --require ./x.cjs',
        'unclear 29: env.GIT_DEPTH of layer-policy check: 0 → nothing',
      ],
    ],
    [
      'a variable of all',
      'COLOR: always',
      'LAYER_POLICY_SKIP: x',
      ['unclear 6: env.LAYER_POLICY_SKIP of layer-policy check: nothing → x'],
    ],
    [
      'a variable for the steps to come',
      'run: npm ci',
      'run: echo PATH=x >> $GITHUB_ENV',
      ['unclear 27: what runs with layer-policy check: nothing → run: echo PATH=x >> $GITHUB_ENV'],
    ],
    [
      'other files',
      'run: npm ci',
      'run: git checkout main -- .',
      ['unclear 27: what runs with layer-policy check: nothing → run: git checkout main -- .'],
    ],
    [
      'another machine',
      'ubuntu-22.04',
      'self-hosted',
      ['unclear 16: runs-on of layer-policy check: ubuntu-22.04 → self-hosted'],
    ],
    [
      'another image',
      'node:20.1',
      'evil/node:20.1',
      ['unclear 17: container of layer-policy check: node:20.1 → evil/node:20.1'],
    ],
    [
      'a job before it',
      '    container',
      '    needs: [test]\n    container',
      ['escape 17: layer-policy check --base origin/main: nothing → needs: [test]'],
    ],
    [
      'another shell',
      '        run: npx',
      "        shell: 'true {0}'\n        run: npx",
      ["escape 29: layer-policy check --base origin/main: nothing → shell: 'true {0}'"],
    ],
    [
      'a key that hides in another way to write it',
      '        run: npx',
      '        "\\x69f": false\n        run: npx',
      ['unclear 29: \\x69f of layer-policy check: nothing → false'],
    ],
    ['a tail far to the right', 'origin/main', `origin/main ${'-v '.repeat(500)} || true`, ['some']],
    [
      'a tail in the next line',
      'origin/main\n',
      'origin/main \\\n          || true\n',
      ['escape 29: layer-policy check --base origin/main: nothing → || true'],
    ],
    ['a tail behind a mark in quotes', 'origin/main\n', "origin/main '# ' || true\n", ['some']],
    [
      'an older tool',
      'npx layer-policy',
      'npx layer-policy@0.1.0',
      ['unclear 29: the version of layer-policy: nothing → 0.1.0'],
    ],
    [
      'a job of the same name',
      'jobs:\n',
      'jobs:\n  check:\n    steps: []\n',
      ['unclear 11: check of layer-policy check: nothing → check:'],
    ],
  ])('%s', (_, from, to, expected) => {
    expect(workflow).toContain(from);
    const found = told({ [file]: workflow }, { [file]: workflow.replace(from, to) });
    if (expected[0] === 'some') expect(found).not.toEqual([]);
    else expect(found).toEqual(expected);
  });

  it.each([
    ['another step', '      - run: npm ci\n', '      - run: npm ci --ignore-scripts\n      - run: npm run lint\n'],
    ['newer actions', '@v4', '@v5'],
    ['a pinned action', 'checkout@v4', 'checkout@11bd71901bbe5b1630ceea73d27597364c9af683'],
    ['a newer Node', 'node-version: 20', 'node-version: 22'],
    ['a newer image', 'node:20.1', 'node:22.1'],
    ['a newer machine', 'ubuntu-22.04', 'ubuntu-24.04'],
    ['a limit of time', '    container', '    timeout-minutes: 5\n    container'],
    ['less permission', 'jobs:', 'permissions:\n  contents: read\njobs:'],
    ['a variable nobody hears', 'TOKEN: x', 'TOKEN: y\n          OTHER: z'],
    ['a comment', 'jobs:\n', '# all of it\njobs: # two\n'],
    ['another name', 'name: policy', 'name: the policy'],
    ['another job', '  test:\n', '  lint:\n    if: false\n    env: { GIT_DIR: x }\n    steps: []\n  test:\n'],
    ['more events', '  pull_request:\n', '  merge_group:\n  pull_request:\n'],
    ['more branches', '[main]', '[main, next]'],
    ['no branches left out', '    branches: [main]\n', ''],
    ['who commits', 'run: npm ci', 'run: git config --global user.name bot'],
  ])('%s says nothing', (_, from, to) => {
    expect(workflow).toContain(from);
    expect(told({ [file]: workflow }, { [file]: workflow.replace(from, to) })).toEqual([]);
  });

  it('what is taken away of a way out says nothing', () => {
    const loose = workflow.replace(
      '    container',
      '    continue-on-error: true\n    if: github.actor\n    needs: test\n    container',
    );
    expect(told({ [file]: loose }, { [file]: workflow })).toEqual([]);
  });
});

describe('scripts that CI calls', () => {
  const byNpm = (script: string, more: object = {}) =>
    JSON.stringify({ scripts: { policy: script, lint: 'biome' }, ...more }, null, 2);
  const ci = (command: string) => `on: [pull_request]\njobs:\n  a:\n    steps:\n      - run: ${command}\n`;
  const check = 'layer-policy check --base origin/main';

  it.each<[string, Record<string, string>, Record<string, string>, string[]]>([
    [
      'emptied',
      { [file]: ci('npm run policy'), 'package.json': byNpm(check) },
      { [file]: ci('npm run policy'), 'package.json': byNpm('true') },
      [`gone null: ${check}: ${check} → nothing`],
    ],
    [
      'emptied, and kept under another name',
      { [file]: ci('npm run policy'), 'package.json': byNpm(check) },
      { [file]: ci('npm run policy'), 'package.json': byNpm('true', { x: { policy: check } }) },
      [`gone null: ${check}: ${check} → nothing`],
    ],
    [
      'loosened',
      { [file]: ci('npm run policy'), 'package.json': byNpm(check) },
      { [file]: ci('npm run policy'), 'package.json': byNpm(`${check} || true`) },
      [`escape 3: ${check}: nothing → || true`],
    ],
    [
      'no longer called',
      { [file]: ci('npm run policy'), 'package.json': byNpm(check) },
      { [file]: ci('npm run lint'), 'package.json': byNpm(check) },
      [`gone null: ${check}: ${check} → nothing`],
    ],
    [
      'called if it is there',
      { [file]: ci('npm run policy'), 'package.json': byNpm(check) },
      { [file]: ci('npm run policy --if-present'), 'package.json': byNpm(check) },
      ['unclear 5: what runs with layer-policy check: nothing → --if-present'],
    ],
    [
      'told more',
      { [file]: ci('npm run policy'), 'package.json': byNpm(check) },
      { [file]: ci('npm run policy -- --rule x'), 'package.json': byNpm(check) },
      ['weaker 3: layer-policy check --rule: nothing → x'],
    ],
    [
      'under another name',
      { [file]: ci('npm run policy'), 'package.json': byNpm(check) },
      { [file]: ci('yarn lint'), 'package.json': byNpm('true').replace('"biome"', `"${check}"`) },
      [],
    ],
    [
      'written out',
      { [file]: ci('npm run policy'), 'package.json': byNpm(check) },
      { [file]: ci(`npx ${check}`), 'package.json': byNpm('true') },
      [],
    ],
    [
      'nobody calls',
      { [file]: ci('npm test'), 'package.json': byNpm(check) },
      { [file]: ci('npm test'), 'package.json': byNpm('true') },
      [],
    ],
    [
      'of a script',
      { [file]: ci('pnpm all'), 'package.json': JSON.stringify({ scripts: { all: 'npm run p', p: check } }) },
      { [file]: ci('pnpm all'), 'package.json': JSON.stringify({ scripts: { all: 'npm run p', p: 'true' } }) },
      [`gone null: ${check}: ${check} → nothing`],
    ],
    [
      'that runs before another',
      { [file]: ci('npm test'), 'package.json': JSON.stringify({ scripts: { pretest: check, test: 'x' } }) },
      { [file]: ci('npm test'), 'package.json': JSON.stringify({ scripts: { test: 'x' } }) },
      [`gone null: ${check}: ${check} → nothing`],
    ],
    [
      'in a circle',
      {
        [file]: ci('npm run a'),
        'package.json': JSON.stringify({ scripts: { a: 'npm run a && npm run a && layer-policy check' } }),
      },
      { [file]: ci('npm run a'), 'package.json': '{}' },
      ['gone null: layer-policy check: layer-policy check → nothing'],
    ],
    [
      'of a Makefile',
      { [file]: ci('make all'), Makefile: `all: lint policy\npolicy:\n\tnpx ${check}\n` },
      { [file]: ci('make all'), Makefile: `all: lint policy\npolicy:\n\t-npx ${check}\n` },
      [`escape 3: ${check}: nothing → || true`],
    ],
    [
      'of a Makefile, left out',
      { [file]: ci('make all'), Makefile: `all: lint policy\npolicy:\n\tnpx ${check}\n` },
      { [file]: ci('make all'), Makefile: `all: lint\npolicy:\n\tnpx ${check}\n` },
      [`gone null: ${check}: ${check} → nothing`],
    ],
    [
      'in a variable of a Makefile',
      { [file]: ci('make policy'), Makefile: `RUN = npx\nPOLICY := $(RUN) ${check}\npolicy:\n\t@$(POLICY)\n` },
      { [file]: ci('make policy'), Makefile: `RUN = npx\nPOLICY := true\npolicy:\n\t@$(POLICY)\n` },
      [`gone null: ${check}: ${check} → nothing`],
    ],
    [
      'with what a variable of a Makefile adds',
      { [file]: ci('make policy'), Makefile: `MORE =\npolicy:\n\tnpx ${check} \${MORE}\n` },
      { [file]: ci('make policy'), Makefile: `MORE =\nMORE += || true\npolicy:\n\tnpx ${check} \${MORE}\n` },
      [`escape 4: ${check}: nothing → || true`],
    ],
    [
      'of a justfile',
      { [file]: ci('just policy'), justfile: `policy:\n  npx ${check}\n` },
      { [file]: ci('just policy'), justfile: 'policy:\n  true\n' },
      [`gone null: ${check}: ${check} → nothing`],
    ],
    [
      'of tox',
      { [file]: ci('tox -e policy'), 'tox.ini': `[testenv:policy]\ncommands =\n  npx ${check}\n` },
      {
        [file]: ci('tox -e policy'),
        'tox.ini': `[testenv:policy]\nignore_outcome = true\ncommands =\n  npx ${check}\n`,
      },
      [`escape 2: ${check}: nothing → ignore_outcome: true`],
    ],
    [
      'in a file',
      { [file]: ci('./ci/check.sh'), 'ci/check.sh': `npx ${check}\n` },
      { [file]: ci('./ci/check.sh'), 'ci/check.sh': `cd x\nnpx ${check}\n` },
      ['unclear 1: what runs with layer-policy check: nothing → cd x'],
    ],
    [
      'in a file that CI includes',
      {
        '.gitlab-ci.yml': 'include:\n  - local: ci/policy.yml\n',
        'ci/policy.yml': `p:\n  script:\n    - npx ${check}\n`,
      },
      {
        '.gitlab-ci.yml': 'include:\n  - local: ci/policy.yml\n',
        'ci/policy.yml': `p:\n  allow_failure: true\n  script:\n    - npx ${check}\n`,
      },
      [`escape 2: ${check}: nothing → allow_failure: true`],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(told(before, after)).toEqual(expected);
  });

  it.each<[string, string, string, string[]]>([
    ['a newer tool', '^1.2.0', '^2.0.0', []],
    ['an older tool', '^1.2.0', '^1.1.0', ['weaker 3: layer-policy in package.json: ^1.2.0 → ^1.1.0']],
    [
      'a tool from elsewhere',
      '^1.2.0',
      'github:evil/x',
      ['unclear 3: layer-policy in package.json: ^1.2.0 → github:evil/x'],
    ],
  ])('%s', (_, was, is, expected) => {
    const at = (version: string) => ({
      'package.json': JSON.stringify({ devDependencies: { 'layer-policy': version } }, null, 2),
    });
    expect(told(at(was), at(is))).toEqual(expected);
  });

  it.each<[string, string, string, string[]]>([
    ['a newer action', 'acme/layer-policy@v1.2.0', 'acme/layer-policy@v1.3.0', []],
    [
      'an older action',
      'acme/layer-policy@v1.2.0',
      'acme/layer-policy@v1.1',
      ['weaker 3: the version of layer-policy: v1.2.0 → v1.1'],
    ],
    [
      'an action of somebody else',
      'acme/layer-policy@v1',
      'evil/layer-policy@v2',
      ['unclear 3: what runs with layer-policy@v1: acme/ → evil/'],
    ],
  ])('%s', (_, was, is, expected) => {
    const at = (uses: string) => ({
      [file]: `jobs:\n  a:\n    steps: [{ uses: x }]\n`.replace(
        'steps: [{ uses: x }]',
        `steps: # x\n      - uses: ${uses}`,
      ),
    });
    expect(told(at(was), at(is)).map((line) => line.replace(/^(\w+) 4/, '$1 3').replace('@v2', '@v1'))).toEqual(
      expected,
    );
  });
});

describe('hooks', () => {
  const framework =
    'repos:\n- repo: https://example.com/acme/layer-policy\n  rev: v1.2.0\n  hooks:\n  - id: layer-policy\n';
  const lefthook =
    'pre-commit:\n  commands:\n    lint:\n      run: biome\n    policy:\n      run: npx layer-policy check --stage pre-commit\n';
  it.each<[string, string, string, string, string[]]>([
    ['a newer framework', '.pre-commit-config.yaml', framework, framework.replace('1.2.0', '1.3.0'), []],
    [
      'an older one',
      '.pre-commit-config.yaml',
      framework,
      framework.replace('1.2.0', '1.1.0'),
      ['weaker 3: rev of layer-policy: v1.2.0 → v1.1.0'],
    ],
    [
      'one that stays out',
      '.pre-commit-config.yaml',
      framework,
      `${framework}    exclude: .*\n`,
      ['escape 6: layer-policy: nothing → exclude: .*'],
    ],
    [
      'one for hands',
      '.pre-commit-config.yaml',
      framework,
      `${framework}    stages: [manual]\n`,
      ['unclear 6: stages of layer-policy: nothing → [manual]'],
    ],
    [
      'lefthook',
      'lefthook.yml',
      lefthook,
      lefthook.replace('    policy:\n', '    policy:\n      skip: true\n'),
      ['escape 6: layer-policy check --stage pre-commit: nothing → skip: true'],
    ],
    [
      'lefthook, another hook',
      'lefthook.yml',
      lefthook,
      lefthook.replace('run: biome', 'run: eslint\n      skip: true'),
      [],
    ],
    [
      'lefthook, at another time',
      'lefthook.yml',
      lefthook,
      lefthook.replace('pre-commit:', 'post-commit:'),
      ['unclear 6: place of layer-policy check: pre-commit.commands.*.run → post-commit.commands.*.run'],
    ],
    [
      'husky',
      '.husky/pre-commit',
      'npx lint-staged\nnpx layer-policy check --stage pre-commit\n',
      'echo Checking: all\nnpm test\nnpx layer-policy check --stage pre-commit\n',
      [],
    ],
    [
      'the hooks themselves',
      'package.json',
      '{"scripts": {"prepare": "layer-policy install"}}',
      '{"scripts": {"prepare": "true"}}',
      ['gone null: layer-policy install: layer-policy install → nothing'],
    ],
    [
      'a hook of package.json',
      'package.json',
      '{"simple-git-hooks": {"pre-commit": "npx layer-policy check"}}',
      '{"simple-git-hooks": {"pre-commit": ""}}',
      ['gone null: layer-policy check: layer-policy check → nothing'],
    ],
  ])('%s', (_, path, before, after, expected) => {
    expect(told({ [path]: before }, { [path]: after })).toEqual(expected);
  });
});

describe('GitLab and others', () => {
  const gitlab = `stages: [test]
variables:
  GIT_DEPTH: 0
before_script:
  - npm ci
.base:
  image: node:20
  tags: [docker]
policy:
  extends: .base
  script:
    - npx layer-policy check
other:
  script:
    - npm test
`;
  const circle = `jobs:
  policy:
    docker:
      - image: cimg/node:20.1
    steps:
      - checkout
      - run: npx layer-policy check
workflows:
  all:
    jobs:
      - policy
`;
  const azure = `pool:
  vmImage: ubuntu-22.04
steps:
- checkout: self
  fetchDepth: 0
- script: npx layer-policy check
`;
  it.each<[string, string, string, string, string, string[]]>([
    [
      'a variable',
      '.gitlab-ci.yml',
      gitlab,
      'GIT_DEPTH: 0',
      'GIT_STRATEGY: none',
      [
        'unclear 3: variables.GIT_STRATEGY of layer-policy check: nothing → none',
        'unclear 12: variables.GIT_DEPTH of layer-policy check: 0 → nothing',
      ],
    ],
    [
      'before it',
      '.gitlab-ci.yml',
      gitlab,
      '  - npm ci',
      '  - exit 0',
      ['escape 5: layer-policy check: nothing → exit 0'],
    ],
    [
      'its base',
      '.gitlab-ci.yml',
      gitlab,
      '  tags: [docker]',
      '  rules: [{ when: never }]',
      [
        'escape 8: layer-policy check: nothing → rules: [{ when: never }]',
        'unclear 12: tags of layer-policy check: [docker] → nothing',
      ],
    ],
    [
      'behind it',
      '.gitlab-ci.yml',
      gitlab,
      '  script:\n    - npx',
      '  after_script:\n    - npx',
      ['unclear 12: place of layer-policy check: *.script → *.after_script'],
    ],
    [
      'when at all',
      '.gitlab-ci.yml',
      gitlab,
      'stages: [test]',
      'stages: [test]\nworkflow:\n  rules:\n    - when: never',
      ['escape 4: layer-policy check: nothing → workflow.rules.when: never'],
    ],
    ['another job', '.gitlab-ci.yml', gitlab, '    - npm test', '    - exit 0\n  when: manual', []],
    [
      'CircleCI: when it runs',
      '.circleci/config.yml',
      circle,
      '      - policy\n',
      '      - policy:\n          filters:\n            branches:\n              only: x\n',
      ['some'],
    ],
    [
      'CircleCI: another job',
      '.circleci/config.yml',
      circle,
      '      - policy\n',
      '      - policy\n      - other:\n          requires: [policy]\n',
      [],
    ],
    ['CircleCI: an image', '.circleci/config.yml', circle, 'cimg/node:20.1', 'cimg/node:22.1', []],
    [
      'Azure: fewer commits',
      'azure-pipelines.yml',
      azure,
      'fetchDepth: 0',
      'fetchDepth: 1',
      ['unclear 5: fetchDepth of layer-policy check: 0 → 1'],
    ],
    ['Azure: another machine', 'azure-pipelines.yml', azure, 'ubuntu-22.04', 'ubuntu-24.04', []],
    [
      'Bitbucket',
      'bitbucket-pipelines.yml',
      'pipelines:\n  default:\n    - step:\n        script:\n          - npx layer-policy check\n',
      '        script:',
      '        condition: { changesets: {} }\n        script:',
      ['escape 4: layer-policy check: nothing → condition: { changesets: {} }'],
    ],
    [
      'Jenkins: elsewhere',
      'Jenkinsfile',
      "stage('a') {\n  steps {\n    sh 'npx layer-policy check'\n  }\n}\n",
      "    sh 'npx layer-policy check'",
      "    dir('x') {\n      sh 'npx layer-policy check'\n    }",
      ["unclear 3: what runs with layer-policy check: nothing → dir('x') {"],
    ],
    [
      'Jenkins: a variable',
      'Jenkinsfile',
      "stage('a') {\n  steps {\n    sh 'npx layer-policy check'\n  }\n}\n",
      '  steps {',
      "  environment {\n    GIT_DIR = 'x'\n  }\n  steps {",
      ["unclear 3: environment.GIT_DIR of layer-policy check: nothing → 'x'"],
    ],
    [
      'CodeBuild: a variable',
      'buildspec.yml',
      'env:\n  variables:\n    A: b\nphases:\n  build:\n    commands:\n      - npx layer-policy check\n',
      'A: b',
      'GIT_DIR: b',
      ['unclear 3: env.variables.GIT_DIR of layer-policy check: nothing → b'],
    ],
  ])('%s', (_, path, text, from, to, expected) => {
    expect(text).toContain(from);
    const found = told({ [path]: text }, { [path]: text.replace(from, to) });
    if (expected[0] === 'some') expect(found).not.toEqual([]);
    else expect(found).toEqual(expected);
  });
});

it.each([
  ['thousands of uses', (n: number) => 'npx layer-policy check\n'.repeat(n)],
  ['deep blocks', (n: number) => Array.from({ length: Math.sqrt(n) }, (_, i) => `${' '.repeat(i)}a:\n`).join('')],
  ['one long line', (n: number) => 'git config '.repeat(n)],
  ['many long lines', (n: number) => `${'i : git config layer-policy '.repeat(30)}\n`.repeat(n / 40)],
])('%s end', (_, text) => {
  const before = { [file]: workflow };
  expect(told(before, { [file]: text(10_000) })).not.toEqual([]);
});

it('scripts that call each other many times end', () => {
  const scripts = Object.fromEntries(
    Array.from({ length: 50 }, (_, i) => [`s${i}`, `npm run s${i + 1} && npm run s${i + 1}`]),
  );
  const after = {
    [file]: workflow.replace('npx layer', 'npm run s0; npx layer'),
    'package.json': JSON.stringify({ scripts }),
  };
  expect(told({ [file]: workflow }, after)).not.toEqual([]);
});
