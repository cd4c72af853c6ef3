import { describe, expect, it } from 'vitest';
import { fitsSchema } from '../../src/layer/fits-schema.js';
import { extensionOf, isFor, modulePath } from '../../src/layer/inside/module-path.js';
import { fits, isWheelFile, readWheelTags } from '../../src/layer/inside/wheel.js';
import { parseJson, parseJsonBytes } from '../../src/layer/json.js';
import { parseRequirements } from '../../src/layer/requirements.js';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a line of requirements', () => {
  const read = (text: string) => {
    const { requirements, problems, requireHashes } = parseRequirements(bytes(text));
    const found = requirements.map(({ name, extras, specifier, marker, line }) =>
      [line, name, extras.join('+'), specifier, marker].join('|'),
    );
    return [
      ...found,
      ...problems.map(({ kind, what, line, lastLine }) => `${line}-${lastLine} ${kind} ${what}`),
      ...(requireHashes ? ['hashes'] : []),
    ];
  };
  const sha = `--hash=sha256:${'a'.repeat(64)}`;

  it.each<[text: string, says: string[]]>([
    ['', []],
    ['   \n\t# note\n#', []],
    ['a==1 # note', ['1|a||==1|']],
    ['a==1\t# note', ['1|a||==1|']],
    ['a==1#note', ['1-1 unreadable what stands behind a is no version']],
    ['a==1 #x #y', ['1|a||==1|']],
    ['\ta==1\t', ['1|a||==1|']],
    ['a >= 1 , < 2', ['1|a||>=1,<2|']],
    ['a (>=1,<2)', ['1|a||>=1,<2|']],
    ['a (>=1', ['1-1 unreadable what stands behind a is no version']],
    ['a >=1)', ['1-1 unreadable what stands behind a is no version']],
    ['a==1 ; x == "y" ', ['1|a||==1|x == "y"']],
    ['a ;', ['1-1 unreadable nothing stands behind the ";"']],
    ['a[b, c] ==1', ['1|a|b+c|==1|']],
    ['a [b]==1', ['1|a|b|==1|']],
    ['a[b c]==1', ['1-1 unreadable an extra is no name']],
    ['a==1[b]', ['1-1 unreadable what stands behind a is no version']],
    ['a!=1.*', ['1|a||!=1.*|']],
    ['a>1.*', ['1-1 unreadable what stands behind a is no version']],
    ['a=1', ['1-1 unreadable what stands behind a is no version']],
    ['a==', ['1-1 unreadable what stands behind a is no version']],
    ['a==1,', ['1-1 unreadable what stands behind a is no version']],
    ['a==one', ['1-1 unreadable what stands behind a is no version']],
    ['a===one', ['1|a||===one|']],
    ['a b', ['1-1 unreadable what stands behind a is no version']],
    ['==1', ['1-1 unreadable it does not begin with the name of a package']],
    [`${'a'.repeat(200)}==1`, [`1|${'a'.repeat(200)}||==1|`]],
    [`${'a'.repeat(201)}==1`, ['1-1 unreadable it begins with a name of more than 200 letters']],
    ['a @ https://x/y', ['1-1 url a']],
    ['a[b] @ https://x/y', ['1-1 url a']],
    ['./a', ['1-1 url this']],
    ['a/b', ['1-1 url this']],
    ['a\\b', ['1-1 url this']],
    ['FILE:a', ['1-1 url this']],
    ['a.whl', ['1-1 url this']],
    ['a.tar.gz', ['1-1 url this']],
    ['profile:a', ['1-1 unreadable what stands behind profile is no version']],
    [`a==$${'{V}'}`, ['1-1 unreadable it takes a value from the environment']],
    [`a==$${'{LONG_V2}'}`, ['1-1 unreadable it takes a value from the environment']],
    [`a==1 ; x == "$${'{v}'}"`, [`1|a||==1|x == "$${'{v}'}"`]],
    ['a==1 \\ ', ['1-1 unreadable a backslash continues a line only as its very last character']],
    ['é==1', ['1-1 unreadable it holds a character beyond ASCII']],
    ['a==1 # é', ['1|a||==1|']],
    [sha, ['1-1 unreadable a --hash stands without its requirement']],
    ['--require-hashes', ['hashes']],
    [`a==1   ${sha}`, ['1|a||==1|']],
    ['a==1\n\nb==2\n', ['1|a||==1|', '3|b||==2|']],
    ['a==1 \\\n  ; x == "y"\nb==2', ['1|a||==1|x == "y"', '3|b||==2|']],
    ['a\\\\\\\n==1', ['1|a||==1|']],
    ['\\\\a\\\n==1', ['1|a||==1|']],
    ['\\\na==1', ['1|a||==1|']],
    ['\\', ['1-1 unreadable a backslash continues a line only as its very last character']],
    ['a==1 \\', ['1-1 unreadable a backslash continues a line only as its very last character']],
    ['a==1 \\\n  # note \\\nb==2', ['1|a||==1|', '3|b||==2|']],
    ['# note \\\nb==2', ['2|b||==2|']],
    ['a==1 \\\nfoo bar', ['1-2 unreadable what stands behind a is no version']],
    ['a==1\u000bb==2', ['1-1 unreadable it holds a character that pip takes for the end of the line']],
    ['# coding: utf-8\na==1', ['2|a||==1|']],
    ['# coding=UTF8\n# coding: ascii\na==1', ['3|a||==1|']],
    ['# -*- coding:latin-1 -*-', ['1-1 unreadable it names an encoding other than UTF-8']],
    ['\n# coding:   us-ascii2', ['2-2 unreadable it names an encoding other than UTF-8']],
    ['# coding: not-utf-8', ['1-1 unreadable it names an encoding other than UTF-8']],
    ['# coding: us-ascii', []],
    ['\n\n# coding: latin-1', []],
    ['x # coding: latin-1', ['1|x|||']],
  ])('%j', (text, says) => expect(read(text)).toEqual(says));

  it.each<[what: string, content: Uint8Array, says: string]>([
    [
      'as PowerShell writes it',
      new Uint8Array([0xff, 0xfe, 97, 0]),
      'it is UTF-16, as PowerShell writes it; save it as UTF-8',
    ],
    [
      'the other way round',
      new Uint8Array([0xfe, 0xff, 0, 97]),
      'it is UTF-16, as PowerShell writes it; save it as UTF-8',
    ],
    ['broken', new Uint8Array([0xff, 0x61]), 'it is not UTF-8'],
    ['broken otherwise', new Uint8Array([0xfe, 0x61]), 'it is not UTF-8'],
    ['ending in half a mark', new Uint8Array([0x61, 0xfe]), 'it is not UTF-8'],
    ['with a NUL', bytes('a\0b'), 'it holds a NUL byte'],
    ['with a mark', bytes('\ufeffa==1'), 'it begins with a byte order mark'],
    ['too large', new Uint8Array(1024 * 1024 + 1).fill(10), 'it is larger than 1 MiB'],
    ['too long', bytes('\n'.repeat(50_000)), 'it has more than 50000 lines'],
  ])('of a file that is %s is none', (_, content, says) => {
    expect(parseRequirements(content)).toEqual({
      requirements: [],
      requireHashes: false,
      problems: [{ kind: 'unreadable', what: says, line: null, lastLine: null }],
    });
  });
  it('may be the last that is taken', () => {
    expect(parseRequirements(bytes('\n'.repeat(49_999))).problems).toEqual([]);
    expect(parseRequirements(bytes(`#${'x'.repeat(1024 * 1024 - 1)}`)).problems).toEqual([]);
  });
});

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

