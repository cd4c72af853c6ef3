import { describe, expect, it } from 'vitest';
import { placesOf } from '../../../src/layer/packages/asked.js';
import { dependenciesIn } from '../../../src/layer/packages/dependencies.js';
import { layOut } from '../../../src/layer/packages/layout.js';
import { lockText } from '../../../src/layer/packages/lock-file.js';
import { lockPath } from '../../../src/layer/packages/lock-path.js';
import { infoFolder, placeInSite, recordOf } from '../../../src/layer/packages/wheel-contents.js';

const runtimes = ['python3.11', 'python3.12'];
const places = placesOf({ runtimes, architectures: ['x86_64', 'arm64'] });
const [old, oldArm, now, nowArm] = places as [
  (typeof places)[0],
  (typeof places)[0],
  (typeof places)[0],
  (typeof places)[0],
];

describe('in the layer', () => {
  const chosen = (name: string, sha256: string, ...at: typeof places) => at.map((place) => ({ place, name, sha256 }));

  it('a package lies once where one wheel serves all, else for each runtime', () => {
    const wheels = [
      ...chosen('yaml', 'b', oldArm),
      ...chosen('yaml', 'a', old),
      ...chosen('yaml', 'c', now, nowArm),
      ...chosen('pure', 'p', ...places),
      ...chosen('both', 'x', old, now),
      ...chosen('both', 'y', oldArm, nowArm),
      ...chosen('backport', 'q', old, oldArm),
    ];
    expect(layOut(wheels, runtimes)).toEqual([
      { name: 'backport', folder: 'python/lib/python3.11/site-packages', wheels: ['q'] },
      { name: 'both', folder: 'python', wheels: ['x', 'y'] },
      { name: 'pure', folder: 'python', wheels: ['p'] },
      { name: 'yaml', folder: 'python/lib/python3.11/site-packages', wheels: ['a', 'b'] },
      { name: 'yaml', folder: 'python/lib/python3.12/site-packages', wheels: ['c'] },
    ]);
  });

  it.each([
    ['yaml/__init__.py', 'yaml/__init__.py'],
    ['x-1.data/purelib/x/a.py', 'x/a.py'],
    ['x-1.data/platlib/x.so', 'x.so'],
    ['x-1.data/data/share/y', 'share/y'],
    ['x-1.data/scripts/x', null],
    ['x-1.data/headers/x.h', null],
    ['x-1.data/data/bin/x', null],
    ['a/x-1.data/scripts/x', 'a/x-1.data/scripts/x'],
    ['x/__pycache__/a.cpython-311.pyc', null],
    ['__pycache__/a', null],
    ['x__pycache__/a', 'x__pycache__/a'],
    ['x/a.pyc', null],
    ['x/a.PYO', null],
    ['x/a.pyc.txt', 'x/a.pyc.txt'],
    ['bin/x', null],
    ['x/bin/y', 'x/bin/y'],
    ['x-1.dist-info/METADATA', 'x-1.dist-info/METADATA'],
    ['x-1.dist-info/entry_points.txt', 'x-1.dist-info/entry_points.txt'],
    ['x-1.dist-info/licenses/LICENSE', 'x-1.dist-info/licenses/LICENSE'],
    ['x-1.dist-info/RECORD', null],
    ['x-1.dist-info/RECORD.jws', null],
    ['x-1.dist-info/RECORD.p7s', null],
    ['x-1.dist-info/INSTALLER', null],
    ['x-1.dist-info/REQUESTED', null],
    ['x-1.dist-info/direct_url.json', null],
    ['x-1.dist-info/RECORDS', 'x-1.dist-info/RECORDS'],
    ['x/y.dist-info/RECORD', 'x/y.dist-info/RECORD'],
  ])('%s lies at %j', (path, place) => {
    expect(placeInSite(path)).toBe(place);
  });

  it('METADATA tells what is there, in all versions', () => {
    const file = (path: string, name: string, version: string) => ({
      path,
      bytes: new TextEncoder().encode(`Name: ${name}\nVersion: ${version}\n`),
    });
    expect(
      Object.entries(
        dependenciesIn([
          file('python/yaml-1.dist-info/METADATA', 'yaml', '1'),
          file('python/lib/python3.12/site-packages/a-2.dist-info/METADATA', 'a', '2'),
          file('python/lib/python3.11/site-packages/a-1.dist-info/METADATA', 'a', '1'),
          file('python/lib/python3.10/site-packages/a-1.dist-info/METADATA', 'a', '1'),
          file('python/x/b-1.dist-info/METADATA', 'b', '1'),
          file('x/python/c-1.dist-info/METADATA', 'c', '1'),
          file('python/d-1.dist-info/METADATA.txt', 'd', '1'),
          { path: 'python/e-1.dist-info/METADATA', bytes: new Uint8Array() },
        ]),
      ),
    ).toEqual([
      ['a', '1, 2'],
      ['yaml', '1'],
    ]);
  });
});

