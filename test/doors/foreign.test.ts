import { beforeAll, expect, it } from 'vitest';
import { writeFiles } from '../kit/files.js';
import { tempFolder } from '../kit/temp.js';
import { installPacked, start, tsc } from './foreign.js';

const dir = tempFolder('foreign');

const rule = `import { defineRule, judged, noOptions } from 'layer-policy/rule';
export default defineRule({
  id: 'acme/no-notes',
  title: 'Notes stay at home',
  why: 'A note is for whoever wrote it.',
  severity: 'error',
  stages: ['all'],
  facts: ['paths'],
  options: noOptions,
  messages: { note: { message: 'a note called {name}', hint: 'Remove it: git rm -- {name}' } },
  examples: [
    { name: 'none', given: { paths: judged('a.md') }, problems: [] },
    { name: 'one', given: { paths: judged('a.note') }, problems: ['note'] },
  ],
  *check({ paths }) {
    for (const { path } of paths) if (path.endsWith('.note')) yield { message: 'note', file: path, data: { name: path } };
  },
});
`;

const test = `import { test } from 'node:test';
import { ruleTests, testRule } from 'layer-policy/testing';
import rule from './rule.js';
for (const { name, run } of ruleTests(rule)) test(name, run);
test('all at once', () => testRule(rule));
`;

beforeAll(() => {
  installPacked(dir);
  writeFiles(dir, {
    'package.json': '{ "type": "module" }',
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        ...{ strict: true, module: 'NodeNext', target: 'ES2022', types: [], skipLibCheck: false },
        ...{ exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, rootDir: '.', outDir: 'out' },
      },
      include: ['*.ts'],
    }),
    // The framework's own types are its affair.
    'node-test.d.ts': "declare module 'node:test' { export function test(name: string, run: () => void): void }\n",
  });
});

const compile = () => start(dir, tsc, ['-p', '.']);

it('a rule in TypeScript compiles against the packed types, in the strictest way, and node --test runs its tests', () => {
  writeFiles(dir, { 'rule.ts': rule, 'rule.test.ts': test });
  expect(compile()).toEqual({ code: 0, out: '' });
  const { code, out } = start(dir, process.execPath, ['--test', 'out/rule.test.js']);
  expect([code, out]).toEqual([0, expect.stringMatching(/pass 7\n/)]);
});

it('an example that does not hold is shown as expected and found', () => {
  writeFiles(dir, { 'rule.ts': rule.replace("problems: ['note']", 'problems: []'), 'rule.test.ts': test });
  expect(compile().code).toBe(0);
  const { code, out } = start(dir, process.execPath, ['--test', 'out/rule.test.js']);
  expect([code, out]).toEqual([1, expect.stringContaining('+ note  a.note: a note called a.note')]);
});

it.each([
  ['a fact that is not asked for', "facts: ['paths']", "facts: ['today']", "Property 'paths' does not exist"],
  ['a message that is not declared', "message: 'note', file", "message: 'nota', file", '"nota"'],
  ['a field that a message needs', 'data: { name: path }', 'data: {}', "Property 'name' is missing"],
  ['an example of no message', "problems: ['note']", "problems: ['nota']", '"nota"'],
])('%s is a compile error', (_, right, wrong, problem) => {
  writeFiles(dir, { 'rule.ts': rule.replace(right, wrong), 'rule.test.ts': null });
  const { code, out } = compile();
  expect([code !== 0, out]).toEqual([true, expect.stringContaining(problem)]);
});