describe('the tags of a wheel', () => {
  it.each([
    ['Tag: py3-none-any\n', ['py3-none-any']],
    [
      'Wheel-Version: 1.0\r\nTag:cp311-cp311-linux_x86_64 \r\nTag:\tpy3-none-any\t\r\n',
      ['cp311-cp311-linux_x86_64', 'py3-none-any'],
    ],
    ['Tag: py2.py3-none-any', ['py2-none-any', 'py3-none-any']],
    ['Tag: cp39-abi3.none-a.b', ['cp39-abi3-a', 'cp39-abi3-b', 'cp39-none-a', 'cp39-none-b']],
    ['Tag: py3-none-any\nTag: py3-none-any', ['py3-none-any']],
    ['Not-Tag: py3-none-any\n Tag: py3-none-any\nTag: py3-none\nTag: py3-none-any x', []],
    [`${' '.repeat(65_536)}\nTag: py3-none-any`, []],
    [
      `Tag: ${Array.from({ length: 12 }, (_, i) => `p${i}`).join('.')}-none-any`,
      Array.from({ length: 10 }, (_, i) => `p${i}-none-any`),
    ],
  ])('%j', (text, tags) => expect(readWheelTags(text)).toEqual(tags));
  it('are a hundred lines at most', () => {
    expect(readWheelTags(Array.from({ length: 150 }, (_, i) => `Tag: py3-none-p${i}`).join('\n'))).toHaveLength(100);
  });

  it.each([
    ['a-1.0.dist-info/WHEEL', true],
    ['python/a-1.0.dist-info/WHEEL', true],
    ['.dist-info/WHEEL', false],
    ['a.dist-info/WHEELS', false],
    ['a.dist-info/x/WHEEL', false],
    ['WHEEL', false],
  ])('are in %s: %s', (path, is) => expect(isWheelFile(path)).toBe(is));

  it.each<[tag: string, fits: boolean, architecture?: string, runtime?: string]>([
    ['py3-none-any', true],
    ['py2-none-any', false],
    ['py312-none-any', true],
    ['py313-none-any', false],
    ['py3-abi3-any', false],
    ['cp312-cp312-any', true],
    ['cp311-cp311-any', false],
    ['cp312-none-any', true],
    ['cp312-cp311-any', false],
    ['cp38-abi3-any', true],
    ['cp312-abi3-any', true],
    ['cp313-abi3-any', false],
    ['xcp312-none-any', false],
    ['cp312x-none-any', false],
    ['pp312-none-any', false],
    ['py3-none-linux_x86_64', true],
    ['py3-none-linux_aarch64', false],
    ['py3-none-linux_aarch64', true, 'arm64'],
    ['py3-none-manylinux1_x86_64', true],
    ['py3-none-manylinux2014_x86_64', true],
    ['py3-none-manylinux_2_34_x86_64', true],
    ['py3-none-manylinux_2_35_x86_64', false],
    ['py3-none-manylinux_2_27_x86_64', false, 'x86_64', 'python3.9'],
    ['py3-none-manylinux_2_26_x86_64', true, 'x86_64', 'python3.9'],
    ['py3-none-xmanylinux_2_17_x86_64', false],
    ['py3-none-manylinux_2_17x_x86_64', false],
    ['py3-none-musllinux_1_2_x86_64', false],
    ['py3-none-win_amd64', false],
    ['py3-none-anyx86_64', false],
    ['py3', false],
  ])('%s may be used: %s', (tag, may, architecture = 'x86_64', runtime = 'python3.12') => {
    expect(fits(tag, runtime, architecture)).toBe(may);
  });
});

