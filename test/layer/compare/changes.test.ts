import { describe, expect, it } from 'vitest';
import { apiChanges, type Offered } from '../../../src/layer/compare/api-changes.js';
import {
  type Distribution,
  distributionsOf,
  isMetadata,
  isRecord,
  packageChanges,
  readMetadata,
  readRecord,
} from '../../../src/layer/compare/distributions.js';
import { fileChanges } from '../../../src/layer/compare/file-changes.js';
import { hintOf } from '../../../src/layer/compare/hint.js';
import { publicModules } from '../../../src/layer/compare/modules.js';
import { packageSizes } from '../../../src/layer/compare/package-sizes.js';
import { layoutOf, type SideFile } from '../../../src/layer/compare/side.js';
import { sizeTree } from '../../../src/layer/compare/size-tree.js';

const file = (path: string, more: Partial<SideFile> = {}): SideFile => ({
  ...{ path, mode: 0o644, size: 1, compressed: 1, sha256: 'a', ...more },
});
const side = (files: SideFile[], distributions: Distribution[] = []) => ({
  ...{ file: 'a.zip', sha256: '', contentDigest: '', size: 0, files, distributions },
});

describe('files', () => {
  it('are added, removed, changed in content or mode, or the same, each list by path', () => {
    const before = [
      ...[file('gone2'), file('gone1'), file('same', { size: 1, compressed: 9 })],
      ...[file('text'), file('mode'), file('both')],
    ];
    const after = [
      ...[file('text', { sha256: 'b' }), file('same', { compressed: 2 }), file('mode', { mode: 0o755 })],
      ...[file('new2'), file('new1'), file('both', { sha256: 'b', mode: 0o755 })],
    ];
    const { added, removed, changed, unchanged } = fileChanges(side(before), side(after));
    expect(added.map(({ path }) => path)).toEqual(['new1', 'new2']);
    expect(removed.map(({ path }) => path)).toEqual(['gone1', 'gone2']);
    expect(changed.map(({ before: { path, mode }, after: { sha256 } }) => [path, mode, sha256])).toEqual([
      ['both', 0o644, 'b'],
      ['mode', 0o644, 'a'],
      ['text', 0o644, 'b'],
    ]);
    expect(unchanged).toBe(1);
  });

  it.each([
    ['major', { gone: 1, added: 1 }, { added: 1 }],
    ['minor', { added: 1 }, { changed: 1 }],
    ['patch', {}, { added: 1 }],
    ['patch', {}, { removed: 1 }],
    ['patch', {}, { changed: 1 }],
    ['patch', {}, { added: 1, removed: 1, changed: 2 }],
    [null, {}, {}],
  ])('and names ask for %s', (hint, api: Record<string, number>, files: Record<string, number>) => {
    const list = (length = 0) => Array(length).fill(null);
    const changes = { added: list(files.added), removed: list(files.removed), changed: list(files.changed) };
    expect(hintOf({ gone: list(api.gone), added: list(api.added) }, { ...changes, unchanged: 5 })).toBe(hint);
  });
});

