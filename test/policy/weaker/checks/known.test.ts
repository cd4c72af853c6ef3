import { describe, expect, it } from 'vitest';
import {
  changesLater,
  changesShell,
  effectOf,
  isHarmless,
  isOtherwiseRun,
  isWayOut,
  withoutVersion,
} from '../../../../src/policy/weaker/checks/known.js';

const setting = (key: string, text: string) => ({ key, text, line: 1 });

it.each<[key: string, text: string, harmless: boolean]>([
  ['name', 'x', true],
  ['with.node-version', '20', true],
  ['strategy.matrix.os', 'x', true],
  ['with.fetch-depth', '0', false],
  ['', 'stages', true],
  ['', 'steps {', true],
  ['', 'my stage', false],
  ['', 'stagecraft', false],
  ['env', 'script', false],
])('%s: %s says nothing of what is judged: %s', (key, text, harmless) => {
  expect(isHarmless(setting(key, text))).toBe(harmless);
});

it.each<[path: string[], text: string, otherwise: boolean]>([
  [['with', 'ref'], 'main', true],
  [[], 'x', true],
  [['env', 'COLOR'], 'GIT_DIR', false],
  [['env', 'GIT_DIR'], 'x', true],
  [['jobs', 'env', 'MY_PATHS'], 'x', false],
  [['env', 'path'], 'x', true],
  [['env'], '{ COLOR: always }', false],
  [['env'], '{ LAYER_POLICY_SKIP: x }', true],
  [['passenv'], 'HOME', true],
])('a value at %j, %s, can change what is run: %s', (path, text, otherwise) => {
  expect(isOtherwiseRun(path, text)).toBe(otherwise);
});

it.each<[key: string, text: string, without: string]>([
  ['uses', 'actions/checkout@v4', 'actions/checkout'],
  ['steps.uses', `actions/checkout@${'0a'.repeat(20)}`, 'actions/checkout'],
  ['image', 'node:20.1-alpine', 'node'],
  ['image', '"node:20"', '"node"'],
  ['image', 'node:latest', 'node'],
  ['image', 'node:lts-slim', 'node'],
  ['image', 'node:lts', 'node'],
  ['runs-on', 'ubuntu-22.04', 'ubuntu'],
  ['image', 'node:20 x', 'node:20 x'],
  ['image', 'node:abc', 'node:abc'],
  ['image', 'host:5000/node', 'host:5000/node'],
  ['uses', 'a/layer-policy@v2', 'a/layer-policy@v2'],
  ['ref', 'release-1.2', 'release-1.2'],
  ['uses.ref', 'release@v1', 'release@v1'],
])('%s: %s is, whatever its version, %s', (key, text, without) => {
  expect(withoutVersion(setting(key, text))).toBe(without);
});

describe('a command', () => {
  it.each<[line: string, later: boolean]>([
    ['npm test', false],
    ['checkout scm', true],
    ['my checkout', false],
    ['echo A=1 >> $GITHUB_ENV', true],
    ['echo /x >> "$github_path"', true],
    ['echo "##vso[task.setvariable]x"', true],
    ['export BASH_ENV=x', true],
    ['rm -r node_modules/layer-policy', true],
    ['cp x .layerpolicyrc.yaml', true],
    ['cp hook .git/hooks/pre-push', true],
    ['npm install layer-policy@1', true],
    ['npm install other', false],
    ['npx layer-policy check', false],
    ['npm uninstalled layer-policy', false],
    ['git checkout main', true],
    ['true && git -C x reset --hard', true],
    ['git fetch; git switch x', true],
    ['git replace a b', true],
    ['git fetch', false],
    ['git log checkouts', false],
    ['git  read-tree x', true],
    ['git recheckout', false],
    ['git config user.name x', false],
    ['git config --global core.autocrlf false', false],
    ['git config core.hooksPath x', true],
    ['git config my.user x', true],
    ['reset', false],
    ['config x', false],
  ])('%s is felt by the steps behind it: %s', (line, later) => expect(changesLater(line)).toBe(later));

  it.each<[line: string, shell: boolean]>([
    ['npm test', false],
    ['GIT_DIR=x', true],
    ['export  GIT_DIR=x', true],
    ['exported GIT_DIR=x', false],
    ['npx COLOR=GIT_DIR', false],
    ['COLOR=x', false],
    ['export COLOR=x', false],
    ['set -e', true],
    ['set', true],
    ['cd x', true],
    ['. ./env', true],
    ['settle', false],
    ['reset -e', false],
    ['npm() {', true],
    ['npm()   {', true],
    ['npm(){', true],
    ['npm ()x{', false],
    ['| cat', true],
    ['&& x', true],
    ['npm test |', true],
    ['npm test &', true],
    ['a | b', false],
    ['a || exit 1', true],
    ['x return', true],
    ['exits', false],
    ['if true', true],
    ['if: x', false],
    ['else', true],
    ['catchError(x)', true],
    ['iffy', false],
  ])('%s is felt by the next lines of its shell: %s', (line, shell) => expect(changesShell(line)).toBe(shell));
});

it.each<[key: string, text: string, effect: 'none' | 'escape' | null]>([
  ['continue-on-error', 'true', 'escape'],
  ['continue-on-error', 'false', 'none'],
  ['job.allow_failure', 'true', 'escape'],
  ['job.allow_failure', 'false', 'none'],
  ['if', 'always()', 'escape'],
  ['if', 'false', 'escape'],
  ['rules.if', 'x', 'escape'],
  ['iffy', 'x', null],
  ['with.ref', 'exit 0', null],
  ['', 'set -e', 'none'],
  ['', 'set -xe', 'none'],
  ['', 'set -euo pipefail', 'none'],
  ['', 'set -Xx', null],
  ['', 'set  -euo pipefail', 'none'],
  ['', 'reset -e', null],
  ['', 'exit 1', 'none'],
  ['', 'return  12 ;', 'none'],
  ['', 'exit 0', 'escape'],
  ['', 'exit 123x', 'escape'],
  ['', 'x exit 1', 'escape'],
  ['', 'set +e', 'escape'],
  ['', 'set  +e', 'escape'],
  ['', 'reset +e', null],
  ['', '! npm test', 'escape'],
  ['', 'a ! b', null],
  ['', 'if x', 'escape'],
  ['', 'npm test', null],
  ['', 'a ; b', null],
  ['before', 'a ;', 'escape'],
  ['before', 'sudo', null],
  ['behind', '|| true', 'escape'],
  ['behind', 'x', 'escape'],
])('%s: %s, where it is new: %s', (key, text, effect) => {
  expect([effectOf(setting(key, text)), isWayOut(setting(key, text))]).toEqual([effect, effect === 'escape']);
});
