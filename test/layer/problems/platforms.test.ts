import { describe, expect, it } from 'vitest';
import type { ArtefactReading } from '../../../src/layer/inside/reading.js';
import { unzippedLimit } from '../../../src/layer/limits.js';
import type { Demands } from '../../../src/layer/problems/demands.js';
import { artefactProblems } from '../../../src/layer/problems/index.js';
import { isNative } from '../../../src/layer/problems/natives.js';
import { grouped } from '../../../src/layer/problems/problem.js';
import { togetherProblems } from '../../../src/layer/problems/together.js';
import { examplePolicy } from '../../../src/rule/index.js';
import { elf, reading } from './reading.js';

const demands: Demands = {
  ...{ layout: 'layer', runtimes: ['python3.11', 'python3.12'], architectures: ['x86_64'], isDeclared: true },
  ...{ natives: 'allow', maxZipMB: null, isOwnCode: true },
};
const said = (artefact: ArtefactReading, more: Partial<Demands> = {}) =>
  artefactProblems(artefact, { ...demands, ...more }).map(
    ({ kind, what, paths, habit }) => `${kind}${habit ? ` (${habit})` : ''}: ${paths.join(' ')}: ${what}`,
  );

describe('problems', () => {
  it('that say the same are one, with all files, and the habit of the first', () => {
    expect(
      grouped([
        { kind: 'leftover', what: 'x', path: 'b', habit: 'backups' },
        { kind: 'leftover', what: 'x', path: 'a', habit: 'backups' },
        { kind: 'leftover', what: 'y', path: null },
        { kind: 'root', what: 'x', path: 'c', habit: undefined },
      ]),
    ).toStrictEqual([
      { kind: 'leftover', what: 'x', paths: ['b', 'a'], habit: 'backups' },
      { kind: 'leftover', what: 'y', paths: [] },
      { kind: 'root', what: 'x', paths: ['c'] },
    ]);
  });

  it('of what is left over are habits', () => {
    expect(said(reading({ 'python/a.pyc': {}, 'python/a.py~': {}, 'python/a.py': {} }))).toEqual([
      'leftover (bytecode): python/a.pyc: bytecode, which differs with every build',
      'leftover (backups): python/a.py~: a backup or a cache of an editor or a desktop',
    ]);
  });
});

describe('compiled code', () => {
  it.each<[string, boolean]>([
    ['python/a.so', true],
    ['python/a.so.1.2', true],
    ['python/a.PYD', true],
    ['python/a.dylib', true],
    ['python/a.so.txt', false],
    ['python/a.py', false],
  ])('is known by its name: %s %s', (path, is) => {
    expect(isNative({ path, size: 1, seen: null })).toBe(is);
  });

  it('is known by its content', () => {
    const [file] = reading({ 'python/tool': elf() }).files;
    expect(file && isNative(file)).toBe(true);
    const [windows] = reading({ 'python/tool': { binary: { format: 'pe' } } }).files;
    expect(windows && isNative(windows)).toBe(false);
  });

  const windows = 'compiled for Windows, and Lambda runs Linux';
  const mac = 'compiled for macOS, and Lambda runs Linux';
  it.each<[string, Parameters<typeof reading>[0][string], string | null]>([
    ['python/a.pyd', {}, windows],
    ['python/a.DLL', {}, windows],
    ['python/a.pyd.txt', {}, null],
    ['bin/a.exe', {}, windows],
    ['python/bin/a.exe', {}, windows],
    ['python\\bin\\a.exe', {}, windows],
    ['python/cabin/a.exe', {}, null],
    ['python/bin/b/a.exe', {}, null],
    ['python/bin/a.exe.txt', {}, null],
    ['python/pip/a.exe', { binary: { format: 'pe' } }, null],
    ['python/a.dylib', {}, mac],
    ['python/a.dylib.txt', {}, null],
    ['python/a-darwin.so', {}, mac],
    ['python/a-darwin.so.txt', {}, null],
    ['python/a.so', { binary: { format: 'mach-o' } }, mac],
    ['python/tool', { binary: { format: 'mach-o' } }, null],
    ['python/a.so', elf({ musl: true }), 'compiled against musl, and Lambda has glibc'],
    ['python/a.so', elf({ machine: 'arm64' }), 'compiled for arm64; declared is x86_64'],
    ['python/a.so', elf({ glibc: 26 }), null],
    ['python/a.so', elf({ glibc: 27 }), 'it needs glibc 2.27, and python3.11 on Lambda has 2.26'],
    ['python/lib/python3.12/site-packages/a.so', elf({ glibc: 34 }), null],
    [
      'python/lib/python3.11/site-packages/a.so',
      elf({ glibc: 30 }),
      'it needs glibc 2.30, and python3.11 on Lambda has 2.26',
    ],
  ])('%s %j: %s', (path, seen, what) => {
    const root = path.startsWith('bin/')
      ? [`root: ${path}: not below python/, where Lambda looks for the modules of a layer`]
      : [];
    expect(said(reading({ [path]: seen }))).toEqual([
      ...root,
      ...(what === null ? [] : [`platform: ${path}: ${what}`]),
    ]);
  });

  it('that nobody read is judged by its name alone', () => {
    const files = ['python/a.pyd', 'python/b.so'].map((path) => ({ path, size: 1, seen: null }));
    expect(said({ ...reading({}), files })).toEqual([`platform: python/a.pyd: ${windows}`]);
  });

  it('beside python/ is judged where it lies', () => {
    expect(said(reading({ 'x/a.cpython-312-x.so': elf({ glibc: 30 }) }))).toEqual([
      'root: x/a.cpython-312-x.so: not below python/, where Lambda looks for the modules of a layer',
    ]);
  });

  it('is a module for the Pythons that its name says', () => {
    const at = (abi: string) => `python/a.${abi}-x86_64-linux-gnu.so`;
    expect(said(reading({ [at('cpython-310')]: elf(), [at('cpython-39')]: elf() }))).toEqual([
      `platform: ${at('cpython-310')}: compiled for cpython-310, cpython-39, so that python3.11 on x86_64 does not see it`,
    ]);
    expect(said(reading({ [at('cpython-311')]: elf(), [at('cpython-312')]: elf() }))).toEqual([]);
    expect(said(reading({ [at('cpython-310')]: elf({ machine: 'arm64' }) }))).toEqual([
      `platform: ${at('cpython-310')}: compiled for arm64; declared is x86_64`,
    ]);
    const unread = { path: at('cpython-310'), size: 1, seen: null };
    expect(said({ ...reading({}), files: [unread] })).toHaveLength(1);
    expect(said(reading({ [at('cpython-310')]: { binary: { format: 'mach-o' } } }))).toEqual([
      `platform: ${at('cpython-310')}: ${mac}`,
    ]);
  });
});

