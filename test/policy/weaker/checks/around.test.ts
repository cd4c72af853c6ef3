import { describe, expect, it } from 'vitest';
import { around, type Root } from '../../../../src/policy/weaker/checks/around.js';
import { below, outline } from '../../../../src/policy/weaker/checks/outline.js';

/** `line key: text` of all that the line with `layer-policy check` runs with. */
function told(text: string, root: Root = null): string[] {
  const use = below(outline(text)).find((node) => node.text.includes('layer-policy check'));
  if (use === undefined) throw new Error('no check in it');
  return around(use, root).map(({ key, text, line }) => `${line} ${key}: ${text}`);
}

type Case = [what: string, text: string, told: string[]];

describe('a line runs with', () => {
  it.each<Case>([
    ['nothing else', 'layer-policy check', []],
    ['its own key', 'run: layer-policy check', ['1 place: run']],
    ['what is indented below it', 'uses: x/layer-policy check\n  a: b\n    c', ['2 : a: b', '3 : c', '1 place: uses']],
    ['what it is indented under', 'if true\n  layer-policy check', ['1 : if true']],
    ['a key with a value that it is indented under', 'a: b\n  - layer-policy check', ['1 : a: b', '2 place: a']],
    ['keys alone are its place', 'a:\n  "b c":\n    - run: layer-policy check', ['3 place: a.b c.run']],
    ['a block is none', 'a: |2-\n  layer-policy check', ['2 place: a']],
    ['another line of its script', 'cd x\nnpm ci\nlayer-policy check\nset +e', ['1 : cd x', '4 : set +e']],
    ['a key beside it', 'shell: sh\nrun: layer-policy check', ['1 shell: sh', '2 place: run']],
    ['a key beside it, with blanks', 'shell:   sh\nrun: layer-policy check', ['1 shell: sh', '2 place: run']],
    [
      'keys below a key beside it',
      'a:\n  b: 1\n  c:\n    - d\nrun: layer-policy check',
      ['2 a.b: 1', '4 a.c: d', '5 place: run'],
    ],
    ['no keys that do no harm', 'name: x\nlabel:\n  a: b\nrun: layer-policy check', ['4 place: run']],
    ['a value with a mark within', 'args: a | b\nrun: layer-policy check', ['1 args: a | b', '2 place: run']],
    ['a value with a colon within', 'args: a = b\nrun: layer-policy check', ['1 args: a = b', '2 place: run']],
    [
      'commands of a block only as far as they last',
      'inline: |-\n  npm ci\n  cd x:\nrun: layer-policy check',
      ['3 : cd x:', '4 place: run'],
    ],
    [
      'commands of a block with a number',
      'inline: >12\n  npm ci\n  cd x\nrun: layer-policy check',
      ['3 : cd x', '4 place: run'],
    ],
    [
      'commands of a key for scripts',
      'before_script:\n  - npm ci\n  - cd x\nrun: layer-policy check',
      ['3 : cd x', '4 place: run'],
    ],
    ['a command of a key for scripts', 'command: cd x\nrun: layer-policy check', ['1 : cd x', '2 place: run']],
    [
      'settings of runs',
      'run:\n  shell: sh\nsteps:\n  - run: layer-policy check',
      ['2 run.shell: sh', '4 place: steps.run'],
    ],
    [
      'blocks of Jenkins',
      "environment {\n  A = b\n  PATH = x\n}\nsteps {\n  sh 'layer-policy check'\n}",
      ['3 environment.PATH: x', '6 place: steps'],
    ],
  ])('%s', (_, text, expected) => expect(told(text)).toEqual(expected));

  it('no more than a thousand lines, and says so', () => {
    const text = (count: number) =>
      `${Array.from({ length: count }, (_, i) => `a${i}: b\n`).join('')}run: layer-policy check`;
    expect(told(text(1000))).toHaveLength(1001);
    expect(told(text(1000))).toContain('1000 a999: b');
    const more = told(text(1001));
    expect(more.slice(-3)).toEqual(['1000 a999: b', '1002 : more than 1000 lines', '1002 place: run']);
    expect(more).toHaveLength(1002);
  });
});

describe('of other items it feels', () => {
  it.each<Case>([
    ['nothing', '- run: npm ci\n- run: layer-policy check', ['2 place: run']],
    ['lines of the same shell', '- cd x\n- npm ci\n- layer-policy check', ['1 : cd x']],
    ['lines of the same shell in a block', '- |\n  cd x\n  npm ci\n- layer-policy check', ['2 : cd x']],
    ['no shell of another step', '- run: cd x\n- run: layer-policy check', ['2 place: run']],
    ['no shell of another step, from a line', '- run: cd x\n- layer-policy check', []],
    ['no shell of a line, from another step', '- cd x\n- run: layer-policy check', ['2 place: run']],
    [
      'what lasts',
      '- run: git checkout x\n  name: y\n- run: layer-policy check',
      ['1 : run: git checkout x', '3 place: run'],
    ],
    [
      'a checkout',
      '- uses: actions/checkout@v4\n  with:\n    ref: x\n- run: layer-policy check',
      ['1 uses: actions/checkout@v4', '3 with.ref: x', '4 place: run'],
    ],
    [
      'a checkout in quotes',
      '- "uses": "actions/checkout@v4"\n  with:\n    ref: x\n- run: layer-policy check',
      ['1 uses: "actions/checkout@v4"', '3 with.ref: x', '4 place: run'],
    ],
    [
      'a checkout of Azure',
      '- checkout: self\n  fetchDepth: 1\n- script: layer-policy check',
      ['1 checkout: self', '2 fetchDepth: 1', '3 place: script'],
    ],
    [
      'a checkout of CircleCI',
      '- checkout:\n    path: x\n- checkout\n- run: layer-policy check',
      ['2 checkout.path: x', '3 : checkout', '4 place: run'],
    ],
    ['no other action', '- uses: actions/cache@v4\n  with:\n    path: x\n- run: layer-policy check', ['4 place: run']],
    [
      'no step that only speaks of one',
      '- name: after the checkout\n  if: x\n- run: layer-policy check',
      ['3 place: run'],
    ],
    [
      'no command that only speaks of one',
      '- run: echo uses checkout\n  if: x\n- run: layer-policy check',
      ['3 place: run'],
    ],
  ])('%s', (_, text, expected) => expect(told(text)).toEqual(expected));
});

