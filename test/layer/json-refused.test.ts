import { describe, expect, it } from 'vitest';
import { parseJson, parseJsonBytes } from '../../src/layer/json.js';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('JSON', () => {
  it.each<[text: string, line: number, what: string]>([
    ['', 1, 'the end of the file where a value belongs (column 1)'],
    ['\n\n  ', 3, 'the end of the file where a value belongs (column 3)'],
    ['{', 1, 'the end of the file where a key in double quotes belongs (column 2)'],
    ['{\n  a: 1 }', 2, '"a" where a key in double quotes belongs (column 3)'],
    ['{ "a" 1 }', 1, '"1" where ":" belongs (column 7)'],
    ['{ "a": 1; }', 1, '";" where "," or "}" belongs (column 9)'],
    ['{ "a": 1, }', 1, '"}" where a key in double quotes belongs (column 11)'],
    ['[1 2]', 1, '"2" where "," or "]" belongs (column 4)'],
    ['[1,]', 1, '"]" where a value belongs (column 4)'],
    ['[1] x', 1, '"x" after the end of the document'],
    ['[\r\n\t"a\nb"]', 2, 'a text that is not closed, or holds a raw control character'],
    ['"a', 1, 'a text that is not closed, or holds a raw control character'],
    ['"\\x"', 1, 'a text that is not closed, or holds a raw control character'],
    ['01', 1, '"01" is not a JSON value'],
    ['1e999', 1, '"1e999" is not a JSON value'],
    ['nul', 1, '"nul" is not a JSON value'],
    ['x'.repeat(60), 1, `"${'x'.repeat(40)}" is not a JSON value`],
    ['[\u00a01]', 1, '"\u00a0" where a value belongs (column 2)'],
    [`${'['.repeat(33)}1${']'.repeat(33)}`, 1, 'nested deeper than 32 levels'],
    ['{ "a": 1,\n "a": 2 }', 2, 'the key "a" stands twice'],
    ['{ "constructor": 1 }', 1, 'the key "constructor" is not allowed'],
  ])('%j is refused', (text, line, what) => expect(parseJson(text).problems).toEqual([{ line, what }]));

  it.each([
    ...[
      'null',
      'true',
      'false',
      '0',
      '-0.5',
      '1e3',
      '1E+3',
      '2.5e-1',
      '""',
      '"\\u00e9\\n\\""',
      '[]',
      '[ ]',
      '{}',
      '{ }',
    ],
    ...['\t[\r\n1 ,\t2 ]\r\n', '{"a":{"b":[1,{"c":null}]},"d":"x"}', `${'['.repeat(32)}1${']'.repeat(32)}`],
  ])('%j is what it says', (text) => {
    const { value, problems } = parseJson(text);
    expect(problems).toEqual([]);
    expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(text)));
  });

  it('keeps no forbidden key, and the last of two', () => {
    expect(Object.keys(parseJson('{ "__proto__": 1, "a": 1, "a": 2 }').value as object)).toEqual(['a']);
    expect(parseJson('{ "prototype": 1, "x": 2 }').problems).toHaveLength(1);
  });

  it('tells where each value begins', () => {
    const { lineOf } = parseJson('{\n"a": [\n1,\n{ "b/~": 2 }\n] }');
    expect(['', '/a', '/a/0', '/a/1', '/a/1/b~1~0', '/c'].map(lineOf)).toEqual([1, 2, 3, 4, 4, null]);
  });

  it.each([
    [[0xef, 0xbb, 0xbf, 0x31], 'it starts with a byte order mark'],
    [[0xef, 0xbb, 0x31], 'it is not UTF-8'],
    [[0xff, 0x31], 'it is not UTF-8'],
  ])('as the bytes %j is refused', (given, what) => {
    const { value, problems, lineOf } = parseJsonBytes(new Uint8Array(given));
    expect([value, problems, lineOf('')]).toEqual([undefined, [{ line: 1, what }], null]);
  });
  it.each(['"\uff5e"', '"\ufefe"', '1'])('%s is bytes as any other', (text) => {
    expect(parseJsonBytes(bytes(text)).value).toBe(JSON.parse(text));
  });
});
