import { describe, expect, it } from 'vitest';
import { companionsOf, isBrought, missingModule } from '../../../src/layer/inside/imports.js';
import { extensionOf, isFor, modulePath } from '../../../src/layer/inside/module-path.js';
import { moduleFolders, topModules } from '../../../src/layer/inside/modules.js';
import { examplePolicy } from '../../../src/rule/index.js';

describe('a path is a module where Python looks', () => {
  it.each([
    ['python/core/a.py', 'layer', null, 'core/a.py'],
    ['python/lib/python3.11/site-packages/core/a.py', 'layer', 'python3.11', 'core/a.py'],
    ['python/lib/core/a.py', 'layer', null, 'lib/core/a.py'],
    ['python\\core\\a.py', 'layer', null, 'core/a.py'],
    ['core/a.py', 'layer', null, null],
    ['lib/libz.so', 'layer', null, null],
    ['handler.py', 'function', null, 'handler.py'],
    ['python/core/a.py', 'function', null, 'python/core/a.py'],
  ] as const)('%s of a %s', (path, layout, runtime, inside) => {
    expect(modulePath(path, layout)).toEqual({ runtime, path: inside });
  });

  it.each([
    ['yaml/_yaml.cpython-311-x86_64-linux-gnu.so', 'yaml/_yaml', 'cpython-311', ['python3.11']],
    ['_cffi.cpython-310-aarch64-linux-gnu.so', '_cffi', 'cpython-310', ['python3.10']],
    ['x/_rust.abi3.so', 'x/_rust', 'abi3', ['python3.10', 'python3.11', 'python3.12']],
    ['free.cpython-313t-x86_64-linux-gnu.so', 'free', 'cpython-313t', []],
    ['p.pypy39-pp73-x86_64-linux-gnu.so', 'p', 'pypy39-pp73', []],
  ])('%s is an extension', (path, module, abi, runtimes) => {
    const extension = extensionOf(path);
    expect(extension).toEqual({ module, abi });
    expect(
      ['python3.10', 'python3.11', 'python3.12'].filter((runtime) => extension && isFor(extension, runtime)),
    ).toEqual(runtimes);
  });

  it.each([
    'libz.so',
    'libz.so.1',
    'a.py',
    'a.cp311-win_amd64.pyd',
    'numpy.libs/libopenblas64_-56d6093b.so',
  ])('%s is none', (path) => expect(extensionOf(path)).toBeNull());
});

describe('what can be imported', () => {
  const files = [
    'python/core/__init__.py',
    'python/core/data.json',
    'python/single.py',
    'python/_yaml.cpython-311-x86_64-linux-gnu.so',
    'python/_rust.abi3.so',
    'python/lib/python3.12/site-packages/newer.py',
    'python/bs4-4.12.0.dist-info/METADATA',
    'python/numpy.libs/libopenblas.so',
    'python/bin/run.sh',
    'python/größe.py',
    'python/not-a-name.py',
    'beside.py',
  ].map((path) => ({ path, size: 1, seen: null }));

  it('is told for each runtime', () => {
    expect(topModules({ files }, 'layer', 'python3.11')).toEqual(['_rust', '_yaml', 'core', 'größe', 'single']);
    expect(topModules({ files }, 'layer', 'python3.12')).toEqual(['_rust', 'core', 'größe', 'newer', 'single']);
    expect(topModules({ files }, 'function', 'python3.12')).toEqual(['beside', 'python']);
  });

  it('lies in the folders that the runtime looks in', () => {
    expect(moduleFolders('layer', 'python3.12')).toEqual(['python/lib/python3.12/site-packages', 'python']);
    expect(moduleFolders('function', 'python3.12')).toEqual(['.']);
  });
});

describe('an import that failed', () => {
  it.each([
    ["ModuleNotFoundError: No module named 'boto3'", 'boto3'],
    ["ModuleNotFoundError: No module named 'google.protobuf'; 'google' is not a package", 'google'],
    ["X: ModuleNotFoundError: No module named 'boto3'", null],
    ["ImportError: cannot import name 'x' from 'y'", null],
    ["SyntaxError: invalid syntax (a.py, line 1) No module named 'x'", null],
  ])('%s wants for %s', (error, module) => {
    expect(missingModule({ module: 'core', error })).toBe(module);
  });

  it('may want for what the runtime brings along', () => {
    expect([isBrought('boto3'), isBrought('requests')]).toEqual([true, false]);
  });

  it('may want for a layer that functions use beside it', () => {
    const functions = {
      a: { ...(examplePolicy.functions.ingest ?? expect.fail()), name: 'a', layers: ['core', 'deps'] },
      b: { ...(examplePolicy.functions.ingest ?? expect.fail()), name: 'b', layers: ['core'] },
    };
    expect(companionsOf('core', { functions })).toEqual(['deps']);
    expect(companionsOf('deps', { functions })).toEqual(['core']);
    expect(companionsOf('a', { functions })).toEqual(['core', 'deps']);
    expect(companionsOf('b', { functions })).toEqual(['core']);
    expect(companionsOf(null, { functions })).toEqual([]);
  });
});
