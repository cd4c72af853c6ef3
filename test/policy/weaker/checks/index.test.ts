import { describe, expect, it } from 'vitest';
import { lostChecks } from '../../../../src/policy/weaker/checks/index.js';

const workflow = `name: policy
on:
  pull_request:
  push: # main
    branches: [main]
jobs:
  layer-policy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with: { fetch-depth: 0 }
      - name: layer-policy
        run: npx layer-policy check --base origin/main --max-warnings 3
      - run: npm test || true
`;

const told = (before: string, after: string | null, file = '.github/workflows/policy.yml') =>
  lostChecks(new Map([[file, before]]), new Map(after === null ? [] : [[file, after]])).map(
    ({ kind, line, what, was, is }) => `${kind} ${line}: ${what}: ${was} → ${is}`,
  );

const check = 'layer-policy check --base origin/main --max-warnings 3';

describe('a workflow', () => {
  it.each<[string, (text: string) => string]>([
    ['as it was', (text) => text],
    ['that runs on more', (text) => text.replace('on:\n', 'on:\n  merge_group:\n')],
    ['with another name for the step', (text) => text.replace('name: layer-policy', 'name: check')],
    ['with another name for the job', (text) => text.replace('  layer-policy:\n', '  policy:\n')],
    ['with another way to start it', (text) => text.replace('npx', 'npm exec --')],
    ['with another report', (text) => text.replace('--max', '--format github --max')],
    ['with the answer elsewhere', (text) => text.replace('warnings 3', 'warnings 3 --json > report.json')],
    ['that takes fewer warnings', (text) => text.replace('--max-warnings 3', '--max-warnings=0')],
    [
      'where another step may fail',
      (text) => text.replace('npm test || true', 'npm test\n        continue-on-error: true'),
    ],
    ['that fails by hand', (text) => text.replace('warnings 3', 'warnings 3 || exit 1')],
    ['that must not go on', (text) => text.replace('warnings 3', 'warnings 3\n        continue-on-error: false')],
    ['with a second step', (text) => `${text}      - run: npx layer-policy check --rule safe-paths\n`],
  ])('%s loses nothing', (_, change) => {
    expect(told(workflow, change(workflow))).toEqual([]);
  });

  it.each<[string, (text: string) => string | null, string[]]>([
    ['the file', () => null, [`gone null: ${check}: ${check} → nothing`]],
    [
      'the step',
      (text) => text.replace(/ {6}- name: layer-policy\n.*\n/, ''),
      [`gone null: ${check}: ${check} → nothing`],
    ],
    [
      'the step to a comment',
      (text) => text.replace('run: npx', 'run: true # npx'),
      [`gone null: ${check}: ${check} → nothing`],
    ],
    [
      'the step to an echo',
      (text) => text.replace('run: npx', 'run: echo npx'),
      [`gone null: ${check}: ${check} → nothing`],
    ],
    [
      'the check to another command',
      (text) => text.replace('policy check', 'policy rules'),
      [`gone null: ${check}: ${check} → nothing`],
    ],
    [
      'its exit code',
      (text) => text.replace('warnings 3', 'warnings 3 || true'),
      [`escape 13: ${check}: nothing → || true`],
    ],
    [
      'its exit code, to one that is 0 for a shell',
      (text) => text.replace('warnings 3', 'warnings 3 || exit 256'),
      [`escape 13: ${check}: nothing → || exit 256`],
    ],
    [
      'what ends before it begins',
      (text) => text.replace('npx layer', 'exit 0; npx layer'),
      [`escape 13: ${check}: nothing → exit 0;`],
    ],
    [
      'its verdict, to help',
      (text) => text.replace('warnings 3', 'warnings 3 --help'),
      ['weaker 13: layer-policy check --help: nothing → given'],
    ],
    [
      'its verdict, to a baseline of all there is',
      (text) => text.replace('warnings 3', 'warnings 3 --update-baseline'),
      ['weaker 13: layer-policy check --update-baseline: nothing → given'],
    ],
    [
      'all files but one',
      (text) => text.replace('check --base', 'check README.md --base'),
      ['weaker 13: layer-policy check paths: nothing → README.md'],
    ],
    [
      'the repository',
      (text) => text.replace('check --base', 'check --cwd other --base'),
      ['weaker 13: layer-policy check --cwd: nothing → other'],
    ],
    [
      'its exit code in a pipe',
      (text) => text.replace('warnings 3', 'warnings 3 | tee log'),
      [`escape 13: ${check}: nothing → | tee log`],
    ],
    [
      'its consequence',
      (text) => text.replace('warnings 3', 'warnings 3\n        continue-on-error: true'),
      [`escape 14: ${check}: nothing → continue-on-error: true`],
    ],
    [
      'its consequence, said above',
      (text) => text.replace('- name: layer-policy', `- continue-on-error: $\{{ true }}\n        name: layer-policy`),
      [`escape 12: ${check}: nothing → continue-on-error: \${{ true }}`],
    ],
    [
      'the consequence of its job',
      (text) => text.replace('    steps:', '    continue-on-error: true\n    steps:'),
      [`escape 9: ${check}: nothing → continue-on-error: true`],
    ],
    [
      'all but some runs',
      (text) => text.replace('    steps:', '    if: false\n    steps:'),
      [`escape 9: ${check}: nothing → if: false`],
    ],
    [
      'its base, and takes more warnings',
      (text) => text.replace('--base origin/main --max-warnings 3', '--max-warnings 30'),
      [
        'weaker 13: layer-policy check --base: origin/main → nothing',
        'weaker 13: layer-policy check --max-warnings: 3 → 30',
      ],
    ],
    [
      'all rules but one, and the policy',
      (text) => text.replace('warnings 3', 'warnings 3 --rule=safe-paths --config lax.json'),
      [
        'weaker 13: layer-policy check --rule: nothing → safe-paths',
        'weaker 13: layer-policy check --config: nothing → lax.json',
      ],
    ],
    [
      'an event',
      (text) => text.replace('  pull_request:\n', ''),
      ['gone null: on: pull_request: pull_request → nothing'],
    ],
    [
      'most branches',
      (text) => text.replace('pull_request:\n', "pull_request:\n    paths: ['docs/**']\n"),
      ['escape 4: layer-policy: nothing → paths: docs/**'],
    ],
  ])('that loses %s', (_, change, expected) => {
    expect(told(workflow, change(workflow))).toEqual(expected);
  });
});