describe('what can be imported', () => {
  const offered = (name: string, names: string[] | null, runtime: string | null = null): Offered => ({
    module: { name, runtime, path: name, isPackage: false, isCompiled: names === null },
    names,
  });
  const [old, now, next] = ['python3.11', 'python3.12', 'python3.13'] as const;

  it('is gone for some runtimes, in their order, and by name', () => {
    const before = [...[now, old, next].map((runtime) => offered('b', ['y', 'x'], runtime)), offered('a', ['z'])];
    const after = [...[now, old].map((runtime) => offered('b', [], runtime)), offered('b', ['x', 'y'], next)];
    expect(apiChanges(before, after)).toEqual({
      gone: [
        { module: 'a', name: null, runtimes: [] },
        { module: 'b', name: 'x', runtimes: [old, now] },
        { module: 'b', name: 'y', runtimes: [old, now] },
      ],
      added: [],
    });
  });

  it('is seen in the own folder of a runtime only by that one', () => {
    const both = [offered('a', ['x'], old), offered('a', ['x'], now)];
    expect(apiChanges(both, both.slice(0, 1)).gone).toEqual([{ module: 'a', name: null, runtimes: [now] }]);
    expect(apiChanges(both.slice(0, 1), both).added).toEqual([{ module: 'a', name: null, runtimes: [now] }]);
  });

  it('is found in the own folder first', () => {
    const before = [offered('a', ['x'], old), offered('a', ['y'])];
    expect(apiChanges(before, [offered('a', ['x', 'y'], old)])).toEqual({
      gone: [],
      added: [{ module: 'a', name: 'y', runtimes: [] }],
    });
  });

  it('may be known on one side only', () => {
    expect(apiChanges([offered('a', null)], [offered('a', ['x'])])).toEqual({ gone: [], added: [] });
  });

  it('is every module without a private part, by file', () => {
    const paths = ['__init__.py', 'a/__init__.py', 'a/b/__init__.py', 'a/b/c.py', 'a.pyi', 'a.py.txt', 'd.py', 'é.py'];
    const more = [
      'lib/python3.11/site-packages/e.py',
      '_f.py',
      'g/_h/i.py',
      '1j.py',
      'k.abi3.so',
      'm.so',
      'n/__main__.py',
    ];
    const zip = side([...paths, ...more].map((path) => file(`python/${path}`)).concat(file('other/o.py')));
    const found = [...publicModules(zip)].map(([path, { name, runtime, isPackage, isCompiled }]) => [
      ...[path, name, runtime, `${isPackage} ${isCompiled}`],
    ]);
    expect(found).toEqual([
      ['python/a/__init__.py', 'a', null, 'true false'],
      ['python/a/b/__init__.py', 'a.b', null, 'true false'],
      ['python/a/b/c.py', 'a.b.c', null, 'false false'],
      ['python/d.py', 'd', null, 'false false'],
      ['python/é.py', 'é', null, 'false false'],
      ['python/lib/python3.11/site-packages/e.py', 'e', old, 'false false'],
      ['python/k.abi3.so', 'k', null, 'false true'],
    ]);
  });

  it('lies below python/ in a layer, at the root elsewhere', () => {
    expect(layoutOf({ files: [file('a.py'), file('python/b.py')] })).toBe('layer');
    expect(layoutOf({ files: [file('pythonic/b.py'), file('a/python/c.py')] })).toBe('function');
  });
});

