import { describe, expect, it } from 'vitest';
import type { Layer } from '../../../src/layer/declarations.js';
import type { ArtefactReading } from '../../../src/layer/inside/reading.js';
import { demandsOf } from '../../../src/layer/problems/demands.js';
import { artefactProblems } from '../../../src/layer/problems/index.js';
import { togetherProblems } from '../../../src/layer/problems/together.js';
import { examplePolicy } from '../../../src/rule/index.js';
import { elf, reading } from './reading.js';

const core = examplePolicy.layers['inbox-core'] ?? expect.fail();
const ingest = examplePolicy.functions.ingest ?? expect.fail();

/** A policy with one layer of wheels, `deps`, and whatever is changed of it. */
function policy(deps: Partial<Layer> = {}) {
  const layer: Layer = { ...core, name: 'deps', build: 'requirements', natives: 'allow', ...deps };
  return {
    layers: { 'inbox-core': core, deps: layer },
    functions: { ingest: { ...ingest, layers: ['inbox-core', 'deps'] } },
  };
}

/** Kind, place and words of every problem, in a line each. */
function said(artefact: ArtefactReading, declared = policy()): string[] {
  return artefactProblems(artefact, demandsOf(artefact.name, declared)).map(
    ({ kind, what, paths }) => `${kind}: ${paths.join(' ')}: ${what}`,
  );
}

const wheels = { name: 'deps' };
const python = { 'python/a.py': {} };
const MB = 1_048_576;

describe('where things lie', () => {
  it.each<[string, ArtefactReading, string[]]>([
    ['below python/', reading(python), []],
    ['below python/, as Windows writes it', reading({ 'python\\a.py': {} }), []],
    ['nowhere', reading({}), ['root: : there is no file in it']],
    [
      'at the root',
      reading({ 'a.py': {}, 'b/c.py': {}, ...python }),
      ['root: a.py b/c.py: not below python/, where Lambda looks for the modules of a layer'],
    ],
    ['where one declared runtime looks', reading({ 'python/lib/python3.11/site-packages/a.py': {} }, wheels), []],
    [
      'where none does',
      reading({ 'python/lib/python3.9/site-packages/a.py': {} }, wheels),
      ['root: python/lib/python3.9/site-packages/a.py: only python3.9 looks there, which is not declared'],
    ],
    ['at the root of a function', reading({ 'handler.py': {}, 'lib/x.py': {} }, { name: 'ingest' }), []],
    [
      'below python/, in a function',
      reading(python, { name: 'ingest' }),
      ["root: : there is no handler: a function's code begins at the root of its zip"],
    ],
  ])('%s', (_, artefact, expected) => expect(said(artefact)).toEqual(expected));

  it('of a zip whose directory is broken nobody knows', () => {
    const problems = [{ kind: 'broken' as const, path: null, what: 'it has a comment' }];
    expect(said(reading({}, { problems }))).toEqual(['broken: : it has a comment']);
  });
});

describe('how large it is', () => {
  const unpacked = (size: number, name: string | null = null) =>
    reading({}, { name, files: [{ path: 'python/a.py', size, seen: null }] });

  it.each<[string, ArtefactReading, string[]]>([
    ['as large as declared', reading(python, { name: 'inbox-core', size: 10 * MB }), []],
    [
      'a byte more',
      reading(python, { name: 'inbox-core', size: 10.01 * MB }),
      ['limit: : it is 10.01 MB zipped; the policy allows 10 MB'],
    ],
    ['as large as Lambda takes', reading(python, { size: 50 * MB }), []],
    ['more, undeclared', reading(python, { size: 51 * MB }), ['limit: : it is 51 MB zipped; Lambda takes 50 MB']],
    ['all of the room', unpacked(262_144_000), []],
    [
      'a byte more than the room',
      unpacked(262_144_001),
      ['limit: : it is 262144001 bytes unpacked; Lambda takes 262144000'],
    ],
  ])('%s', (_, artefact, expected) => expect(said(artefact)).toEqual(expected));

  it('a function and its layers share the room; the largest is told', () => {
    const parts = [unpacked(100_000_000, 'ingest'), unpacked(150_000_000, 'deps'), unpacked(20_000_000, 'inbox-core')];
    expect(togetherProblems(parts, policy())).toEqual([
      {
        at: 1,
        problem: {
          kind: 'together',
          what: 'with ingest, inbox-core, as ingest has them, it is 270000000 bytes unpacked; Lambda takes 262144000',
          paths: [],
        },
      },
    ]);
    expect(togetherProblems(parts.slice(1), policy())).toEqual([]);
    expect(togetherProblems([unpacked(300_000_000, 'deps')], policy())).toEqual([]);
  });
});

