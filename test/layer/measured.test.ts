import { describe, expect, it } from 'vitest';
import { readingOf, unzippedSize } from '../../src/layer/inside/reading.js';
import { measure } from '../../src/layer/measured.js';
import { elf, reading } from './problems/reading.js';

describe('what a zip is, measured', () => {
  it('in bytes, by its root and its libraries', () => {
    const zip = reading({ 'python/a.py': {}, 'python/b.so': elf() }, { size: 77 });
    expect(measure(zip)).toEqual({ zipped: 77, unzipped: 200, hasPythonRoot: true, natives: ['python/b.so'] });
    expect(measure(reading({ 'python/a.py': {}, 'b.py': {} })).hasPythonRoot).toBe(false);
    expect(measure(reading({})).hasPythonRoot).toBe(false);
    expect(unzippedSize({ files: [] })).toBe(0);
  });
  it('is its reading, and nothing imported yet', () => {
    const walked = { size: 5, files: [{ path: 'a', size: 1, seen: null, crc: 9 }], problems: [] } as never;
    expect(readingOf('x.zip', { name: 'core', version: '1.2.3' }, walked)).toEqual({
      ...{ file: 'x.zip', name: 'core', version: '1.2.3', size: 5, problems: [], imports: [] },
      files: [{ path: 'a', size: 1, seen: null }],
    });
  });
});
