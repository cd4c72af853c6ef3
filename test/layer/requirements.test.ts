import { describe, expect, it } from 'vitest';
import { parseRequirements } from '../../src/layer/requirements.js';

const parse = (text: string | Uint8Array) =>
  parseRequirements(typeof text === 'string' ? new TextEncoder().encode(text) : text);
const sha256 = `sha256:${'0a'.repeat(32)}`;
const pins = (text: string) => parse(text).requirements.map(({ name, version }) => [name, version]);
const problems = (text: string | Uint8Array) =>
  parse(text).problems.map(({ line, kind, what }) => `${line} ${kind} ${what}`);

describe('a requirement', () => {
  it('is read with all that stands beside it', () => {
    const text = `requests[socks, security] == 2.32.5 ; python_version >= "3.9"  --hash=${sha256.toUpperCase().replace('SHA256', 'sha256')} # why\n`;
    expect(parse(text)).toEqual({
      requirements: [
        {
          name: 'requests',
          extras: ['socks', 'security'],
          specifier: '==2.32.5',
          version: '2.32.5',
          marker: 'python_version >= "3.9"',
          hashes: [sha256],
          line: 1,
        },
      ],
      requireHashes: false,
      problems: [],
    });
  });

  it.each([
    ['a==1', '1'],
    ['a===1.0-whatever', '1.0-whatever'],
    ['a == 1!2.0rc1.post2.dev3+cu118', '1!2.0rc1.post2.dev3+cu118'],
    ['a (==1.0)', '1.0'],
    ['a[]==1.0', '1.0'],
    ['a', null],
    ['a>=1', null],
    ['a~=1.4', null],
    ['a==1.*', null],
    ['a!=1.0', null],
    ['a==1.0,==1.0', null],
    ['a==1.0,>0', null],
    ['a<2 ; python_version < "3"', null],
  ])('%s has the version %s', (text, version) => {
    expect([pins(text), problems(text)]).toEqual([[['a', version]], []]);
  });

  it('is continued by a backslash, and a comment ends it', () => {
    const text = `# about\na==1.0 \\\n    --hash=${sha256} \\\n    --hash=${sha256}\n\nb==2.0 \\\n # note \\\nc==3.0\n`;
    expect(parse(text).requirements.map(({ name, line, hashes }) => [name, line, hashes.length])).toEqual([
      ['a', 2, 2],
      ['b', 6, 0],
      ['c', 8, 0],
    ]);
    expect(problems(text)).toEqual([]);
  });

  it('keeps a # that no blank stands before', () => {
    expect(problems('a==1.0#x')).toEqual(['1 unreadable what stands behind a is no version']);
    expect(pins('a==1.0 #x\n#a\n\t# b\n')).toEqual([['a', '1.0']]);
  });

  it('may end its lines as Windows does', () => {
    expect([pins('a==1.0\r\nb==2.0\r\n'), problems('a==1.0 \\\r\n --pre\r\n')]).toEqual([
      [
        ['a', '1.0'],
        ['b', '2.0'],
      ],
      [],
    ]);
  });
});

describe('options', () => {
  it.each([
    '--require-hashes',
    '--pre --prefer-binary',
    '--only-binary=:all:',
    '--only-binary :all: --no-binary x',
  ])('that choose among what the index has are taken: %s', (text) => expect(problems(text)).toEqual([]));

  it.each([
    ['--index-url https://u:secret@host/', 'index', '--index-url'],
    ['--index-url=https://host/', 'index', '--index-url'],
    ['-i https://host', 'index', '-i'],
    ['-ihttps://u:secret@host', 'index', '-i'],
    ['--extra-index https://host', 'index', '--extra-index'],
    ['--extra-index-url \\\nhttps://host', 'index', '--extra-index-url'],
    ['--no-index', 'index', '--no-index'],
    ['-f .', 'index', '-f'],
    ['--find-links=wheels', 'index', '--find-links'],
    ['--trusted-host host', 'index', '--trusted-host'],
    ['--pre --trusted host', 'index', '--trusted'],
    ['a==1.0 --index-url https://host', 'index', '--index-url'],
    ['-r other.txt', 'include', '-r'],
    ['-rother.txt', 'include', '-r'],
    ['-r ../../x', 'include', '-r'],
    ['--requirement=/etc/passwd', 'include', '--requirement'],
    ['-c constraints.txt', 'include', '-c'],
    ['-e .', 'editable', '-e'],
    ['-e git+https://host/x#egg=x', 'editable', '-e'],
    ['--editable .', 'editable', '--editable'],
    ['a==1.0 --config-settings x=y', 'option', '--config-settings'],
    ['a==1.0 --global-option=x', 'option', '--global-option'],
    ['--use-feature x', 'option', '--use-feature'],
    ['-x', 'option', '-x'],
    ['--', 'index', '--'],
    ['--pre=x', 'unreadable', '--pre takes no value'],
    ['--only-binary', 'unreadable', '--only-binary takes :all:, :none: or names'],
    ['--only-binary --pre', 'unreadable', '--only-binary takes :all:, :none: or names'],
    ['--pre a==1.0', 'unreadable', 'a word stands where an option belongs'],
    [`--hash=${sha256}`, 'unreadable', 'a --hash stands without its requirement'],
    ['a==1.0 --hash=md5:00', 'unreadable', 'a --hash is not sha256:, sha384: or sha512: and its hex digits'],
    ['a==1.0 --hash', 'unreadable', 'a --hash is not sha256:, sha384: or sha512: and its hex digits'],
  ])('%s', (text, kind, what) => {
    expect(parse(text).requirements).toEqual([]);
    expect(problems(text)).toEqual([`1 ${kind} ${what}`]);
  });

  it('asks for hashes of the whole file', () => {
    expect(parse('--require-hashes\na==1.0\n').requireHashes).toBe(true);
    expect(parse('# --require-hashes\na==1.0\n').requireHashes).toBe(false);
  });
});