describe('of other jobs it feels', () => {
  const job = 'policy:\n  extends: .base\n  script:\n    - layer-policy check\n';
  it.each<[what: string, text: string, root: Root, told: string[]]>([
    ['nothing', `${job}other:\n  image: x\n`, 'jobs', ['2 extends: .base', '4 place: *.script']],
    [
      'nothing at a path of jobs',
      'jobs:\n  cache:\n    if: x\n  policy:\n    run: layer-policy check\n',
      null,
      ['5 place: jobs.*.run'],
    ],
    [
      'one of the same name',
      `${job}"policy": {}\n`,
      'jobs',
      ['2 extends: .base', '5 policy: "policy": {}', '4 place: *.script'],
    ],
    [
      'what holds for all of GitLab',
      `${job}default:\n  image: x\n`,
      'jobs',
      ['2 extends: .base', '6 default.image: x', '4 place: *.script'],
    ],
    [
      'nothing of that name that is no root',
      'jobs:\n  policy:\n    run: layer-policy check\n  image:\n    if: x\n',
      'jobs',
      ['3 place: *.*.run'],
    ],
    ['its base', `${job}.base:\n  image: x\n`, 'jobs', ['2 extends: .base', '6 image: x', '4 place: *.script']],
    [
      'each of its bases',
      `.a:\n  image: x\n.b:\n  when: y\n.c:\n  when: z\n${job.replace('.base', '\n    - .a\n    - .b')}`,
      'jobs',
      ['9 extends: .a', '10 extends: .b', '2 image: x', '4 when: y', '12 place: *.script'],
    ],
    [
      'its anchor',
      '.any: &base-1.x\n  image: x\n.other: &b\n  image: y\npolicy:\n  <<: *base-1.x\n  script: layer-policy check\n',
      'jobs',
      ['2 image: x', '7 place: *.script'],
    ],
    [
      'what it refers to',
      '.any:\n  script: cd x\n.other:\n  script: cd y\npolicy:\n  script:\n    - !reference [.any, script]\n    - layer-policy check\n',
      'jobs',
      ['2 : cd x', '8 place: *.script'],
    ],
    [
      'no other hook',
      'pre-push:\n  skip: true\npages:\n  skip: true\npre-commit:\n  skip: false\n  run: layer-policy check\n',
      'hooks',
      ['6 skip: false', '7 place: pre-commit.run'],
    ],
    [
      'no other hook, but what holds for all commands of its own',
      'pre-commit:\n  skip: x\n  commands:\n    a:\n      skip: y\n    policy:\n      run: layer-policy check\n',
      'hooks',
      ['2 skip: x', '7 place: pre-commit.commands.*.run'],
    ],
    [
      'its setting, for it is no job',
      'image: x\nbefore_script:\n  - layer-policy check\n',
      'jobs',
      ['1 image: x', '3 place: before_script'],
    ],
  ])('%s', (_, text, root, expected) => expect(told(text, root)).toEqual(expected));

  const circle = (workflows: string) =>
    `jobs:\n  ci:\n    steps:\n      - run: layer-policy check\nworkflows:\n  all:\n    jobs:\n${workflows}`;
  it.each<Case>([
    [
      'where it is asked',
      circle('      - ci\n      - other\n'),
      ['8 workflows.all.jobs: ci', '4 place: jobs.*.steps.run'],
    ],
    [
      'where it is asked with more',
      circle('      - ci:\n          filters: x\n      - other:\n          filters: y\n'),
      ['9 workflows.all.jobs.ci.filters: x', '4 place: jobs.*.steps.run'],
    ],
    [
      'all workflows, where it is in no job',
      'check:\n  run: layer-policy check\nworkflows:\n  all:\n    jobs:\n      - ci\n',
      ['6 workflows.all.jobs: ci', '2 place: check.run'],
    ],
  ])('%s in CircleCI', (_, text, expected) => expect(told(text)).toEqual(expected));

  it.each<Case>([
    [
      'the hooks beside it',
      '- repo: x/layer-policy check\n  hooks:\n    - args: a\n',
      ['3 hooks.args: a', '1 place: repo'],
    ],
    [
      'not those that are this tool, for they are judged for themselves',
      '- repo: x/layer-policy check\n  hooks:\n    - id: layer-policy\n      args: a\n',
      ['1 place: repo'],
    ],
    [
      'what else names this tool',
      '- repo: x/layer-policy check\n  more:\n    dir: layer-policy\n',
      ['3 more.dir: layer-policy', '1 place: repo'],
    ],
  ])('%s', (_, text, expected) => expect(told(text)).toEqual(expected));
});