describe('a wheel', () => {
  const info = (name: string, folder = 'python') => `${folder}/${name}-1.0.dist-info/WHEEL`;
  const own = (runtime: string) => info('a', `python/lib/${runtime}/site-packages`);

  it('of tags for others is told by the first three of them', () => {
    const tags = ['cp38-cp38-win32', 'cp39-cp39-win32', 'cp310-cp310-win32', 'cp311-cp311-win32'];
    expect(said(reading({ [info('A_b')]: { tags } }))).toEqual([
      `platform (wheel-tags): ${info('A_b')}: a-b is a wheel for ${tags.slice(0, 3).join(', ')}, not for python3.11 on x86_64`,
    ]);
    expect(said(reading({ [info('a')]: { tags: [...tags, 'py3-none-any'] } }))).toEqual([]);
    expect(said(reading({ [info('a')]: { tags: [] } }))).toEqual([]);
  });

  it('serves the runtime in whose folder it lies', () => {
    const split = {
      [own('python3.11')]: { tags: ['cp311-none-any'] },
      [own('python3.12')]: { tags: ['cp312-none-any'] },
    };
    expect(said(reading(split))).toEqual([]);
    const swapped = {
      [own('python3.11')]: { tags: ['cp312-none-any'] },
      [own('python3.12')]: { tags: ['cp311-none-any'] },
    };
    expect(said(reading(swapped))).toEqual([
      `platform (wheel-tags): ${own('python3.11')}: a is a wheel for cp312-none-any, cp311-none-any, not for python3.11 on x86_64`,
    ]);
  });

  it('at any place is named by its folder', () => {
    expect(said(reading({ 'a-1.dist-info/WHEEL': { tags: ['cp38-cp38-win32'] } }), { isDeclared: false })).toEqual([
      'root: a-1.dist-info/WHEEL: not below python/, where Lambda looks for the modules of a layer',
      'platform (wheel-tags): a-1.dist-info/WHEEL: a is a wheel for cp38-cp38-win32, not for Lambda',
    ]);
  });
});

describe('a function and its layers together', () => {
  const ingest = { ...(examplePolicy.functions.ingest ?? expect.fail()), name: 'ingest', layers: ['core', 'deps'] };
  const part = (name: string | null, size: number) => reading({}, { name, files: [{ path: 'a', size, seen: null }] });
  const together = (...parts: ArtefactReading[]) => togetherProblems(parts, { functions: { ingest } });
  const half = unzippedLimit / 2;

  it('may be as large as Lambda takes', () => {
    expect(together(part('core', half), part('ingest', half))).toEqual([]);
    expect(together(part('core', half), part('other', half + 1), part(null, half + 1))).toEqual([]);
    expect(together(part('core', unzippedLimit + 1))).toEqual([]);
    expect(together()).toEqual([]);
  });

  it('are told at the largest, with the others', () => {
    const parts = [part(null, 9), part('ingest', 1), part('deps', half + 1), part('other', half), part('core', half)];
    expect(together(...parts)).toEqual([
      {
        at: 2,
        problem: {
          kind: 'together',
          what: `with ingest, core, as ingest has them, it is ${unzippedLimit + 2} bytes unpacked; Lambda takes ${unzippedLimit}`,
          paths: [],
        },
      },
    ]);
    expect(together(part('core', half), part('ingest', half + 1))).toMatchObject([{ at: 1 }]);
  });
});
