import { describe, expect, it } from 'vitest';
import { type BrokenImport, brokenImports } from '../../../src/layer/imports/closure.js';
import { has, lineage, sourceModules, topOf } from '../../../src/layer/imports/modules.js';
import type { Oid } from '../../../src/ports.js';

const both = ['python3.11', 'python3.12'];

/** What fails of a function and its layers, each a folder of texts: `file:line module kind`. */
function broken(
  sources: Record<string, Record<string, string>>,
  { runtimes = both, isDeclared = true, installed = [] as string[] } = {},
): BrokenImport[] {
  const texts = new Map<string, string>();
  const modules = Object.entries(sources).map(([source, files], at) => {
    const packed = Object.entries(files).map(([path, text]) => {
      const inside = at === 0 ? path : `python/${source}/${path}`;
      texts.set(`src/${source}/${path}`, text);
      return { path: inside, mode: 0o644 as const, oid: path as Oid };
    });
    return sourceModules({ name: source, source: `src/${source}` }, packed, at === 0 ? 'function' : 'layer');
  });
  return brokenImports({
    ...{ runtimes, isDeclared, sources: modules },
    installed: (module) => installed.includes(module),
    textOf: ({ path }) => texts.get(path) ?? null,
  });
}

const says = (...given: Parameters<typeof broken>) =>
  broken(...given).map(({ path, line, module, kind }) => `${path}:${line} ${module} ${kind}`);

describe('nothing is wrong with', () => {
  it.each<[string, Record<string, Record<string, string>>]>([
    ['nothing', {}],
    ['the standard library and what Lambda brings', { fn: { 'a.py': 'import os.path, boto3\nfrom json import x' } }],
    [
      'own modules and packages',
      { fn: { 'a.py': 'import b, c.d, e.f', 'b.py': '', 'c/__init__.py': '', 'c/d.py': '', 'e/f.py': '' } },
    ],
    ['what a layer has', { fn: { 'a.py': 'from core.x import y' }, core: { '__init__.py': '', 'x.py': '' } }],
    [
      'relative ones',
      {
        fn: {
          'a.py': 'import p.q.r',
          'p/__init__.py': 'from . import q',
          'p/q/__init__.py': 'from .. import x',
          'p/q/r.py': 'from . import s\nfrom .. import q\nfrom ..q import r',
        },
      },
    ],
    ['what nothing reaches', { fn: { 'a.py': '', 'p/b.py': 'import nowhere' }, core: { 'c.py': 'import nowhere' } }],
    [
      'tests',
      { fn: { 'test_a.py': 'import nowhere', 'a_test.py': 'import nowhere', 'conftest.py': 'import nowhere' } },
    ],
    ['what is compiled', { fn: { 'a.so': 'import nowhere', 'b.py': 'import a' } }],
    ['names that a module gives itself', { fn: { 'a.py': 'import b.c', 'b.py': '' } }],
    ['two that import each other', { fn: { 'a.py': 'import b', 'b.py': 'import a' } }],
  ])('%s', (_, sources) => expect(says(sources)).toEqual([]));
});