describe('a path as Python sees it', () => {
  it.each([
    ['python/a/b.py', null, 'a/b.py'],
    ['python\\a\\b.py', null, 'a/b.py'],
    ['a/b.py', null, null],
    ['pythonic/a.py', null, null],
    ['python/lib/python3.11/site-packages/a.py', 'python3.11', 'a.py'],
    ['python/lib/python3.11/a.py', null, 'lib/python3.11/a.py'],
    ['python/lib/python3.11/site-packages/', null, 'lib/python3.11/site-packages/'],
    ['python/library/a.py', null, 'library/a.py'],
    ['x/python/lib/python3.11/site-packages/a.py', null, null],
  ])('%s in a layer', (path, runtime, inside) => expect(modulePath(path, 'layer')).toEqual({ runtime, path: inside }));
  it('in a function begins at the root', () => {
    expect(modulePath('python\\lib/a.py', 'function')).toEqual({ runtime: null, path: 'python/lib/a.py' });
  });

  it.each<[string, object | null]>([
    ['a.cpython-311-x86_64-linux-gnu.so', { module: 'a', abi: 'cpython-311' }],
    ['p/q/_a.cpython-313t-x.so', { module: 'p/q/_a', abi: 'cpython-313t' }],
    ['a.abi3.so', { module: 'a', abi: 'abi3' }],
    ['a.pypy39-pp73-x.so', { module: 'a', abi: 'pypy39-pp73' }],
    ['a.so', null],
    ['a.cpython-311.py', null],
    ['a.cpython-311.so.1', null],
    ['a.b.abi3.so', null],
    ['p.q/a.abi3.so', { module: 'p.q/a', abi: 'abi3' }],
  ])('%s is an extension: %j', (path, extension) => expect(extensionOf(path)).toEqual(extension));
  it.each([
    ['abi3', true],
    ['cpython-312', true],
    ['cpython-311', false],
    ['cpython-312t', false],
  ])('%s is for 3.12: %s', (abi, is) => expect(isFor({ module: 'a', abi }, 'python3.12')).toBe(is));
});