describe('compiled code', () => {
  const so = 'python/yaml/_yaml.cpython-311-x86_64-linux-gnu.so';
  const so12 = so.replace('311', '312');
  const only11 = policy({ runtimes: ['python3.11'] });
  const both = policy({ architectures: ['x86_64', 'arm64'] });

  it.each<[string, ArtefactReading, string[], ReturnType<typeof policy>?]>([
    ['for every declared runtime', reading({ [so]: elf(), [so12]: elf() }, wheels), []],
    ['for the one declared runtime', reading({ [so]: elf() }, wheels), [], only11],
    ['for any Python', reading({ 'python/_rust.abi3.so': elf() }, wheels), []],
    ['as a library', reading({ 'python/numpy.libs/libblas.so.3': elf() }, wheels), []],
    ['as a program', reading({ 'python/bin/tool': elf() }, wheels), []],
    [
      'for one of two runtimes',
      reading({ [so]: elf() }, wheels),
      [`platform: ${so}: compiled for cpython-311, so that python3.12 on x86_64 does not see it`],
    ],
    [
      'each where its own runtime alone looks',
      reading(
        {
          'python/lib/python3.11/site-packages/a.cpython-311-x86_64-linux-gnu.so': elf(),
          'python/lib/python3.12/site-packages/a.cpython-312-x86_64-linux-gnu.so': elf(),
        },
        wheels,
      ),
      [],
    ],
    [
      'where its own runtime does not look',
      reading({ 'python/lib/python3.12/site-packages/a.cpython-311-x86_64-linux-gnu.so': elf() }, wheels),
      [
        'platform: python/lib/python3.12/site-packages/a.cpython-311-x86_64-linux-gnu.so: compiled for cpython-311, so that python3.11 on x86_64 does not see it',
      ],
    ],
    [
      'for another machine',
      reading({ 'python/_rust.abi3.so': elf({ machine: 'arm64' }) }, wheels),
      ['platform: python/_rust.abi3.so: compiled for arm64; declared is x86_64'],
    ],
    [
      'for one of two machines',
      reading({ 'python/_rust.abi3.so': elf() }, wheels),
      ['platform: python/_rust.abi3.so: compiled for abi3, so that python3.11 on arm64 does not see it'],
      both,
    ],
    [
      'for a newer glibc than the older runtime has',
      reading({ 'python/_rust.abi3.so': elf({ glibc: 28 }) }, wheels),
      ['platform: python/_rust.abi3.so: it needs glibc 2.28, and python3.11 on Lambda has 2.26'],
    ],
    ['for the glibc of the runtime that loads it', reading({ [so]: elf(), [so12]: elf({ glibc: 34 }) }, wheels), []],
    [
      'for a newer glibc than any runtime has',
      reading({ [so]: elf(), [so12]: elf({ glibc: 38 }) }, wheels),
      [`platform: ${so12}: it needs glibc 2.38, and python3.12 on Lambda has 2.34`],
    ],
    [
      'against musl',
      reading({ 'python/_rust.abi3.so': elf({ musl: true, glibc: null }) }, wheels),
      ['platform: python/_rust.abi3.so: compiled against musl, and Lambda has glibc'],
    ],
    [
      'for Windows',
      reading(
        { 'python/_yaml.cp314-win_amd64.pyd': { binary: { format: 'pe' } }, 'python/bin/normalizer.exe': {} },
        wheels,
      ),
      [
        'platform: python/_yaml.cp314-win_amd64.pyd python/bin/normalizer.exe: compiled for Windows, and Lambda runs Linux',
      ],
    ],
    [
      "a package's launchers for Windows",
      reading({ 'python/setuptools/cli-64.exe': { binary: { format: 'pe' } } }, wheels),
      [],
    ],
    [
      'for macOS',
      reading(
        { 'python/a.cpython-311-darwin.so': { binary: { format: 'mach-o' } }, 'python/.dylibs/libz.dylib': {} },
        wheels,
      ),
      ['platform: python/a.cpython-311-darwin.so python/.dylibs/libz.dylib: compiled for macOS, and Lambda runs Linux'],
    ],
    [
      'in a layer of pure source',
      reading({ 'python/_rust.abi3.so': elf(), 'python/tool': elf(), 'python/old.so': {} }, { name: 'inbox-core' }),
      ['native: python/_rust.abi3.so python/tool python/old.so: compiled code, which the policy forbids here'],
    ],
    ['of which nothing is declared, for some runtime', reading({ [so]: elf({ machine: 'arm64', glibc: 26 }) }), []],
    [
      'of which nothing is declared, for none',
      reading({
        'python/a.cpython-38-x86_64-linux-gnu.so': elf(),
        'python/b.abi3.so': elf({ glibc: 38 }),
        'python/c': elf({ machine: 'x86' }),
      }),
      [
        'platform: python/b.abi3.so: it needs glibc 2.38, and python3.9 on Lambda has 2.26',
        'platform: python/c: compiled for x86; Lambda has x86_64 or arm64',
        'platform: python/a.cpython-38-x86_64-linux-gnu.so: compiled for cpython-38, so that the runtimes of Lambda do not see it',
      ],
    ],
    [
      'in a function runs where its layers do',
      reading({ 'handler.py': {}, 'a.abi3.so': elf({ machine: 'arm64' }) }, { name: 'ingest' }),
      ['platform: a.abi3.so: compiled for arm64; declared is x86_64'],
    ],
    [
      'that was not read',
      reading({}, { ...wheels, files: [{ path: 'python/_rust.abi3.so', size: 1, seen: null }] }),
      [],
    ],
  ])('%s', (_, artefact, expected, declared) => expect(said(artefact, declared)).toEqual(expected));
});

