import { describe, expect, it } from 'vitest';
import { callsIn, hooksOfPackage, pathsIn, scriptsIn } from '../../../../src/policy/weaker/checks/calls.js';

const scripts = (files: Record<string, string>) =>
  Object.fromEntries(
    [...scriptsIn(new Map(Object.entries(files)))]
      .filter(([name]) => !name.startsWith('file '))
      .map(([name, { file, line, text }]) => [name, `${file}:${line}: ${text}`]),
  );

describe('scripts by what calls them', () => {
  it('of package.json, with what npm runs around them', () => {
    const text =
      '{\n"scripts": {\n"policy": "layer-policy check",\n"prepolicy": "tsc",\n"postpolicy": "rm x",\n"a/~b": "c",\n"n": 1\n}\n}';
    expect(scripts({ 'package.json': text })).toEqual({
      'npm policy': 'package.json:3: tsc && layer-policy check && rm x',
      'npm prepolicy': 'package.json:4: tsc',
      'npm postpolicy': 'package.json:5: rm x',
      'npm a/~b': 'package.json:6: c',
      'npm n': 'package.json:7: ',
    });
    expect(scripts({ 'package.json': '[]', 'other.json': text })).toEqual({});
    expect(scripts({ 'package.json': '{' })).toEqual({});
    expect(scripts({ 'package.json': '{ "scripts": "ab" }' })).toEqual({});
    expect(scripts({ 'package.json': '{ "scripts": [1] }' })).toEqual({});
    expect(scripts({ 'package.json': '{ "scripts": null }' })).toEqual({});
  });

  it('of a Makefile, with what they depend on and what is set for all', () => {
    const text = [
      'SHELL = bash',
      'export A = 1',
      '.POSIX:',
      'my SHELL',
      'policy check: build  # by hand',
      '\t@layer-policy check',
      '\techo done: x',
      '\t-  other',
      '    + last',
      '',
      'build:',
      '\ttrue',
      'x := 1',
      'build: FLAG = 1',
    ].join('\r\n');
    const all = ['SHELL = bash', 'export A = 1', '.POSIX:'].join('\n');
    const policy = `Makefile:5: make build\nlayer-policy check\necho done: x\nother || true\nlast\n\n${all}`;
    expect(scripts({ Makefile: text })).toEqual({
      'make .POSIX': `Makefile:3: make \n${all}`,
      'make policy': policy,
      'make check': policy,
      'make build': `Makefile:11: make \ntrue\n${all}`,
    });
    expect(scripts({ justfile: '@policy stage: build\n  x' })).toEqual({ 'make policy': 'justfile:1: make build\nx' });
    for (const name of ['makefile', 'GNUmakefile', 'justfile', '.justfile', 'Justfile'])
      expect(Object.keys(scripts({ [name]: 'a:\n\tb' }))).toEqual(['make a']);
    expect(scripts({ 'Makefile.in': 'a:\n\tb', 'my/Makefile': 'a:\n\tb' })).toEqual({});
  });

  it('of a Makefile, with the values that it gives, and no further than people go', () => {
    const policy = (...lines: string[]) =>
      scripts({ Makefile: [...lines, 'policy:', '\t$(A)'].join('\n') })['make policy'] ?? '';
    const made = (at: number, text: string) => `Makefile:${at}: make \n${text}\n`;
    expect(policy('A=x').trim()).toBe(made(2, 'x').trim());
    for (const [lines, text] of [
      [['A = x # why', 'A ?= y'], 'x'],
      [[`A ::= \${B} b`, 'B = x'], 'x b'],
      [['A = x', 'A = y', 'A += z'], 'y z'],
      [['A = $(A)'], '$(A)'],
      [['A != date'], '$(A)'],
      [[`A = ${'x'.repeat(201)}`], '$(A)'],
      [['A = $(B)$(B)', `B = ${'$(C)'.repeat(50)}`, `C = ${'$(B)'.repeat(50)}`], null],
    ] as [string[], string | null][]) {
      const told = policy(...lines);
      if (text === null) expect(told.length).toBeLessThan(100_000);
      else expect(told.trim()).toBe(made(lines.length + 1, text).trim());
    }
  });

  it('of tox.ini, by environment', () => {
    const text =
      '[tox]\nenvlist = a\n[testenv]\ncommands = pytest\n[testenv:policy]\ncommands =\n  layer-policy check\n[flake8]\nx = 1\n';
    expect(scripts({ 'tox.ini': text })).toEqual({
      'tox ': 'tox.ini:3: \ncommands = pytest',
      'tox policy': 'tox.ini:5: \ncommands =\n  layer-policy check',
    });
    expect(scripts({ 'tox.ini': 'x [testenv]\n[testenv:a]\nb' })).toEqual({ 'tox a': 'tox.ini:2: \nb' });
    expect(scripts({ 'other.ini': text })).toEqual({});
  });
});