describe('the walk that says whether a document certainly keeps a schema', () => {
  it.each<[schema: object | boolean, yes: unknown[], no: unknown[]]>([
    [true, [1, null], []],
    [false, [], [1, null]],
    [{ $schema: 'x', $id: 'y', title: 't', description: 'd' }, [1], []],
    [{ type: 'null' }, [null], [0, '', {}, []]],
    [{ type: 'object' }, [{}], [null, [], 'x']],
    [{ type: 'array' }, [[]], [{}, null]],
    [{ type: 'integer' }, [1, -1], [1.5, '1']],
    [{ type: 'number' }, [1.5], ['1', null]],
    [{ type: ['string', 'null'] }, ['x', null], [1, []]],
    [{ format: 'glob' }, ['x', 1], []],
    [{ format: 'date' }, [], ['x']],
    [{ enum: ['a', 1] }, ['a', 1], ['b', null]],
    [{ const: 'a' }, ['a'], ['b']],
    [{ pattern: '^a.$' }, ['ab', 'a😀', 1, null], ['b', 'abc']],
    [{ minLength: 2 }, ['ab', 'a😀', 1, null], ['a', '😀', '']],
    [{ maxLength: 2 }, ['ab', 'a', 1, [1, 2, 3]], ['abc']],
    [{ minimum: 2 }, [2, 3, '1', null], [1]],
    [{ exclusiveMinimum: 2 }, [3, '1'], [2, 1]],
    [{ maximum: 2 }, [2, 1, '3'], [3]],
    [{ minItems: 1 }, [[1], {}, ''], [[]]],
    [{ maxItems: 1 }, [[1], [], 'xy'], [[1, 2]]],
    [{ items: { type: 'string' } }, [[], ['a'], { a: 1 }], [[1], ['a', 1]]],
    [{ required: ['a'] }, [{ a: 1 }, [], 'a', null], [{}, { b: 1 }]],
    [{ propertyNames: { maxLength: 1 } }, [{ a: 1 }, {}, 'ab', ['ab']], [{ ab: 1 }]],
    [{ properties: { a: { type: 'string' } } }, [{ a: 'x' }, { b: 1 }, [], null], [{ a: 1 }]],
    [{ additionalProperties: false }, [{}, [], null], [{ a: 1 }]],
    [{ properties: { a: {} }, additionalProperties: { type: 'string' } }, [{ a: 1 }, { a: 1, b: 'x' }], [{ b: 1 }]],
    [{ oneOf: [{}] }, [], [1]],
    [{ toString: 1 }, [], [1]],
  ])('%j', (schema, yes, no) => {
    expect([
      yes.filter((value) => !fitsSchema(schema, value)),
      no.filter((value) => fitsSchema(schema, value)),
    ]).toEqual([[], []]);
  });
});
