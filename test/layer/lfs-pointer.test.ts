import { describe, expect, it } from 'vitest';
import { isLfsPointer, mayBeLfsPointer } from '../../src/layer/lfs-pointer.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const beginning = 'version https://git-lfs.github.com/spec/';
const pointer = `${beginning}v1\noid sha256:${'a'.repeat(64)}\nsize 12345\n`;

describe('what Git LFS commits', () => {
  it.each([
    ['a pointer', pointer, true],
    ['a pointer as long as one may be', pointer.padEnd(1024), true],
    ['what is longer', pointer.padEnd(1025), false],
    ['a text that speaks of one', ` ${pointer}`, false],
    ['the beginning of its beginning', beginning.slice(0, -1), false],
    ['nothing', '', false],
  ])('%s', (_, text, expected) => expect(isLfsPointer(bytes(text))).toBe(expected));

  it('is read only where its size allows it', () => {
    const sizes = [0, beginning.length - 1, beginning.length, pointer.length, 1024, 1025];
    expect(sizes.map(mayBeLfsPointer)).toEqual([false, false, true, true, true, false]);
  });
});
