import { expect, it } from 'vitest';
import { check, plugin, story } from './plugin.js';

const rule = (more: string) => plugin({ more }).replace('writeFileSync("ran", \'\');', '');

it.each([
  { problem: 'it cannot be imported: at import', text: 'throw new Error("at import")' },
  { problem: 'it cannot be imported: undefined', text: 'throw undefined' },
  { problem: 'it cannot be imported: Unexpected end of input', text: 'export const rules = [' },
  { problem: 'a file stands alone', text: "import './other.mjs'" },
  { problem: "Cannot find package 'not-installed'", text: "import 'not-installed'" },
  {
    problem: "does not provide an export named 'noSuchThing'",
    text: "import { noSuchThing } from 'layer-policy/rule'",
  },
  { problem: 'it exports no list of rules', text: 'export default 3' },
  { problem: 'it exports no list of rules', text: 'export const rules = {}' },
  { problem: 'it exports no list of rules', text: 'export const rules = []' },
  { problem: 'rules[0] is no rule', text: 'export const rules = [null]' },
  { problem: 'rules[0] has no id', text: 'export const rules = [{}]' },
  {
    problem: 'rule "no-notes" needs an id with a namespace, such as "acme/no-notebooks"',
    text: rule("id: 'no-notes'"),
  },
  { problem: 'needs an id with a namespace', text: rule("id: 'archive-age'") },
  { problem: 'needs an id with a namespace', text: rule("id: 'acme/No Notes'") },
  { problem: 'needs a title and a reason', text: rule("title: ''") },
  { problem: 'must have the severity', text: rule("severity: 'off'") },
  { problem: 'names "pre-comit" among its stages', text: rule("stages: ['pre-comit']") },
  { problem: 'names "path" among its facts', text: rule("facts: ['path']") },
  { problem: 'among its facts', text: rule("facts: ['__proto__']") },
  { problem: 'a schema and a default for each option', text: rule('options: { schema: {}, defaults: { but: 1 } }') },
  { problem: 'needs messages', text: rule('messages: { note: { message: "x" } }') },
  { problem: 'needs a function check', text: rule('check: 3') },
  { problem: 'it brings acme/no-notes, and so does', text: `${plugin()}rules.push(noNotes)` },
])('$problem: exit 2', ({ text, problem }) => {
  const r = story(text);
  const { code, stderr } = check(r, '--stage', 'all');
  expect([code, stderr]).toEqual([2, expect.stringContaining(problem)]);
});

it.each([
  { problem: 'at work', more: 'check() { throw new Error("at work") }' },
  { problem: 'null', more: 'check() { throw null }' },
  { problem: 'not a function or its return value is not iterable', more: 'check() { return 3 }' },
  { problem: 'not a function or its return value is not iterable', more: 'async *check() { yield 3 }' },
  { problem: 'it yielded something that is no problem', more: '*check() { yield null }' },
  { problem: 'it yielded the message "nota"', more: "*check() { yield { message: 'nota', file: 'x', data: {} } }" },
  {
    problem: 'it yielded the message "constructor"',
    more: "*check() { yield { message: 'constructor', file: 'x', data: {} } }",
  },
  { problem: 'it yielded note without a file', more: "*check() { yield { message: 'note', data: { name: 'x' } } }" },
  {
    problem: 'it yielded note without a file',
    more: "*check() { yield { message: 'note', file: '/etc/x', data: { name: 'x' } } }",
  },
  { problem: 'it yielded note without data', more: "*check() { yield { message: 'note', file: 'x' } }" },
  { problem: 'it yielded note without data.name', more: "*check() { yield { message: 'note', file: 'x', data: {} } }" },
  {
    problem: 'lines are counted from 1',
    more: "*check() { yield { message: 'note', file: 'x', line: 0, data: { name: 'x' } } }",
  },
  {
    problem: 'that is no text',
    more: "*check() { yield { message: 'note', file: 'x', layer: {}, data: { name: 'x' } } }",
  },
  {
    problem: 'data that JSON cannot say',
    more: "*check() { yield { message: 'note', file: 'x', data: { name: 'x', n: 1n } } }",
  },
  {
    problem: 'more than 250000 problems',
    more: "*check() { for (;;) yield { message: 'note', file: 'x', data: { name: 'x' } } }",
  },
  { problem: 'at skip', more: 'skip() { throw new Error("at skip") }' },
  { problem: 'not iterable', more: 'skip() { return 3 }' },
  { problem: 'Cannot assign to read only property', more: '*check({ paths }) { paths.endingIn = null }' },
  {
    problem: "Cannot assign to read only property 'path'",
    more: '*check({ paths }) { for (const one of paths) one.path = "x" }',
  },
  { problem: 'Cannot read properties of undefined', more: '*check({ policy }) { policy.layers }' },
])('$problem: no verdict, exit 5', ({ more, problem }) => {
  const r = story(rule(more)).commit('bad', { '.build/x': 'x', 'a.note': 'x' });
  const { code, json } = check(r, '--stage', 'all');
  const { broken, findings } = json() as { broken: { rule: string; problem: string }[]; findings: { rule: string }[] };
  expect([code, broken]).toEqual([5, [{ rule: 'acme/no-notes', problem: expect.stringContaining(problem) }]]);
  // Whatever one rule does, the others have their say.
  expect(findings.map((finding) => finding.rule)).toContain('no-build-commits');
});

it.each([
  ['process.exit(0)', 5],
  ['setTimeout(() => { throw new Error("behind our back") }); await new Promise((done) => setTimeout(done, 100))', 5],
  ['Promise.reject(new Error("left alone"))\nawait new Promise((done) => setTimeout(done, 100))', 5],
])('a plugin that ends the process is no success: %s', (head, code) => {
  expect(check(story(plugin({ head })), '--stage', 'all').code).toBe(code);
});
