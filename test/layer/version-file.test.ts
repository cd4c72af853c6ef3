import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeProblem, parseVersionFile, setVersion, versionOf } from '../../src/layer/version-file.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const parse = (text: string) => parseVersionFile(bytes(text));
const kinds = (text: string) => parse(text).problems.map(({ line, problem }) => `${line} ${problem}`);

describe('a VERSION file', () => {
  it('reads keys, values and their lines', () => {
    const file = parse('# layers\n\nCORE_VERSION=1.2.3\nDEPS_VERSION=1.0.5\n \t\nCANONICAL_VERSION=1.1\n');
    expect(file.problems).toEqual([]);
    expect(Object.fromEntries(file.values)).toEqual({
      CORE_VERSION: '1.2.3',
      DEPS_VERSION: '1.0.5',
      CANONICAL_VERSION: '1.1',
    });
    expect(Object.fromEntries(file.lines)).toEqual({ CORE_VERSION: 3, DEPS_VERSION: 4, CANONICAL_VERSION: 6 });
  });

  it('may be empty', () => expect(parse('')).toEqual({ values: new Map(), lines: new Map(), problems: [] }));

  const refused: [name: string, text: string, problems: string[]][] = [
    ['export', 'export A=1.2.3\n', ['1 bad-line']],
    ['blank before the key', ' A=1.2.3\n', ['1 bad-line']],
    ['blank after the value', 'A=1.2.3 \n', ['1 bad-line']],
    ['blank around the sign', 'A = 1.2.3\n', ['1 bad-line']],
    ['no-break space', 'A=1.2.3\u00a0\n', ['1 bad-line']],
    ['zero-width space', 'A=1.2.3\u200b\n', ['1 bad-line']],
    ['a byte order mark further on', 'A=1\n\ufeffB=2\n', ['2 bad-line']],
    ['double quotes', 'A="1.2.3"\n', ['1 bad-line']],
    ['single quotes', "A='1.2.3'\n", ['1 bad-line']],
    ['backticks', 'A=`date`\n', ['1 bad-line']],
    ['comment behind the value', 'A=1.2.3 # note\n', ['1 bad-line']],
    ['no value', 'A=\n', ['1 bad-line']],
    ['no key', '=1.2.3\n', ['1 bad-line']],
    ['key with a digit first', '1A=1.2.3\n', ['1 bad-line']],
    ['no sign', 'A 1.2.3\n', ['1 bad-line']],
    ['escape character', 'A=1\u001b[31m\n', ['1 bad-line']],
    ['escape character in a comment', '# \u001b[31m\n', ['1 bad-line']],
    ['a duplicate', 'A=1.2.3\nB=1\nA=1.2.4\n', ['3 duplicate-key']],
    ['the same twice', 'A=1.2.3\nA=1.2.3\n', ['2 duplicate-key']],
    ['no final newline', 'A=1.2.3', ['1 no-final-newline']],
    ['Windows line ends, said once', 'A=1.2.3\r\nB=1\r\nC=2\r\n', ['1 carriage-return']],
    ['one CR in the middle', 'A=1\nB=2\r\n', ['2 carriage-return']],
    ['CR alone', 'A=1.2.3\rB=1\r', ['1 carriage-return', '1 no-final-newline']],
    ['a byte order mark', '\ufeffA=1.2.3\n', ['1 bom']],
    ['NUL', 'A=1.2\u00003\n', ['1 nul']],
  ];
  it.each(refused)('refuses %s', (_, text, problems) => expect(kinds(text)).toEqual(problems));

  it('refuses bytes that are not UTF-8, and only on their line', () => {
    const file = parseVersionFile(new Uint8Array([...bytes('A=1\nB='), 0xff, ...bytes('\nC=3\n')]));
    expect(file.problems).toEqual([{ line: 2, problem: 'not-utf8' }]);
    expect([...file.values.keys()]).toEqual(['A', 'C']);
  });

  it('takes UTF-16 for what it is not', () => {
    const problems = parseVersionFile(new Uint8Array([0xff, 0xfe, 65, 0, 61, 0, 49, 0, 10, 0])).problems;
    expect(problems.map(({ problem }) => problem)).toContain('nul');
  });

  it('takes 64 KiB and not a byte more', () => {
    const comment = (length: number) => `#${'x'.repeat(length - 2)}\n`;
    expect(kinds(comment(65_536))).toEqual([]);
    expect(kinds(comment(65_537))).toEqual(['null too-large']);
  });

  it('keeps values it understood beside the problems', () => {
    expect(parse('A=1.2.3\r\nA=2.0.0\r\n').values.get('A')).toBe('1.2.3');
  });

  it('tells problems in words', () => {
    const [problem] = parse('A=1\nA=2\n').problems;
    expect(problem && describeProblem(problem)).toBe(
      'line 2: A was given before, and readers differ on which one holds',
    );
    expect(describeProblem({ line: null, problem: 'too-large' })).toBe('it is larger than 64 KiB');
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (input) => {
        const { values, lines, problems } = parseVersionFile(input);
        expect([...values.keys()]).toEqual([...lines.keys()]);
        // Not understood is never silence: bytes that gave no value and no problem are comments and blanks.
        if (values.size === 0 && problems.length === 0) {
          expect(new TextDecoder().decode(input)).toMatch(/^(?:(?:#[^\n]*|[ \t]*)\n)*$/);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the version of a key', () => {
  const of = (text: string, key = 'A') => versionOf(parse(text), key);
  it('is there', () => expect(of('A=1.2.3\n')).toEqual({ version: '1.2.3' }));
  it.each([
    '1.2',
    'v1.2.3',
    '1.2.3-rc.1',
    '1.2.3+b',
    '01.2.3',
    '1.2.1234567890',
    '1.2.3#x',
    '１.2.3',
  ])('is not %s', (value) => expect(of(`A=${value}\n`)).toEqual({ problem: `line 1: A=${value} is not X.Y.Z` }));
  it('is missing', () => expect(of('AB=1.2.3\n')).toEqual({ problem: 'it has no line A=X.Y.Z' }));
  it('is not taken from a file that does not parse, whatever line is wrong', () => {
    expect(of('A=1.2.3\nB = 1\n')).toHaveProperty('problem');
  });
});

describe('setting a version', () => {
  it('changes one line and nothing else', () => {
    expect(setVersion('# a\nA=1.2.3\n\nAB=1.2.3\n# z\n', 'A', '1.3.0')).toBe('# a\nA=1.3.0\n\nAB=1.2.3\n# z\n');
  });
  it('appends a missing key', () => expect(setVersion('A=1.2.3\n', 'B', '0.1.0')).toBe('A=1.2.3\nB=0.1.0\n'));
  it('appends after a last line without newline', () => {
    expect(setVersion('A=1.2.3', 'B', '0.1.0')).toBe('A=1.2.3\nB=0.1.0\n');
  });
  it('starts a file', () => expect(setVersion('', 'A', '0.1.0')).toBe('A=0.1.0\n'));
  it('does not take a longer key, a comment or a dollar sign for it', () => {
    expect(setVersion('#A=1\nAA=1\nA=1\n', 'A', '2.0.0')).toBe('#A=1\nAA=1\nA=2.0.0\n');
  });
  it('round-trips with the parser', () => {
    const version = fc.tuple(fc.nat(999), fc.nat(999), fc.nat(999)).map((parts) => parts.join('.'));
    const key = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,8}$/);
    const file = fc.dictionary(key, version).map((all) => Object.entries(all).map(([k, v]) => `${k}=${v}\n`));
    fc.assert(
      fc.property(file, key, version, (lines, name, to) => {
        const text = lines.join('# between\n');
        const before = parse(text).values;
        const after = parse(setVersion(text, name, to));
        expect(after.problems).toEqual([]);
        expect(after.values).toEqual(new Map([...before, [name, to]]));
      }),
    );
  });
});