describe('it fails to import', () => {
  it('what is nowhere, wherever that is reached from a file at the root', () => {
    const sources = {
      fn: {
        'a.py': 'import p.q\nfrom core import b\nimport x.y',
        'p/__init__.py': 'import one',
        'p/q.py': 'import two',
        'testing.py': 'import z',
        'a.txt': 'import w',
      },
      core: { '__init__.py': 'import three', 'b.py': 'import four', 'c.py': 'import five' },
    };
    expect(says(sources)).toEqual([
      'src/fn/a.py:3 x.y nowhere',
      'src/fn/p/__init__.py:1 one nowhere',
      'src/fn/testing.py:1 z nowhere',
      'src/fn/p/q.py:1 two nowhere',
      'src/core/__init__.py:1 three nowhere',
      'src/core/b.py:1 four nowhere',
    ]);
    expect(says(sources, { installed: ['one', 'x'] })).toHaveLength(4);
  });

  it('what is in no package above, and out of one', () => {
    const sources = {
      fn: {
        'a.py': 'import p.b\nfrom . import z',
        'p/__init__.py': 'from .. import x',
        'p/b.py': 'from .c import d\nfrom ..e import f\nfrom ... import g',
      },
    };
    expect(says(sources)).toEqual([
      'src/fn/a.py:2 . relative',
      'src/fn/p/__init__.py:1 .. relative',
      'src/fn/p/b.py:1 .c absent',
      'src/fn/p/b.py:2 ..e relative',
      'src/fn/p/b.py:3 ... relative',
    ]);
  });

  it('what one of our packages ought to have', () => {
    const sources = {
      fn: { 'a.py': 'import core.gone, p.gone.more\nfrom core import gone', 'p/x.py': '' },
      core: { '__init__.py': '' },
    };
    expect(broken(sources)).toEqual([
      { path: 'src/fn/a.py', line: 1, module: 'core.gone', kind: 'absent', runtimes: both, of: 'core' },
      { path: 'src/fn/a.py', line: 1, module: 'p.gone.more', kind: 'absent', runtimes: both, of: 'fn' },
    ]);
  });

  it('what only some of the declared runtimes have', () => {
    const sources = { fn: { 'a.py': 'import distutils, json, nowhere' } };
    expect(broken(sources)).toEqual([
      { path: 'src/fn/a.py', line: 1, module: 'distutils', kind: 'version', runtimes: ['python3.12'], of: null },
      { path: 'src/fn/a.py', line: 1, module: 'nowhere', kind: 'nowhere', runtimes: both, of: null },
    ]);
    expect(says(sources, { isDeclared: false })).toEqual(['src/fn/a.py:1 nowhere nowhere']);
    expect(says(sources, { runtimes: ['python3.12'] })).toContain('src/fn/a.py:1 distutils nowhere');
  });

  it('nothing from a file that was not read', () => {
    const modules = sourceModules(
      { name: 'fn', source: 'fn' },
      [{ path: 'a.py', mode: 0o644, oid: 'x' as Oid }],
      'function',
    );
    const around = { runtimes: both, isDeclared: true, sources: [modules], installed: () => false };
    expect(brokenImports({ ...around, textOf: () => null })).toEqual([]);
    expect(brokenImports({ ...around, textOf: () => 'import x' })).toHaveLength(1);
  });
});

describe('modules of a source', () => {
  const of = (layout: 'layer' | 'function', ...paths: string[]) =>
    sourceModules(
      { name: 'core', source: 'src/core' },
      paths.map((path) => ({ path, mode: 0o644, oid: path as Oid })),
      layout,
    );

  it('are named as Python does, with where they lie in the repository', () => {
    const {
      of: whose,
      files,
      folders,
    } = of(
      'layer',
      'python/core/__init__.py',
      'python/core/a/b.py',
      'python/core/c.abi3.so',
      'python/core/d.txt',
      'python/core/e.f/g.py',
    );
    expect([whose, [...folders]]).toEqual(['core', ['core', 'core.a']]);
    expect(Object.fromEntries(files)).toEqual({
      core: { path: 'src/core/__init__.py', oid: 'python/core/__init__.py', isPackage: true, isPython: true },
      'core.a.b': { path: 'src/core/a/b.py', oid: 'python/core/a/b.py', isPackage: false, isPython: true },
      'core.c': { path: 'src/core/c.abi3.so', oid: 'python/core/c.abi3.so', isPackage: false, isPython: false },
    });
    expect(of('function', 'a/b.py').files.get('a.b')?.path).toBe('src/core/a/b.py');
  });

  it('are packages rather than files of the same name, and the first of two files', () => {
    for (const paths of [
      ['a.py', 'a/__init__.py'],
      ['a/__init__.py', 'a.py'],
    ])
      expect(of('function', ...paths).files.get('a')?.path).toBe('src/core/a/__init__.py');
    expect(of('function', 'a.abi3.so', 'a.py').files.get('a')?.path).toBe('src/core/a.abi3.so');
  });

  it('are found under their names, and folders under theirs', () => {
    const modules = of('function', 'a/b/c.py');
    expect(['a', 'a.b', 'a.b.c', 'a.c', 'b'].filter((name) => has(modules, name))).toEqual(['a', 'a.b', 'a.b.c']);
    expect([topOf('a.b.c'), topOf('a')]).toEqual(['a', 'a']);
    expect(lineage('a.b.c')).toEqual(['a', 'a.b', 'a.b.c']);
  });
});