describe('what is no release of an index', () => {
  it.each([
    ['a @ https://host/a.whl', 'a'],
    ['a[x]@git+ssh://git@host/a.git', 'a'],
    ['https://u:secret@host/a-1.0.tar.gz', 'this'],
    ['git+https://host/a.git@v1#egg=a', 'this'],
    ['file:a', 'this'],
    ['./a', 'this'],
    ['..', 'this'],
    ['a/b', 'this'],
    ['a\\b', 'this'],
    ['a-1.0-py3-none-any.whl', 'this'],
    ['a-1.0.tar.gz ; python_version > "3"', 'this'],
  ])('%s', (text, what) => {
    expect([problems(text), parse(text).requirements]).toEqual([[`1 url ${what}`], []]);
  });
});

describe('what two readers could read differently is not read', () => {
  it.each([
    ['a==1.0 # c\u2028-i https://host', 'it holds a character that pip takes for the end of the line'],
    ['# c\v-i https://host', 'it holds a character that pip takes for the end of the line'],
    ['a==1.0\r-i https://host', 'it holds a character that pip takes for the end of the line'],
    ['\u00a0# c', 'it holds a character beyond ASCII'],
    ['a\u00a0==1.0', 'it holds a character beyond ASCII'],
    ['а==1.0', 'it holds a character beyond ASCII'],
    ['a==１.0', 'it holds a character beyond ASCII'],
    ['a==$\u007bA}', 'it takes a value from the environment'],
    ['a==1.0 \\ ', 'a backslash continues a line only as its very last character'],
    ['a==1.0;', 'nothing stands behind the ";"'],
    ['a=1.0', 'what stands behind a is no version'],
    ['a = = 1.0', 'what stands behind a is no version'],
    ['a==1.0 b==2.0', 'what stands behind a is no version'],
    ['a==', 'what stands behind a is no version'],
    ['a>=1.*', 'what stands behind a is no version'],
    ['a[!]==1.0', 'an extra is no name'],
    ['==1.0', 'it does not begin with the name of a package'],
    ['_a==1.0', 'it does not begin with the name of a package'],
    [`${'a'.repeat(201)}==1.0`, 'it begins with a name of more than 200 letters'],
  ])('%j', (text, what) => {
    expect(parse(text).requirements).toEqual([]);
    expect(problems(text)).toEqual([`1 unreadable ${what}`]);
  });

  it('in the wrong encoding', () => {
    expect(problems(Buffer.from('a==1.0\n', 'utf16le'))).toEqual(['null unreadable it holds a NUL byte']);
    expect(problems(Buffer.from('\ufeffa==1.0\n', 'utf16le'))).toEqual([
      'null unreadable it is UTF-16, as PowerShell writes it; save it as UTF-8',
    ]);
    expect(problems('\ufeffa==1.0\n')).toEqual(['null unreadable it begins with a byte order mark']);
    expect(problems(Uint8Array.of(0x61, 0xff))).toEqual(['null unreadable it is not UTF-8']);
    expect(problems('#!x\n# -*- coding: utf-7 -*-\na==1.0\n')).toEqual([
      '2 unreadable it names an encoding other than UTF-8',
    ]);
    expect(problems('# coding: UTF-8\n#\n# coding: utf-7\na==1.0\n')).toEqual([]);
  });

  it('beyond 1 MiB, or 50,000 lines', () => {
    expect(problems('a\n'.repeat(50_000))).toEqual(['null unreadable it has more than 50000 lines']);
    expect(problems(' '.repeat(1024 * 1024 + 1))).toEqual(['null unreadable it is larger than 1 MiB']);
  });
});

it.each([
  ['backslashes', `${'\\'.repeat(1_000_000)}x\\\n`],
  ['blanks', `a${' '.repeat(1_000_000)}==1.0`],
  ['signs', '#'.repeat(1_000_000)],
  ['words', '--pre '.repeat(170_000)],
  ['dashes in a name', `a${'-'.repeat(1_000_000)}`],
  ['commas', `a==1${',==1'.repeat(250_000)}`],
  ['continued lines', 'a\\\n'.repeat(49_000)],
  ['lines', 'abcdefghijklmnopqrst\n'.repeat(49_000)],
  ['dots', `a==1${'.1'.repeat(500_000)}!`],
])('takes no longer for a megabyte of %s', (_, text) => {
  const started = performance.now();
  parse(text);
  expect(performance.now() - started).toBeLessThan(5_000);
});
