import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packedIdentity, packSource } from '../../src/layer/packing.js';
import type { Entry } from '../../src/ports.js';

const oid = 'a'.repeat(40);
const entry = (path: string, mode = '100644'): Entry => ({ path, mode, oid });
const pack = (...entries: (string | Entry)[]) =>
  packSource(
    'src/inbox_core',
    entries.map((one) => (typeof one === 'string' ? entry(`src/inbox_core/${one}`) : one)),
  );

describe('packing a source', () => {
  it('puts the package under python/, with the modes of git', () => {
    const packed = pack(
      '__init__.py',
      entry('src/inbox_core/run.py', '100755'),
      entry('src/inbox_core/o.py', '100664'),
    );
    expect(packed).toEqual({
      files: [
        { path: 'python/inbox_core/__init__.py', mode: 0o644, oid },
        { path: 'python/inbox_core/o.py', mode: 0o644, oid },
        { path: 'python/inbox_core/run.py', mode: 0o755, oid },
      ],
      left: [],
      problems: [],
    });
  });

  it('sorts by UTF-8 bytes, which JavaScript does not', () => {
    const names = ['\u{1f600}.py', '\uff5e.py', 'Z.py', 'a.py', 'a/b.py', 'a-b.py'];
    const sorted = pack(...names).files.map(({ path }) => path);
    expect(sorted).toEqual([...sorted].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    expect(sorted.at(-1)).toContain('\u{1f600}');
  });

  it.each([
    '__pycache__/a.cpython-311.pyc',
    'sub/__pycache__/x',
    'a.pyc',
    'a.pyo',
    'a.PYC',
    '__init__.py~',
    '__init__.py.bak',
    'normalization/__init__.py.backup',
    'a.py.orig',
    'a.py.rej',
    '.a.py.swp',
    'a.py.swo',
    '#a.py#',
    '.env',
    '.github/workflows/x.yml',
    'sub/.DS_Store',
    '.gitkeep',
    'Thumbs.db',
  ])('leaves out %s and says so', (name) => {
    const packed = pack('__init__.py', name);
    expect(packed.left).toEqual([`src/inbox_core/${name}`]);
    expect(packed.files).toHaveLength(1);
    expect(packed.problems).toEqual([]);
  });

  it.each([
    'py.typed',
    'backup.py',
    'a.backup.py',
    'pyc.py',
    'orig/a.py',
    'data/x.json',
    'a~b.py',
    'tests/test_a.py',
    'pycache.py',
  ])('keeps %s', (name) => expect(pack(name).files).toHaveLength(1));

  it.each([
    ['symlink', entry('src/inbox_core/link', '120000')],
    ['submodule', entry('src/inbox_core/module', '160000')],
    ['unsafe-name', entry('src/inbox_core/a\\b.py')],
    ['unsafe-name', entry('src/inbox_core/../../evil.py')],
    ['unsafe-name', entry('src/inbox_core/./a.py')],
    ['unsafe-name', entry('src/inbox_core/a\nb.py')],
    ['unsafe-name', entry('src/inbox_core/a\u202eyp.exe')],
    ['unsafe-name', entry('src/inbox_core/con.py')],
    ['unsafe-name', entry('src/inbox_core/a.py:stream')],
    ['unsafe-name', entry('src/inbox_core/trailing ')],
    ['unsafe-name', { ...entry('src/inbox_core/caf\\xE9.py'), pathBytes: 'Y2Fm6Q==' }],
    ['unsafe-name', entry(`src/inbox_core/${'long/'.repeat(250)}a.py`)],
  ] as [string, Entry][])('finds a %s', (problem, bad) => {
    const packed = pack('__init__.py', bad);
    expect(packed.problems).toEqual([{ path: bad.path, problem }]);
    expect(packed.files).toHaveLength(1);
  });

  it.each([
    ['case', 'Utils.py', 'utils.py'],
    ['case of a folder', 'Sub/a.py', 'sub/b.py'],
    ['Unicode form', 'caf\u00e9.py', 'cafe\u0301.py'],
    ['a folder named as a file', 'util', 'Util/a.py'],
  ])('finds a collision by %s', (_, one, other) => {
    for (const names of [
      [one, other],
      [other, one],
    ]) {
      expect(pack(...names).problems).toEqual([{ path: `src/inbox_core/${names[1]}`, problem: 'collision' }]);
    }
  });

  it('calls a source with nothing to pack empty', () => {
    expect(pack().problems).toEqual([{ path: 'src/inbox_core', problem: 'empty' }]);
    expect(pack('a.pyc').problems).toEqual([{ path: 'src/inbox_core', problem: 'empty' }]);
  });
});

describe('the identity of what is packed', () => {
  const changed: [string, Entry[]][] = [
    ['content', [{ ...entry('src/inbox_core/a.py'), oid: 'b'.repeat(40) }]],
    ['mode', [entry('src/inbox_core/a.py', '100755')]],
    ['name', [entry('src/inbox_core/b.py')]],
    ['one more', [entry('src/inbox_core/a.py'), entry('src/inbox_core/b.py')]],
  ];
  it.each(changed)('changes with %s', (_, entries) => {
    expect(packedIdentity(pack(...entries))).not.toBe(packedIdentity(pack('a.py')));
  });
  it('does not change with what is left out', () => {
    expect(packedIdentity(pack('a.py', 'a.pyc', '.env'))).toBe(packedIdentity(pack('a.py')));
  });
  it('does not depend on the order of entries', () => {
    const names = ['__init__.py', 'a.py', 'b/c.py', 'b-c.py', 'z.json'];
    fc.assert(
      fc.property(fc.shuffledSubarray(names, { minLength: names.length }), (shuffled) => {
        expect(packedIdentity(pack(...shuffled))).toBe(packedIdentity(pack(...names)));
      }),
    );
  });
});
