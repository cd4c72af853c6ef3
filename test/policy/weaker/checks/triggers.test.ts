import { expect, it } from 'vitest';
import { lostTriggers } from '../../../../src/policy/weaker/checks/triggers.js';

const on = (text: string) => `name: x\non:\n${text}\njobs:\n  push:\n    run: x\n`;
const pull = (more: string) => on(`  pull_request:\n${more}`);

it.each<[what: string, was: string, is: string, says: string[]]>([
  ['the same', on('  push:'), on('  push:'), []],
  [
    'an event less',
    on('  push:\n  pull_request:'),
    on('  push:'),
    ['null on: pull_request gone pull_request → nothing'],
  ],
  ['another event', on('  push:'), on('  schedule:'), ['null on: push gone push → nothing']],
  ['an event more', on('  push:'), on('  push:\n  merge_group:'), []],
  ['an event more, with a filter', on('  push:'), on('  push:\n  pull_request:\n    paths: [src]'), []],
  [
    'an event less, and a branch of its name',
    on('  push:\n  pull_request:'),
    on('  pull_request:\n    branches-ignore:\n      - x\n    types: push'),
    [
      'null on: push gone push → nothing',
      '4 layer-policy escape nothing → branches-ignore: x',
      '6 layer-policy escape nothing → types: push',
    ],
  ],
  [
    'a list that is a map of events',
    'on:\n- pull_request:\n    paths: [a]\n- push',
    'on:\n- pull_request:\n    paths: [b]\n- push',
    ['3 layer-policy escape nothing → paths: b'],
  ],
  ['a list', 'on: [push, pull_request]', 'on: [push]', ['null on: pull_request gone pull_request → nothing']],
  ['items', 'on:\n- push\n- pull_request', 'on:\n- push', ['null on: pull_request gone pull_request → nothing']],
  ['an event, as a list', 'on: [push]', on('  push:'), []],
  ['a first filter', pull(''), pull('    branches: [main]'), ['4 layer-policy escape nothing → branches: main']],
  ['a filter that goes', pull('    branches: [main]'), pull(''), []],
  ['a filter that is the same', pull('    paths: [a, b]'), pull('    paths:\n      - b\n      - "a"'), []],
  [
    'fewer branches',
    pull('    branches: [main, dev]'),
    pull('    branches: [main]'),
    ['4 layer-policy escape nothing → branches: main'],
  ],
  ['more branches', pull('    branches: [main]'), pull('    branches: [main, dev]'), []],
  [
    'fewer branches, in lines',
    pull('    branches:\n      - main\n      - dev'),
    pull('    branches:\n      - dev'),
    ['4 layer-policy escape nothing → branches: dev'],
  ],
  [
    'one branch for another',
    pull('    branches: [a, b]'),
    pull('    branches: [a, c]'),
    ['4 layer-policy escape nothing → branches: a c'],
  ],
  [
    'more that is left out',
    pull('    paths-ignore: [a]'),
    pull('    paths-ignore: [a, b]'),
    ['4 layer-policy escape nothing → paths-ignore: a b'],
  ],
  ['less that is left out', pull('    paths-ignore: [a, b]'), pull('    paths-ignore: [a]'), []],
  [
    'a pattern that says not',
    pull('    paths: [a]'),
    pull("    paths: [a, '!b']"),
    ['4 layer-policy escape nothing → paths: a !b'],
  ],
  [
    'a pattern that said not',
    pull("    paths: [a, '!b']"),
    pull('    paths: [a]'),
    ['4 layer-policy escape nothing → paths: a'],
  ],
  ['a mark within a pattern', pull('    paths: [a]'), pull("    paths: [a, 'b!']"), []],
  ['what is no filter', pull('    colors: [a]'), pull('    colors: []'), []],
  [
    'a map in one line',
    on('  pull_request: { branches: [main, dev] }'),
    on('  pull_request: { branches: [main] }'),
    ['3 layer-policy escape nothing → all: { branches: [main] }'],
  ],
  [
    'all in one line',
    'on: { pull_request: { paths: [a] } }',
    'on: { pull_request: { paths: [b] } }',
    ['1 layer-policy escape nothing → all: { pull_request: { paths: [b] } }'],
  ],
  ['no triggers at all', 'jobs:\n  a: push', 'jobs:\n  a: x', []],
])('%s', (_, was, is, says) => {
  expect(
    lostTriggers('ci.yml', was, is).map(({ line, what, kind, was, is }) => `${line} ${what} ${kind} ${was} → ${is}`),
  ).toEqual(says);
});
