import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseJson, parseJsonBytes } from '../../src/layer/json.js';

it('reads every document JSON.parse reads, to the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      const text = JSON.stringify(value, null, 2);
      const { value: read, problems } = parseJson(text);
      const hasForbidden = /"(__proto__|constructor|prototype)":/.test(text);
      if (hasForbidden) expect(problems).not.toEqual([]);
      else expect([JSON.stringify(read), problems]).toEqual([JSON.stringify(value), []]);
    }),
  );
});

it('refuses every beginning of a document', () => {
  const text = JSON.stringify({ a: [1, { b: 'x\u0000"\\' }, null, -1.5e3], c: true });
  for (let length = 0; length < text.length; length++) {
    expect(parseJson(text.slice(0, length)).problems, text.slice(0, length)).not.toEqual([]);
  }
});

it.each([
  ['{"a":1,\n"a":2}', { line: 2, what: 'the key "a" stands twice' }],
  ['{\n"__proto__": {}}', { line: 2, what: 'the key "__proto__" is not allowed' }],
  ['{"constructor": 1}', { line: 1, what: 'the key "constructor" is not allowed' }],
  ['[1,]', { line: 1, what: '"]" where a value belongs (column 4)' }],
  ['{"a":1}\n\n}', { line: 3, what: '"}" after the end of the document' }],
  ['1e400', { line: 1, what: '"1e400" is not a JSON value' }],
  ['01', { line: 1, what: '"01" is not a JSON value' }],
  ['{"a":\n"x\ny"}', { line: 2, what: 'a text that is not closed, or holds a raw control character' }],
])('%j', (text, problem) => {
  expect(parseJson(text).problems).toEqual([problem]);
});

it('bounds depth, refuses byte order marks and other encodings', () => {
  expect(parseJson('['.repeat(200_000)).problems[0]?.what).toMatch(/deeper/);
  expect(parseJsonBytes(new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d])).problems[0]?.what).toMatch(/byte order/);
  expect(parseJsonBytes(new Uint8Array([0x22, 0xff, 0x22])).problems[0]?.what).toMatch(/UTF-8/);
});

it('knows the line of every value', () => {
  const { lineOf } = parseJson('{\n  "a": {\n    "b/c": [\n      1,\n      2\n    ]\n  }\n}');
  expect(lineOf('/a/b~1c/1')).toBe(5);
});

it('gives objects nothing to inherit', () => {
  expect(Object.getPrototypeOf(parseJson('{"a":{}}').value)).toBeNull();
});