describe('a file', () => {
  const named = (path: string, text = workflow): [string, string] => [`.github/${path}`, text];
  const toldOf = (before: [string, string], after: [string, string]) =>
    lostChecks(new Map([before]), new Map([after])).map(({ kind, file }) => `${kind} ${file}`);
  it.each<[what: string, before: [string, string], after: [string, string], says: string[]]>([
    ['under another name', named('workflows/a.yml'), named('workflows/b.yml'), []],
    [
      'under another name, and changed',
      named('workflows/a.yml'),
      named('workflows/b.yml', `${workflow}#`),
      ['gone .github/workflows/a.yml'],
    ],
    [
      'moved where no workflows are',
      named('workflows/a.yml'),
      named('actions/a.yml'),
      ['gone .github/workflows/a.yml'],
    ],
    [
      'moved from where no workflows are',
      named('actions/a.yml'),
      named('workflows/a.yml'),
      ['gone .github/actions/a.yml'],
    ],
    [
      'that never used this tool, with another trigger',
      named('workflows/a.yml', 'on: push\njobs: {}\n'),
      named('workflows/a.yml', 'on: schedule\njobs: {}\n'),
      [],
    ],
    [
      'of a hook without a command, gone',
      ['.pre-commit-config.yaml', 'repos:\n- repo: x\n  hooks:\n  - id: layer-policy\n'],
      ['other.yaml', ''],
      ['gone .pre-commit-config.yaml'],
    ],
  ])('%s', (_, before, after, says) => expect(toldOf(before, after)).toEqual(says));
});

describe('the version in package.json', () => {
  const at = (value: object) => new Map([['package.json', JSON.stringify(value, null, 1)]]);
  const lost = (before: object, after: object) =>
    lostChecks(at(before), at(after)).map(({ line, what, was, is }) => `${line} ${what}: ${was} → ${is}`);
  const version = (is: string) => ({ 'layer-policy': is });
  const what = 'layer-policy in package.json';

  it.each(['overrides', 'resolutions', 'dependencies', 'devDependencies', 'optionalDependencies'])('of %s', (kind) => {
    expect(lost({ [kind]: version('1.2.0') }, { [kind]: version('1.1.0') })).toEqual([`3 ${what}: 1.2.0 → 1.1.0`]);
    expect(lost({ [kind]: version('1.2.0') }, { [kind]: {} })).toEqual([`null ${what}: 1.2.0 → nothing`]);
    expect(lost({}, { [kind]: version('1.1.0') })).toEqual([]);
  });

  it('is the one that overrides the others', () => {
    const before = { devDependencies: version('1.2.0'), overrides: version('1.2.0') };
    const after = { devDependencies: version('1.2.0'), overrides: version('1.0.0') };
    expect(lost(before, after)).toEqual([`6 ${what}: 1.2.0 → 1.0.0`]);
  });
});