describe('a wheel', () => {
  const wheel = (...tags: string[]) => reading({ 'python/PyYAML-6.0.dist-info/WHEEL': { tags } }, wheels);
  const told = (tags: string, place: string) =>
    `platform: python/PyYAML-6.0.dist-info/WHEEL: pyyaml is a wheel for ${tags}, not for ${place}`;

  it.each<[string, ArtefactReading, string[]]>([
    ['of Python alone', wheel('py3-none-any'), []],
    ['of any Python', wheel('cp39-abi3-manylinux_2_17_x86_64'), []],
    [
      'for one of two runtimes',
      wheel('cp311-cp311-manylinux_2_17_x86_64', 'cp311-cp311-manylinux2014_x86_64'),
      [told('cp311-cp311-manylinux_2_17_x86_64, cp311-cp311-manylinux2014_x86_64', 'python3.12 on x86_64')],
    ],
    ['for Windows', wheel('cp314-cp314-win_amd64'), [told('cp314-cp314-win_amd64', 'python3.11 on x86_64')]],
    ['without tags', wheel(), []],
    [
      'each where its own runtime alone looks',
      reading(
        {
          'python/lib/python3.11/site-packages/a-1.dist-info/WHEEL': { tags: ['cp311-cp311-manylinux2014_x86_64'] },
          'python/lib/python3.12/site-packages/a-1.dist-info/WHEEL': { tags: ['cp312-cp312-manylinux2014_x86_64'] },
        },
        wheels,
      ),
      [],
    ],
    [
      'of which nothing is declared',
      reading({ 'python/a-1.dist-info/WHEEL': { tags: ['cp314-cp314-win_amd64'] } }),
      ['platform: python/a-1.dist-info/WHEEL: a is a wheel for cp314-cp314-win_amd64, not for Lambda'],
    ],
  ])('%s', (_, artefact, expected) => expect(said(artefact)).toEqual(expected));
});

describe('what does not belong in it', () => {
  const all = {
    'python/__pycache__/a.cpython-311.pyc': {},
    'python/b.pyo': {},
    'python/c/__init__.py.backup': {},
    'python/d.py~': {},
    'python/.DS_Store': {},
    'python/e.pyi': {},
  };
  it('in own code: bytecode and what editors leave', () => {
    expect(said(reading(all))).toEqual([
      'leftover: python/__pycache__/a.cpython-311.pyc python/b.pyo: bytecode, which differs with every build',
      'leftover: python/c/__init__.py.backup python/d.py~ python/.DS_Store: a backup or a cache of an editor or a desktop',
    ]);
  });

  it('in packages: bytecode; the rest is their choice', () => {
    expect(said(reading(all, wheels))).toHaveLength(1);
  });
});

describe('a secret', () => {
  const secret = (isExample: boolean) => ({ secrets: [{ what: 'a GitHub token', hash: '0123456789ab', isExample }] });
  it('is told by its hash, one line each', () => {
    expect(said(reading({ 'python/a.py': secret(false), 'python/.env': {} }, { name: 'inbox-core' }))).toEqual([
      'secret: python/a.py: a GitHub token (sha256 0123456789ab…)',
      'secret: python/.env: a file made to hold secrets',
    ]);
  });

  it("in packages is neither the documentation's nor their tests'", () => {
    const artefact = reading(
      { 'python/x/examples.json': secret(true), 'python/tornado/test/test.key': secret(false) },
      wheels,
    );
    expect(said(artefact)).toEqual([]);
    expect(said({ ...artefact, name: null })).toHaveLength(1);
    expect(said(reading({ 'python/x/s3.py': secret(false) }, wheels))).toHaveLength(1);
  });
});

it('an import that failed is told in the words of Python', () => {
  const imports = [{ runtime: 'python3.12', module: 'core', error: "ModuleNotFoundError: No module named 'imp'" }];
  expect(said(reading(python, { imports }))).toEqual([
    "import: : python3.12: import core: ModuleNotFoundError: No module named 'imp'",
  ]);
});

it('what is wrong with the zip comes first, and the same of many files once', () => {
  const problems = ['b', 'a'].map((path) => ({ kind: 'name' as const, path, what: 'a backslash in a name' }));
  expect(said(reading({ 'a.pyc': {} }, { problems })).map((line) => line.split(':')[0])).toEqual([
    'name',
    'root',
    'leftover',
  ]);
  expect(artefactProblems(reading(python, { problems }), demandsOf(null, policy()))).toEqual([
    { kind: 'name', what: 'a backslash in a name', paths: ['b', 'a'] },
  ]);
});
