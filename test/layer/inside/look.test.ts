import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { lookInside } from '../../../src/layer/inside/look.js';
import type { Seen } from '../../../src/layer/inside/reading.js';
import { forgeElf } from './forge-elf.js';

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
const key = `AK${'IA'}Q3EGRTW5SZ7HJ2LM`;

/** Shows a content as the port promises: in pieces that overlap by 1 KiB. */
function seenIn(content: Buffer, pieces = 1, path = 'python/a'): Seen {
  const { show, seen } = lookInside(sha256)({ path, size: content.length });
  const step = Math.ceil(content.length / pieces);
  for (let start = 0; start < content.length || start === 0; start += Math.max(step, 1)) {
    const from = Math.max(0, start - (pieces > 1 ? 1024 : 0));
    const piece = content.subarray(from, start + step);
    show(piece, from, () => piece.toString('latin1'));
  }
  return seen();
}

it('an ordinary file shows nothing', () => {
  expect(seenIn(Buffer.from('x = 1\n'))).toEqual({ binary: null, secrets: [], tags: null });
  expect(seenIn(Buffer.alloc(0))).toEqual({ binary: null, secrets: [], tags: null });
});

it('compiled code shows what it needs; seen in pieces, what it speaks of', () => {
  const library = forgeElf({ versions: { 'libc.so.6': ['GLIBC_2.17'] } });
  const whole = Buffer.concat([library, Buffer.alloc(5000), Buffer.from('GLIBC_2.30\0')]);
  expect(seenIn(whole).binary).toEqual({ format: 'elf', machine: 'x86_64', glibc: 17, musl: false });
  expect(seenIn(whole, 3).binary).toEqual({ format: 'elf', machine: 'x86_64', glibc: 30, musl: false });
});

it.each([1, 2, 3, 7])('a secret is seen once, in %s pieces', (pieces) => {
  for (const before of [0, 4990, 5000, 10_000 - key.length]) {
    const content = Buffer.concat([Buffer.alloc(before, '.'), Buffer.from(key), Buffer.alloc(10_000 - before, '.')]);
    expect(seenIn(content, pieces).secrets).toEqual([
      { what: 'an AWS access key id', hash: sha256(key).slice(0, 12), isExample: false },
    ]);
  }
});

it('of a large library only the head is believed, and what it speaks of', () => {
  const library = forgeElf({ versions: { 'libc.so.6': ['GLIBC_2.38'] } });
  const glibc = (...texts: string[]) => {
    const { show, seen } = lookInside(sha256)({ path: 'a.so', size: 1 << 20 });
    for (const [at, text] of texts.entries())
      show(at === 0 ? library : Buffer.alloc(64), at * library.length, () => text);
    return seen().binary;
  };
  expect(glibc('GLIBC_2.17')).toMatchObject({ glibc: 17 });
  expect(glibc('GLIBC_2.17', 'GLIBC_2.30', 'GLIBC_2.4')).toMatchObject({ glibc: 30 });
  expect(glibc('', 'GLIBC_2.30')).toMatchObject({ glibc: 30 });
  expect(glibc('', '')).toMatchObject({ glibc: null });
});

it('tags are those of its first piece', () => {
  const { show, seen } = lookInside(sha256)({ path: 'a-1.dist-info/WHEEL', size: 100 });
  show(Buffer.alloc(50), 0, () => 'Tag: py3-none-any\n');
  show(Buffer.alloc(50), 50, () => 'Tag: py2-none-any\n');
  expect(seen().tags).toEqual(['py3-none-any']);
});

it('tags are those of a WHEEL file alone', () => {
  const text = Buffer.from('Tag: py3-none-any\n');
  expect(seenIn(text, 1, 'python/a-1.0.dist-info/WHEEL').tags).toEqual(['py3-none-any']);
  expect(seenIn(text, 1, 'python/a/WHEEL').tags).toBeNull();
});