describe('other files', () => {
  const gitlab =
    'policy:\n  image: node\n  script:\n  - npm ci\n  - npx layer-policy check\nother:\n  script:\n  - true\n';
  const jenkins =
    "pipeline {\n  stages {\n    stage('Policy') {\n      steps {\n        sh 'npx layer-policy check'\n      }\n    }\n  }\n}\n";
  const files: Record<string, string> = {
    GitLab: '.gitlab-ci.yml',
    Azure: 'azure-pipelines.yml',
    CodeBuild: 'buildspec.yml',
    Jenkins: 'Jenkinsfile',
    husky: '.husky/pre-commit',
    'a framework': '.pre-commit-config.yaml',
  };
  const hook = 'npx lint-staged\nnpx layer-policy check --stage pre-commit\n';

  it.each<[string, string, string, string[]]>([
    ['GitLab, another job', gitlab, gitlab.replace('other:', 'other:\n  allow_failure: true'), []],
    [
      'GitLab',
      gitlab,
      gitlab.replace('  image: node', '  image: node\n  allow_failure: true'),
      ['escape 3: layer-policy check: nothing → allow_failure: true'],
    ],
    [
      'GitLab by hand',
      gitlab,
      gitlab.replace('  image: node', '  image: node\n  when: manual'),
      ['escape 3: layer-policy check: nothing → when: manual'],
    ],
    [
      'GitLab, a script',
      gitlab,
      gitlab.replace('- npm ci', '- set +e').replace('- npx', '- |\n    set +e\n    npx'),
      ['escape 6: layer-policy check: nothing → set +e', 'escape 4: layer-policy check: nothing → set +e'],
    ],
    [
      'Azure',
      `steps:\n- script: npx layer-policy check\n`,
      `trigger: none\nsteps:\n- script: npx layer-policy check\n  continueOnError: true\n`,
      [
        'escape 4: layer-policy check: nothing → continueOnError: true',
        'escape 1: layer-policy check: nothing → trigger: none',
      ],
    ],
    [
      'CodeBuild',
      'phases:\n  build:\n    commands:\n      - npx layer-policy check\n',
      'phases:\n  build:\n    on-failure: CONTINUE\n    commands:\n      - npx layer-policy check\n',
      ['escape 3: layer-policy check: nothing → on-failure: CONTINUE'],
    ],
    [
      'Jenkins',
      jenkins,
      jenkins.replace("sh 'npx layer-policy check'", "sh script: 'npx layer-policy check', returnStatus: true"),
      ['escape 5: layer-policy check: nothing → returnStatus: true'],
    ],
    [
      'Jenkins, caught',
      jenkins,
      jenkins
        .replace('      steps {\n', '      steps {\n        catchError {\n  ')
        .replace("check'\n", "check'\n        }\n"),
      ['escape 5: layer-policy check: nothing → catchError {'],
    ],
    [
      'husky',
      hook,
      'npx lint-staged\n',
      ['gone null: layer-policy check --stage pre-commit: layer-policy check --stage pre-commit → nothing'],
    ],
    [
      'husky, early out',
      hook,
      `exit 0\n${hook}`,
      ['escape 1: layer-policy check --stage pre-commit: nothing → exit 0'],
    ],
    [
      'husky, only if',
      hook,
      'npx lint-staged\nif [ -n "$CI" ]; then\n  npx layer-policy check --stage pre-commit\nfi\n',
      ['escape 2: layer-policy check --stage pre-commit: nothing → if [ -n "$CI" ]; then'],
    ],
    [
      'a framework',
      'repos:\n- repo: https://example.com/layer-policy\n  rev: v1\n  hooks:\n  - id: layer-policy\n',
      'repos: []\n',
      ['gone null: layer-policy: layer-policy → nothing'],
    ],
    ['a file that never used it', 'steps: []\n', 'steps:\n- run: x || true\n', []],
  ])('%s', (name, before, after, expected) => {
    expect(told(before, after, files[name.replace(/,.*| by.*/, '')])).toEqual(expected);
  });
});
