import { describe, expect, it } from 'vitest';
import { pinOf, pinsAt, placesOf } from '../../../src/layer/packages/asked.js';
import { closureOf } from '../../../src/layer/packages/closure.js';
import { type Metadata, parseMetadata } from '../../../src/layer/packages/metadata.js';
import { readRequirementLine } from '../../../src/layer/requirement-line.js';

const place = { runtime: 'python3.11', architecture: 'x86_64' };

const wanted = (line: string) => {
  const read = readRequirementLine(line);
  if (read.kind !== 'requirement') throw new Error(line);
  return { ...read.requirement, line: 1 };
};

function metadata(name: string, version: string, ...needs: string[]): Metadata {
  const lines = [`Name: ${name}`, `Version: ${version}`, ...needs.map((need) => `Requires-Dist: ${need}`), '', 'x'];
  return parseMetadata(lines.join('\n')) as Metadata;
}

/** What asking for these gives where these packages are there. */
function closure(roots: string[], ...there: Metadata[]) {
  const found = closureOf(
    roots.map(wanted),
    new Map(there.map((one) => [one.name.toLowerCase().replaceAll('_', '-'), one])),
    place,
  );
  const lacks = found.lacks.map(({ by, needed, there }) => [by, `${needed.name}${needed.specifier}`, there]);
  return { reached: [...found.reached].sort(), lacks, unclear: found.unclear };
}

describe('what is needed', () => {
  it('is followed through the metadata of what is there, under any spelling', () => {
    const all = [metadata('A', '1', 'B_b>=2'), metadata('b_B', '2', 'c'), metadata('c', '3', 'a'), metadata('z', '1')];
    expect(closure(['a==1'], ...all)).toEqual({ reached: ['a', 'b-b', 'c'], lacks: [], unclear: [] });
  });

  it('is told with who needs it, where it is not there or another version', () => {
    expect(closure(['a', 'x==1'], metadata('a', '1', 'b>=2', 'y'), metadata('b', '1.9', 'w'))).toEqual({
      reached: ['a', 'b'],
      lacks: [
        [null, 'x==1', null],
        ['a', 'y', null],
        ['a', 'b>=2', '1.9'],
        ['b', 'w', null],
      ],
      unclear: [],
    });
  });

  it('may be in every runtime already, where a package asks for it', () => {
    expect(closure(['a'], metadata('a', '1', 'boto3', 'botocore', 's3transfer', 'jmespath', 'boto')).lacks).toEqual([
      ['a', 'boto', null],
    ]);
    expect(closure(['boto3']).lacks).toEqual([[null, 'boto3', null]]);
    expect(closure(['a'], metadata('a', '1', 'boto3>=2'), metadata('boto3', '1')).lacks).toEqual([
      ['a', 'boto3>=2', '1'],
    ]);
  });

  it('depends on markers, as they are on Lambda', () => {
    const all = [metadata('a', '1', 'w; os_name == "nt"', 'b; python_version < "3.12"'), metadata('b', '1')];
    expect(closure(['a', 'x; sys_platform == "win32"'], ...all)).toEqual({
      reached: ['a', 'b'],
      lacks: [],
      unclear: [],
    });
  });

  it('depends on the extras that are asked for, each followed once', () => {
    const all = [
      metadata('a', '1', 'b; extra == "one"', 'c; extra == "two"', 'a[two]; extra == "one"'),
      metadata('b', '1'),
      metadata('c', '1'),
    ];
    expect(closure(['a'], ...all).reached).toEqual(['a']);
    expect(closure(['a[two]'], ...all).reached).toEqual(['a', 'c']);
    expect(closure(['a', 'a[one]'], ...all).reached).toEqual(['a', 'b', 'c']);
  });

  it('is unclear where a marker or a line is not understood', () => {
    const found = closure(['a', 'b; nobody == "x"'], metadata('a', '1', 'c; nobody == "y"', 'd @ https://e.f/g'));
    expect(found).toEqual({
      reached: ['a'],
      lacks: [],
      unclear: ['a requirement: b; nobody == "x"', 'a: d @ https://e.f/g', 'a: c; nobody == "y"'],
    });
  });
});

