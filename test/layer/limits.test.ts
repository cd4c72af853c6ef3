import { describe, expect, it } from 'vitest';
import { limitProblem, measure, toMB } from '../../src/layer/limits.js';

const entry = (path: string, size = 1) => ({ path, mode: 0o644 as const, bytes: new Uint8Array(size) });
const MB = 1_048_576;
const fine = measure(100, [entry('python/a.py')]);

describe('limits', () => {
  it.each<[string, ReturnType<typeof measure>, { natives: 'forbid' | 'allow'; maxZipMB: number }, RegExp | null]>([
    ['an ordinary layer', fine, { natives: 'forbid', maxZipMB: 10 }, null],
    ['the declared limit', { ...fine, zipped: 10 * MB }, { natives: 'forbid', maxZipMB: 10 }, null],
    ['one byte more', { ...fine, zipped: 10 * MB + 1 }, { natives: 'forbid', maxZipMB: 10 }, /policy allows 10 MB/],
    ['50 MB', { ...fine, zipped: 50 * MB }, { natives: 'forbid', maxZipMB: 250 }, null],
    [
      'more than Lambda takes, whatever is declared',
      { ...fine, zipped: 50 * MB + 1 },
      { natives: 'forbid', maxZipMB: 250 },
      /Lambda takes 50 MB/,
    ],
    ['262,144,000 bytes unpacked', { ...fine, unzipped: 262_144_000 }, { natives: 'forbid', maxZipMB: 50 }, null],
    [
      'one byte more unpacked',
      { ...fine, unzipped: 262_144_001 },
      { natives: 'forbid', maxZipMB: 50 },
      /262144001 bytes/,
    ],
    [
      'a file beside python/',
      measure(1, [entry('python/a.py'), entry('b.py')]),
      { natives: 'forbid', maxZipMB: 50 },
      /python\//,
    ],
    ['nothing at all', measure(1, []), { natives: 'forbid', maxZipMB: 50 }, /python\//],
    [
      'native code',
      measure(1, [entry('python/a.cpython-312.so')]),
      { natives: 'forbid', maxZipMB: 50 },
      /native code: python\/a/,
    ],
    [
      'native code of a version',
      measure(1, [entry('python/libz.so.1.2')]),
      { natives: 'forbid', maxZipMB: 50 },
      /native/,
    ],
    [
      'native code of Windows and macOS',
      measure(1, [entry('python/a.PYD'), entry('python/b.dylib')]),
      { natives: 'forbid', maxZipMB: 50 },
      /and 1 more/,
    ],
    ['native code where it is allowed', measure(1, [entry('python/a.so')]), { natives: 'allow', maxZipMB: 50 }, null],
    [
      'names that only look like it',
      measure(1, [entry('python/so.py'), entry('python/a.so.txt')]),
      { natives: 'forbid', maxZipMB: 50 },
      null,
    ],
  ])('%s', (_, measured, layer, problem) => {
    const found = limitProblem(measured, layer)?.problem ?? null;
    if (problem === null) expect(found).toBeNull();
    else expect(found).toMatch(problem);
  });

  it('megabytes are of 1,048,576 bytes, with two decimals', () => {
    expect([toMB(MB), toMB(1.5 * MB), toMB(12_345_678), toMB(1)]).toEqual([1, 1.5, 11.77, 0]);
  });
});
