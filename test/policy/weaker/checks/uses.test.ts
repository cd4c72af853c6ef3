import { describe, expect, it } from 'vitest';
import { scriptsIn } from '../../../../src/policy/weaker/checks/calls.js';
import { lostUses } from '../../../../src/policy/weaker/checks/losses.js';
import { type Use, usesIn } from '../../../../src/policy/weaker/checks/uses.js';

const usesOf = (text: string, file = '.github/workflows/ci.yml', files: Record<string, string> = {}) =>
  usesIn({ file, line: 1, text }, scriptsIn(new Map(Object.entries(files))));

/** What stands before and behind the command in its line. */
const beside = (line: string) =>
  usesOf(`- run: ${line}`).map(({ command, settings }) => [
    command,
    ...settings.filter(({ key }) => key === 'before' || key === 'behind').map(({ key, text }) => `${key} ${text}`),
  ]);

describe('a line that runs this tool', () => {
  const check = 'layer-policy check';
  it.each<[line: string, told: string[]]>([
    ['layer-policy check', [check]],
    ['layer-policy   check', [check]],
    ['npx layer-policy check', [check]],
    ['npx --yes layer-policy check', [check]],
    ['npm exec -- layer-policy check', [check]],
    ['pnpm dlx layer-policy check', [check]],
    ['./node_modules/.bin/layer-policy check', [check]],
    ['"layer-policy check"', [check]],
    ['sudo layer-policy check', [check, 'before sudo']],
    ['npm ci && layer-policy check', [check]],
    ['cd x && npx layer-policy check', [check, 'before cd x']],
    ['a; b && layer-policy check', [check, 'before a; b']],
    ['a || layer-policy check', [check, 'before a ||']],
    ['x/node_modules/.bin/y layer-policy check', [check, 'before x/node_modules/.bin/y']],
    ['layer-policy check || true', [check, 'behind || true']],
    ['layer-policy check || exit 1', [check]],
    ['layer-policy check || exit 255', [check]],
    ['layer-policy check || exit  99', [check]],
    ['layer-policy check || exit 199', [check]],
    ['layer-policy check || exit 249', [check]],
    ['layer-policy check ||   return 12', [check]],
    ['layer-policy check || false', [check]],
    ['layer-policy check || exit 0', [check, 'behind || exit 0']],
    ['layer-policy check || exit 256', [check, 'behind || exit 256']],
    ['layer-policy check || exit 1 | x', [check, 'behind || exit 1 | x']],
    ['layer-policy check && npm test', [check]],
    ['layer-policy check && a || b', [check, 'behind && a || b']],
    ['layer-policy check; true', [check, 'behind ; true']],
    ['layer-policy check | tee x', [check, 'behind | tee x']],
    ['layer-policy check &', [check, 'behind &']],
    ['"layer-policy check" ] ;', [check]],
    ['layer-policy check 2>&1', ['layer-policy check 2>']],
    ['"layer-policy check" 2>&1', [check]],
    ['"layer-policy check" 2>&1 | tee x', [check, 'behind | tee x']],
    ['"layer-policy check" >&2 || exit 1', [check]],
    ['"layer-policy check" 2>&12', [check, 'behind 2>&12']],
    ['layer-policy check | tee x 2>&1', [check, 'behind | tee x 2>&1']],
    ['layer-policy check | tee x || exit 1', [check, 'behind | tee x || exit 1']],
    ['(layer-policy check || true") ;', [check, 'before (', 'behind || true']],
    ['sh -c"npx layer-policy check"', [check, 'before sh -c']],
    ['sudo ./node_modules/.bin/layer-policy check', [check, 'before sudo']],
    ['./layer-policy check', [check]],
    ['a && b && npx layer-policy check', [check]],
    ['cd a && b && npx layer-policy check', [check, 'before cd a']],
    ['a && cd b && npx layer-policy check', [check, 'before cd b']],
  ])('%s', (line, told) => expect(beside(line)).toEqual([told]));

  it.each([
    ...[
      'name: layer-policy check',
      'key: layer-policy',
      'layer-policy:',
      'echo layer-policy',
      'x && printf layer-policy',
    ],
    ...['path: node_modules/layer-policy', '# layer-policy check', ': layer-policy check'],
  ])('and %s does not', (line) => expect(usesOf(`- ${line}`)).toEqual([]));

  it('counts fifty times in a file', () => {
    expect(usesOf('- run: layer-policy check\n'.repeat(60))).toHaveLength(50);
    expect(usesOf('- run: layer-policy check; layer-policy check\n'.repeat(30))).toHaveLength(50);
  });
});

it('of a manager of hooks has nothing to do with other hooks', () => {
  const text = 'pre-push:\n  skip: x\npre-commit:\n  run: layer-policy check\n';
  const settings = (file: string) => usesOf(text, file)[0]?.settings.map(({ key, text }) => `${key} ${text}`);
  expect(settings('lefthook.yml')).toEqual(['place pre-commit.run']);
  expect(settings('other.yml')).toEqual(['pre-push.skip x', 'place pre-commit.run']);
});