describe('METADATA', () => {
  it('is read as far as the first blank line', () => {
    const text =
      'Metadata-Version: 2.1\r\nname:  Foo \r\nVERSION:\t1.0\t\r\nRequires-Python: >=3.8\r\nRequires-Dist: a>=1\r\n\r\nRequires-Dist: b\r\n';
    expect(parseMetadata(text)).toMatchObject({ name: 'Foo', version: '1.0', python: '>=3.8', problems: [] });
    expect(parseMetadata(text)?.needs.map(({ name, specifier }) => [name, specifier])).toEqual([['a', '>=1']]);
    for (const end of ['\n\n', '\r\n\n', '\n\r\n'])
      expect(parseMetadata(`Name: a\nVersion: 1${end}Requires-Python: 3`)?.python).toBe('');
    expect(parseMetadata('Name: a\nVersion: 1\n\nName: b')).toEqual({
      ...{ name: 'a', version: '1', needs: [], python: '', problems: [] },
    });
  });

  it('names a package, or is none', () => {
    expect(parseMetadata('')).toBeNull();
    expect(parseMetadata('Name: a\n')).toBeNull();
    expect(parseMetadata('Version: 1\n')).toBeNull();
    expect(parseMetadata('Name: \nVersion: 1\n')).toBeNull();
    expect(parseMetadata('X-Name: a\nVersion: 1\n')).toBeNull();
    expect(parseMetadata(`${'X: y\n'.repeat(250_000)}Name: a\nVersion: 1\n`)).toBeNull();
  });

  it('has lines that nobody understands; those of extras nobody asks for do not matter', () => {
    const lines = [
      'a @ https://b.c/d',
      `e @ ${'x'.repeat(300)}`,
      'f @ git+ssh://g ; extra == "tests"',
      'h; extra=="i"',
      'j @ k;os_name=="posix" and extra=="l"',
    ];
    const read = metadata('a', '1', ...lines);
    expect(read.problems).toEqual(['a @ https://b.c/d', `e @ ${'x'.repeat(196)}`]);
    expect(read.needs.map(({ name }) => name)).toEqual(['h']);
  });
});

describe('pins', () => {
  const pin = (line: string) => pinOf(wanted(line));

  it('are names and exact versions', () => {
    const hash = `sha256:${'a'.repeat(64)}`;
    expect(pin(`Foo_Bar==1.0 ; os_name == "posix" --hash=${hash}`)).toEqual({
      ...{ name: 'foo-bar', version: '1.0', marker: 'os_name == "posix"', hashes: [hash] },
    });
    expect(pin('a>=1').version).toBe('');
  });

  it('of a place are those whose markers hold, sorted, each once with all its hashes', () => {
    const at = (name: string, version: string, marker = '', hashes: string[] = []) => ({
      ...{ name, version, marker, hashes },
    });
    const pins = [
      at('b', '1', '', ['y', 'x']),
      at('b', '1', 'os_name == "posix"', ['w', 'x']),
      at('a', '2'),
      at('c', '3', 'os_name == "nt"'),
      at('b', '2', 'os_name == "nt"'),
    ];
    expect(pinsAt(pins, place)).toEqual([
      at('a', '2'),
      { ...at('b', '1', 'os_name == "posix"'), hashes: ['w', 'x', 'y'] },
    ]);
    expect(pinsAt([at('a', '1', 'nobody == "x"')], place)).toEqual({
      problem: 'the marker of a is not understood: nobody == "x"',
    });
    expect(pinsAt([at('a', '1'), at('a', '2')], place)).toEqual({ problem: 'a is asked for twice: 1 and 2' });
  });

  it('are asked for at every runtime on every architecture', () => {
    const both = { runtimes: ['python3.11', 'python3.12'], architectures: ['x86_64', 'arm64'] };
    expect(placesOf(both).map(({ runtime, architecture }) => `${runtime} ${architecture}`)).toEqual([
      ...['python3.11 x86_64', 'python3.11 arm64', 'python3.12 x86_64', 'python3.12 arm64'],
    ]);
  });
});