it('what npm and hook managers run of package.json by themselves', () => {
  const text = JSON.stringify(
    {
      scripts: { prepare: 'husky', preinstall: 'a', policy: 'b', postinstaller: 'c' },
      'simple-git-hooks': { 'pre-push': 'd' },
      gitHooks: 'e',
      husky: { hooks: { 'pre-push': 'f' } },
      'lint-staged': { '*.{js,ts}': ['g', 'h'], 'a/b~c': 'i', none: null, n: 1 },
      'pre-commit': ['j'],
      'pre-push': 'k',
      other: 'l',
    },
    null,
    1,
  );
  expect(hooksOfPackage(text).map(({ line, text }) => `${line} ${text}`)).toEqual([
    ...['3 scripts.prepare: husky', '4 scripts.preinstall: a', '9 simple-git-hooks.pre-push: d', '11 gitHooks: e'],
    ...['14 husky.hooks.pre-push: f', '19 lint-staged._._js_ts_.0: g', '20 lint-staged._._js_ts_.1: h'],
    ...['22 lint-staged.a_1b_0c: i', '27 pre-commit.0: j', '29 pre-push: k'],
  ]);
  expect(hooksOfPackage(text).every(({ file }) => file === 'package.json')).toBe(true);
  expect([hooksOfPackage('{'), hooksOfPackage('[]')]).toEqual([[], []]);
});

describe('a line', () => {
  const known = scriptsIn(
    new Map([
      ['package.json', '{ "scripts": { "policy": "layer-policy check", "lint": "x" } }'],
      ['Makefile', 'policy:\n\tlayer-policy check\n'],
      ['tox.ini', '[testenv:policy]\ncommands = layer-policy check\n'],
      ['scripts/check.sh', 'layer-policy check'],
      ['run.sh', 'layer-policy check'],
    ]),
  );
  it.each<[line: string, calls: string[]]>([
    ['npm test', []],
    ['npm run policy', ['package.json 0-14 given [] told []']],
    ['npm run  policy,lint', ['package.json 0-20 given [] told []', 'package.json 0-20 given [] told []']],
    ['npm policy -- --base x', ['package.json 0-22 given [--base x] told []']],
    ['npm -- policy', []],
    ['npm policy -- a -- b', ['package.json 0-20 given [a b] told []']],
    ['npm -s -- policy', []],
    ['npm run policy --', ['package.json 0-17 given [] told []']],
    ['npm run -s policy --prefix x', ['package.json 0-28 given [] told [--prefix x]']],
    ['npm rerun policy', ['package.json 0-16 given [] told [rerun]']],
    ['npm runs policy', ['package.json 0-15 given [] told [runs]']],
    ['cd x && yarn policy; true', ['package.json 8-19 given [] told []']],
    ['run-s lint policy', ['package.json 0-17 given [] told []', 'package.json 0-17 given [] told []']],
    ['make policy', ['Makefile 0-11 given [] told []']],
    ['just policy', ['Makefile 0-11 given [] told []']],
    ['tox -e policy', ['tox.ini 0-13 given [] told []']],
    ['tox -e a,policy', ['tox.ini 0-15 given [] told [a]']],
    ['my-npm policy', []],
    ['bash scripts/check.sh x', ['scripts/check.sh 5-21 given [] told []']],
    ['./scripts/check.sh', ['scripts/check.sh 0-18 given [] told []']],
    ['"$ROOT/run.sh"', ['run.sh 1-13 given [] told []']],
    ['other/run.sh', []],
  ])('%s', (line, calls) => {
    const found = callsIn(line, known).map(
      ({ script, at, end, given, told }) => `${script.file} ${at}-${end} given [${given}] told [${told}]`,
    );
    expect(found).toEqual(calls);
  });

  it('names paths, each once', () => {
    expect(pathsIn('bash ci/check.sh && ./ci/check.sh; x.sh | a.txt http://h/y $DIR/z.bash')).toEqual([
      ...['ci/check.sh', 'x.sh', 'z.bash'],
    ]);
    expect(pathsIn('npm test')).toEqual([]);
  });
});