describe('of a wheel', () => {
  it('one folder holds the metadata', () => {
    expect(infoFolder(['x/a.py', 'x-1.dist-info/METADATA', 'x-1.dist-info/RECORD'])).toBe('x-1.dist-info');
    expect(infoFolder(['x-1.dist-info/METADATA', 'y-1.dist-info/METADATA'])).toBeNull();
    expect(infoFolder(['x-1.dist-info/RECORD', 'a/x-1.dist-info/METADATA', 'x-1.dist-info/METADATA/y'])).toBeNull();
  });

  it('RECORD is made anew: sorted, with digests and sizes, itself without', () => {
    const file = (path: string, text: string) => ({ path, bytes: new TextEncoder().encode(text) });
    const files = [
      file('z.py', 'zz'),
      file('a,"b".py', ''),
      file('x-1.dist-info/RECORD', 'old'),
      file('x-1.dist-info/Z', 'q'),
    ];
    expect(recordOf(files, 'x-1.dist-info', (bytes) => `of ${bytes.length}`)).toBe(
      '"a,""b"".py",sha256=of 0,0\nx-1.dist-info/RECORD,,\nx-1.dist-info/Z,sha256=of 1,1\nz.py,sha256=of 2,2\n',
    );
    expect(recordOf([], 'a,b.dist-info', () => '')).toBe('"a,b.dist-info/RECORD",,\n');
  });
});

describe('a lock', () => {
  it.each([
    ['src/requirements.txt', 'src/requirements.lock'],
    ['requirements.in', 'requirements.lock'],
    ['a.txt.b', 'a.txt.b.lock'],
    ['requirements', 'requirements.lock'],
  ])('of %s is %s', (source, path) => {
    expect(lockPath(source)).toBe(path);
  });

  it('names each package once, where it is needed, with all digests, in one order', () => {
    const locked = (name: string, version: string, at: typeof places, ...sha256: string[]) => ({
      ...{ name, version, places: at, sha256 },
    });
    const packages = [
      locked('yaml', '2', [now, nowArm], 'c', 'b', 'c'),
      locked('yaml', '1', [old, oldArm]),
      locked('six', '1', places, 'd'),
      locked('arm', '1', [oldArm, now, nowArm]),
      locked('intel', '1', [old, now]),
    ];
    expect(lockText('deps', packages, places)).toBe(
      [
        '# Made by: layer-policy lock deps',
        '# From the requirements beside it; do not edit, make it anew.',
        'arm==1 ; python_version == "3.11" and platform_machine == "aarch64" or python_version == "3.12"',
        'intel==1 ; python_version == "3.11" and platform_machine == "x86_64" or python_version == "3.12" and platform_machine == "x86_64"',
        'six==1 \\',
        '    --hash=sha256:d',
        'yaml==1 ; python_version == "3.11"',
        'yaml==2 ; python_version == "3.12" \\',
        '    --hash=sha256:b \\',
        '    --hash=sha256:c',
        '',
      ].join('\n'),
    );
    expect(lockText('deps', [...packages].reverse(), places)).toBe(lockText('deps', packages, places));
  });
});