describe('packages', () => {
  it.each<[string, boolean, boolean]>([
    ['python/a-1.dist-info/METADATA', true, false],
    ['a-1.egg-info/PKG-INFO', true, false],
    ['python/a-1.dist-info/RECORD', false, true],
    ['a-1.dist-info/PKG-INFO', false, false],
    ['a-1.dist-info/METADATA.txt', false, false],
    ['a-1.dist-info/x/METADATA', false, false],
    ['a-1.dist-info/RECORDS', false, false],
    ['a-1.egg-info/RECORD', false, false],
    ['.dist-info/METADATA', false, false],
    ['.dist-info/RECORD', false, false],
  ])('%s is metadata: %s, a record: %s', (path, metadata, record) => {
    expect([isMetadata(path), isRecord(path)]).toEqual([metadata, record]);
  });

  it('say their name and version in the headers of their metadata', () => {
    const both = { name: 'a', version: '1' };
    for (const end of ['\n\n', '\r\n\r\n', '\r\n\n', '\n\r\n', ''])
      expect(readMetadata(`X: y\nname:a\nVERSION: \t1 ${end}`)).toEqual(both);
    expect(readMetadata('Name: a\r\n\r\nVersion: 1')).toBeNull();
    expect(readMetadata('Version: 1\n\nName: a')).toBeNull();
    expect(readMetadata('XName: a\nVersion: 1')).toBeNull();
    expect(readMetadata(`${'X: y\n'.repeat(14_000)}Name: a\nVersion: 1`)).toBeNull();
    expect(readMetadata(`Name: ${'a'.repeat(101)}\nVersion: 1`)).toBeNull();
    expect(readMetadata('Name: \xc3\xa9\nVersion: \xc3\xa9')).toEqual({ name: 'é', version: 'é' });
  });

  it('own what their record lists, up to some number', () => {
    expect(readRecord('a/b,,\nc.dist-info.py,,\nd-1.egg-info/x,,\n"e"\nx\nf/g,,', 3)).toEqual([
      ...['a', 'c.dist-info.py', 'e'],
    ]);
    expect(readRecord('a/b,,\na/c,,\nd,,', 2)).toEqual(['a', 'd']);
    expect(readRecord('a/b,,\nc/d,,\n', 0)).toEqual([]);
    expect(readRecord(`\xc3\xa9/b,,\n${' '.repeat(4_000_000)}\nc/d,,\n`, 9)).toEqual(['é']);
  });

  it('are found by their folders, once each, with metadata and record where there are some', () => {
    const [wheel, egg, bare] = ['python/A_b-1.0.dist-info', 'c-2-py3.11.egg-info', 'd-3.dist-info'];
    const paths = [
      `${wheel}/METADATA`,
      `${wheel}/RECORD`,
      `${egg}/PKG-INFO`,
      `${bare}/X`,
      'e/f-1.txt',
      'g-.dist-info/x',
    ];
    const metadata = new Map([
      [`${wheel}/METADATA`, { name: 'a.b', version: '1' }],
      [`${egg}/PKG-INFO`, { name: 'C', version: '2.0' }],
    ]);
    expect(distributionsOf(paths, metadata, new Map([[`${wheel}/RECORD`, ['x']]]))).toEqual([
      { folder: wheel, name: 'a.b', version: '1', owns: ['x'] },
      { folder: egg, name: 'C', version: '2.0', owns: [] },
      { folder: bare, name: 'd', version: '3', owns: [] },
    ]);
  });

  it('come and go by name, in all their versions', () => {
    const at = (name: string, version: string) => ({ folder: name, name, version, owns: [] });
    expect(
      packageChanges([at('z', '1'), at('b', '2'), at('b', '1')], [at('a', '1'), at('z', '1'), at('B', '3')]),
    ).toEqual([
      { name: 'a', before: null, after: '1' },
      { name: 'B', before: '1, 2', after: '3' },
      { name: 'z', before: '1', after: '1' },
    ]);
  });

  it('weigh what is theirs, the heaviest first, then by name', () => {
    const before = [file('python/b/x.py', { size: 3, compressed: 2 }), file('python/c.pyi', { size: 9 })];
    const after = [
      ...[file('python/b/x.py', { size: 3, compressed: 2 }), file('python/b/y.py', { size: 4, compressed: 3 })],
      ...[file('python/a.py', { size: 7 }), file('LICENSE', { size: 1 })],
    ];
    expect(packageSizes(side(before), side(after))).toEqual([
      { name: 'c.pyi', before: { files: 1, size: 9, compressed: 1 }, after: null },
      { name: 'a', before: null, after: { files: 1, size: 7, compressed: 1 } },
      {
        ...{ name: 'b', before: { files: 1, size: 3, compressed: 2 } },
        after: { files: 2, size: 7, compressed: 5 },
      },
      { name: 'LICENSE', before: null, after: { files: 1, size: 1, compressed: 1 } },
    ]);
  });

  it('make a tree, the heaviest first on either side, then by name', () => {
    const files = (sizes: Record<string, number>) => ({
      files: Object.entries(sizes).map(([path, size]) => file(path, { size })),
    });
    const leaf = (name: string, before: number, after: number) => ({ name, before, after, children: [] });
    expect(sizeTree(files({ 'a/x': 1, 'b/x': 2, 'b/y': 3, 'd/e/f': 5 }), files({ 'a/x': 9, c: 5, 'b/x': 2 }))).toEqual({
      ...{ name: '', before: 11, after: 16 },
      children: [
        { name: 'a', before: 1, after: 9, children: [leaf('x', 1, 9)] },
        { name: 'b', before: 5, after: 2, children: [leaf('y', 3, 0), leaf('x', 2, 2)] },
        leaf('c', 0, 5),
        { name: 'd/e', before: 5, after: 0, children: [leaf('f', 5, 0)] },
      ],
    });
    expect(sizeTree(files({ 'a/b/x': 1 }), files({}))).toMatchObject({ name: '', children: [{ name: 'a/b' }] });
  });

  it('and nobody looks more than ten folders down', () => {
    const path = (depth: number) => Array.from({ length: depth }, (_, at) => `f${at}`).join('/');
    const tree = sizeTree(side([file(`${path(10)}/a/b.py`), file(`${path(9)}/c.py`), file(`${path(9)}/d`)]), side([]));
    const [top] = tree.children;
    expect(top?.name).toBe(path(9));
    expect(top?.children.map(({ name, children }) => [name, children.map((one) => one.name)])).toEqual([
      ['c.py', []],
      ['d', []],
      ['f9', ['a/b.py']],
    ]);
  });
});
