import { describe, expect, it } from 'vitest';
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
