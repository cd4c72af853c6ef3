import { describe, expect, it } from 'vitest';
import { extensionOf, isFor, modulePath } from '../../../src/layer/inside/module-path.js';

const _bytes = (text: string) => new TextEncoder().encode(text);

describe('a path as Python sees it', () => {
  it.each([
    ['python/a/b.py', null, 'a/b.py'],
    ['python\\a\\b.py', null, 'a/b.py'],
    ['a/b.py', null, null],
    ['pythonic/a.py', null, null],
    ['python/lib/python3.11/site-packages/a.py', 'python3.11', 'a.py'],
    ['python/lib/python3.11/a.py', null, 'lib/python3.11/a.py'],
    ['python/lib/python3.11/site-packages/', null, 'lib/python3.11/site-packages/'],
    ['python/library/a.py', null, 'library/a.py'],
    ['x/python/lib/python3.11/site-packages/a.py', null, null],
    ['python/x/python/lib/python3.11/site-packages/a.py', null, 'x/python/lib/python3.11/site-packages/a.py'],
    ['python/lib/python3.11/site-packages/a\nb', 'python3.11', 'a\nb'],
  ])('%s in a layer', (path, runtime, inside) => expect(modulePath(path, 'layer')).toEqual({ runtime, path: inside }));
  it('in a function begins at the root', () => {
    expect(modulePath('python\\lib/a.py', 'function')).toEqual({ runtime: null, path: 'python/lib/a.py' });
  });

  it.each<[string, object | null]>([
    ['a.cpython-311-x86_64-linux-gnu.so', { module: 'a', abi: 'cpython-311' }],
    ['p/q/_a.cpython-313t-x.so', { module: 'p/q/_a', abi: 'cpython-313t' }],
    ['a.abi3.so', { module: 'a', abi: 'abi3' }],
    ['a.pypy39-pp73-x.so', { module: 'a', abi: 'pypy39-pp73' }],
    ['a.so', null],
    ['a.cpython-311.py', null],
    ['a.cpython-311.so.1', null],
    ['a.abi3.so.txt', null],
    ['a.abi3.sox', null],
    ['a.b.abi3.so', null],
    ['p.q/a.abi3.so', { module: 'p.q/a', abi: 'abi3' }],
  ])('%s is an extension: %j', (path, extension) => expect(extensionOf(path)).toEqual(extension));
  it.each([
    ['abi3', true],
    ['cpython-312', true],
    ['cpython-311', false],
    ['cpython-312t', false],
  ])('%s is for 3.12: %s', (abi, is) => expect(isFor({ module: 'a', abi }, 'python3.12')).toBe(is));
});