describe('a script that runs this tool', () => {
  const scripts = {
    'package.json': '{\n"scripts": { "policy": "layer-policy check" } }',
    'ci.sh': 'set -x\nlayer-policy check\n. ci.sh\n',
  };
  it('is followed, with what it is told and given', () => {
    const [use, ...others] = usesOf('- run: npm run policy --prefix x -- --base main', undefined, scripts);
    expect(others).toEqual([]);
    expect(use).toMatchObject({ file: 'package.json', line: 2, command: 'layer-policy check --base main' });
    expect(use?.settings).toContainEqual({
      key: 'told',
      text: '--prefix x',
      line: 1,
      file: '.github/workflows/ci.yml',
    });
  });
  it('is read once, whoever calls it', () => {
    const uses = usesOf('- run: bash ci.sh\n- run: bash ci.sh', undefined, scripts);
    expect(uses.map(({ file, line }) => `${file}:${line}`)).toEqual(['ci.sh:2', 'ci.sh:2']);
  });
});

describe('commands, held against those there were', () => {
  const use = (command: string, file = 'a', ...settings: [key: string, text: string][]): Use => ({
    ...{ file, line: 3, command },
    settings: settings.map(([key, text]) => ({ key, text, line: 5, file })),
  });
  const check = 'layer-policy check';
  it.each<[what: string, was: Use[], is: Use[], says: string[]]>([
    ['the same', [use(check)], [use(check)], []],
    ['gone', [use(check)], [], [`a:null gone ${check}: ${check} → nothing`]],
    ['another verb', [use(check)], [use('layer-policy build')], [`a:null gone ${check}: ${check} → nothing`]],
    ['a verb with two blanks before it', [use('layer-policy  check')], [use(check)], []],
    [
      'another verb of the same first letter',
      [use(check)],
      [use('layer-policy compare')],
      [`a:null gone ${check}: ${check} → nothing`],
    ],
    ['one of two gone', [use(check), use(check)], [use(check)], [`a:null gone ${check}: ${check} → nothing`]],
    [
      'one that kept all, and one that kept less',
      [use(check, 'a', ['env', 'x'])],
      [use(check, 'b', ['env', 'y']), use(check, 'c', ['env', 'x'])],
      [],
    ],
    [
      'the one of the same file, of two that lost as much',
      [use(check, 'a', ['env', 'x'])],
      [use(check, 'b'), use(check, 'a')],
      ['a:3 unclear env of layer-policy check: x → nothing'],
    ],
    [
      'the same one, of two that lost as much',
      [use(`${check} --json`, 'a', ['env', 'x'])],
      [use(check, 'b'), use(`${check} --json`, 'c')],
      ['c:3 unclear env of layer-policy check: x → nothing'],
    ],
    [
      'another value',
      [use(check, 'a', ['env', 'x'])],
      [use(check, 'a', ['env', 'y'])],
      ['a:5 unclear env of layer-policy check: x → y'],
    ],
    [
      'a new value',
      [use(check)],
      [use(check, 'a', ['env', 'y'])],
      ['a:5 unclear env of layer-policy check: nothing → y'],
    ],
    ['another version of an action', [use(check, 'a', ['uses', 'x@v1'])], [use(check, 'a', ['uses', 'x@v2'])], []],
    [
      'another line',
      [use(check, 'a', ['before', 'x'])],
      [use(check, 'a', ['before', 'y'])],
      ['a:5 unclear what runs with layer-policy check: x → y'],
    ],
    ['a way out', [use(check)], [use(check, 'a', ['if', 'x'])], ['a:5 escape layer-policy check: nothing → if: x']],
    [
      'a way out behind it',
      [use(check)],
      [use(check, 'a', ['behind', '|| true'])],
      ['a:5 escape layer-policy check: nothing → || true'],
    ],
    ['a way out less', [use(check, 'a', ['if', 'x'])], [use(check)], []],
    [
      'one way out of two less',
      [use(check, 'a', ['if', 'x'], ['if', 'y'])],
      [use(check, 'a', ['env', 'z'], ['if', 'y'])],
      ['a:5 unclear env of layer-policy check: nothing → z', 'a:3 unclear if of layer-policy check: x → nothing'],
    ],
    ['what forgives nothing', [use(check)], [use(check, 'a', ['allow_failure', 'false'])], []],
    ['a newer rev', [use(check, 'a', ['rev', 'v1.2.0'])], [use(check, 'a', ['rev', 'v1.3.0'])], []],
    [
      'an older rev',
      [use(check, 'a', ['rev', 'v1.2.0'])],
      [use(check, 'a', ['rev', 'v1.1.0'])],
      ['a:5 weaker rev of layer-policy check: v1.2.0 → v1.1.0'],
    ],
    [
      'a rev where none was',
      [use(check)],
      [use(check, 'a', ['rev', 'v1.1.0'])],
      ['a:5 unclear rev of layer-policy check: nothing → v1.1.0'],
    ],
    [
      'the same line once less',
      [use(check, 'a', ['', 'set x'], ['', 'set x'])],
      [use(check, 'a', ['', 'set x'])],
      ['a:3 unclear what runs with layer-policy check: set x → nothing'],
    ],
    ['flags', [use(`${check} --base main`)], [use(check)], ['a:3 weaker layer-policy check --base: main → nothing']],
  ])('%s', (_, was, is, says) => {
    expect(
      lostUses(was, is).map(({ file, line, kind, what, was, is }) => `${file}:${line} ${kind} ${what}: ${was} → ${is}`),
    ).toEqual(says);
  });
});
