import { describe, expect, it } from 'vitest';
import { apiChanges, type Offered } from '../../../src/layer/compare/api-changes.js';
import { distributionsOf, packageChanges, readMetadata, readRecord } from '../../../src/layer/compare/distributions.js';
import { publicModules } from '../../../src/layer/compare/modules.js';
import { packageSizes } from '../../../src/layer/compare/package-sizes.js';
import type { Side } from '../../../src/layer/compare/side.js';
import { sizeTree } from '../../../src/layer/compare/size-tree.js';

const files = (sizes: Record<string, number>) =>
  Object.entries(sizes).map(([path, size]) => ({ path, size, compressed: size, mode: 0o644 as const, sha256: '' }));

function side(sizes: Record<string, number>, distributions: Side['distributions'] = []): Side {
  return { file: 'a.zip', sha256: '', contentDigest: '', size: 0, files: files(sizes), distributions };
}

describe('modules', () => {
  it('are what a runtime can import, private ones apart', () => {
    const paths = [
      'core/__init__.py',
      'core/a.py',
      'core/_b.py',
      '_c/d.py',
      'e.cpython-311-x86_64-linux-gnu.so',
      'f.txt',
      'core/g-h.py',
    ];
    const found = publicModules(side(Object.fromEntries(paths.map((path) => [`python/${path}`, 1]))));
    expect([...found.values()].map(({ name, isCompiled }) => [name, isCompiled])).toEqual([
      ['core', false],
      ['core.a', false],
      ['e', true],
    ]);
  });

  it('lie at the root of a function', () => {
    expect([...publicModules(side({ 'handler.py': 1, 'pkg/x.py': 1 })).values()].map(({ name }) => name)).toEqual([
      'handler',
      'pkg.x',
    ]);
  });
});

describe('what can be imported', () => {
  const offered = (name: string, names: string[] | null, runtime: string | null = null): Offered => ({
    module: { name, runtime, path: name, isPackage: false, isCompiled: names === null },
    names,
  });

  it('is gone by the name, or by the module as a whole', () => {
    expect(apiChanges([offered('a', ['x', 'y']), offered('b', ['z'])], [offered('a', ['x', 'n'])])).toEqual({
      gone: [
        { module: 'a', name: 'y', runtimes: [] },
        { module: 'b', name: null, runtimes: [] },
      ],
      added: [{ module: 'a', name: 'n', runtimes: [] }],
    });
  });

  it('is not said to be gone where nobody knows', () => {
    expect(apiChanges([offered('a', ['x'])], [offered('a', null)])).toEqual({ gone: [], added: [] });
  });

  it('is the same where one folder for all becomes one for each', () => {
    const split = [offered('a', ['x'], 'python3.11'), offered('a', ['x'], 'python3.12')];
    expect(apiChanges([offered('a', ['x'])], split)).toEqual({ gone: [], added: [] });
    expect(apiChanges([offered('a', ['x'])], split.slice(0, 1)).gone).toEqual([]);
  });

  it('is gone for the one runtime that lost it', () => {
    const both = [offered('a', ['x'], 'python3.11'), offered('a', ['x'], 'python3.12')];
    const now = [offered('a', ['x'], 'python3.11'), offered('a', [], 'python3.12')];
    expect(apiChanges(both, now).gone).toEqual([{ module: 'a', name: 'x', runtimes: ['python3.12'] }]);
  });
});

describe('packages', () => {
  it('are told by METADATA, by the folder where there is none', () => {
    const paths = [
      'python/Foo_Bar-1.0.dist-info/METADATA',
      'python/baz-2.0.dist-info/RECORD',
      'python/old-3-py3.11.egg-info/PKG-INFO',
    ];
    const metadata = readMetadata('Metadata-Version: 2.1\r\nName: foo.bar\r\nVersion: 1.0.1\r\n\r\nName: other\r\n');
    const found = distributionsOf(paths, new Map(metadata && [[paths[0] ?? '', metadata]]), new Map());
    expect(found.map(({ name, version }) => [name, version])).toEqual([
      ['foo.bar', '1.0.1'],
      ['baz', '2.0'],
      ['old', '3'],
    ]);
    expect(readMetadata('no headers')).toBeNull();
  });

  it('are one under any spelling', () => {
    const at = (name: string, version: string) => [{ folder: name, name, version, owns: [] }];
    expect(packageChanges(at('Foo_Bar', '1'), at('foo-bar', '2'))).toEqual([
      { name: 'foo-bar', before: '1', after: '2' },
    ]);
    expect(packageChanges([...at('a', '1'), ...at('a', '2')], [])).toEqual([
      { name: 'a', before: '1, 2', after: null },
    ]);
  });

  it('weigh what their RECORD lists; what several list is nobody s', () => {
    expect(
      readRecord('yaml/__init__.py,sha256=x,1\n"_yaml/a,b.py",,\n../../bin/x,,\nsix.py,,\nx-1.dist-info/RECORD,,\n', 9),
    ).toEqual(['yaml', '_yaml', 'six.py']);
    const owner = (name: string, ...owns: string[]) => ({
      folder: `python/${name}-1.dist-info`,
      name,
      version: '1',
      owns,
    });
    const sizes = {
      'python/yaml/a.py': 5,
      'python/_yaml/b.so': 7,
      'python/google/x.py': 3,
      'python/PyYAML-1.dist-info/METADATA': 1,
      'top.txt': 2,
      'python/own.py': 4,
    };
    const now = side(sizes, [owner('PyYAML', 'yaml', '_yaml'), owner('a', 'google'), owner('b', 'google')]);
    const told = packageSizes(side({}), now).map(({ name, before, after }) => [
      name,
      before,
      after?.files,
      after?.size,
    ]);
    expect(told).toEqual([
      ['pyyaml', null, 3, 13],
      ['own', null, 1, 4],
      ['google', null, 1, 3],
      ['top.txt', null, 1, 2],
    ]);
  });
});

it('sizes make one tree, without folders that hold one folder', () => {
  const tree = sizeTree(
    side({ 'python/lib/a/x.py': 5, 'python/lib/a/y.py': 1 }),
    side({ 'python/lib/a/x.py': 7, 'b.txt': 1 }),
  );
  expect(tree).toMatchObject({
    before: 6,
    after: 8,
    children: [{ name: 'python/lib/a', before: 6, after: 7 }, { name: 'b.txt' }],
  });
  expect(tree.children[0]?.children.map(({ name, before, after }) => [name, before, after])).toEqual([
    ['x.py', 5, 7],
    ['y.py', 1, 0],
  ]);
});
