import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { choose, ownDeflate, question, settings, twinDeflate } from '../../../src/io/zip/deflate.js';

/** The tests themselves run on official builds; anywhere else there is nothing to compare the twin with. */
const isOfficial = (await choose(ownDeflate)) === ownDeflate;

function* noise(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state >>> 8;
  }
}

function bytes(length: number, next: (i: number) => number): Buffer {
  return Buffer.from(Uint8Array.from({ length }, (_, i) => next(i)));
}

const lengths = [0, 1, 2, 3, 4, 5, 7, 257, 258, 259, 4_095, 32_767, 32_768, 32_769, 65_535, 65_536, 65_537, 200_001];
const shapes: [string, (i: number, draw: number) => number][] = [
  ['one byte', () => 97],
  ['all bytes in turn', (i) => i & 255],
  ['noise', (_, draw) => draw & 255],
  ['few letters', (_, draw) => 97 + (draw % 4)],
  ['long repeats', (i) => ((i >> 9) * 31 + (i % 300)) & 255],
  ['runs', (i, draw) => (i % 700 < 650 ? 32 : draw & 255)],
  ['matches a window apart', (i) => ((i % 32_768) * 2_654_435_761) >>> 24],
];

describe.runIf(isOfficial)('the twin makes the bytes of official zlib', () => {
  it.each(shapes)('of %s', async (_, shape) => {
    for (const length of lengths) {
      const draws = noise(length + 1);
      const input = bytes(length, (i) => shape(i, draws.next().value));
      const expected = deflateRawSync(input, settings);
      expect([length, Buffer.compare(await ownDeflate(input), expected)]).toEqual([length, 0]);
      expect([length, Buffer.compare(await twinDeflate(input), expected)]).toEqual([length, 0]);
    }
  });

  it('of files as people write and compile them', async () => {
    const folders = [
      'src/layer',
      'rules',
      'docs/rules',
      'schemas',
      'node_modules/esbuild/lib',
      'node_modules/pako/dist',
    ];
    const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
    const some = [...files.filter((file) => statSync(file).isFile()), 'node_modules/xmllint-wasm/xmllint.wasm'];
    for (const file of some) {
      const input = readFileSync(file);
      expect([file, Buffer.compare(await twinDeflate(input), deflateRawSync(input, settings))]).toEqual([file, 0]);
    }
    expect(some.length).toBeGreaterThan(120);
  });
});

describe('the known answer', () => {
  it('is that of this Node, or the twin has it', async () => {
    expect(await choose(twinDeflate)).toBe(twinDeflate);
    const one = await choose(ownDeflate);
    expect((await one(question())).length).toBe(40_747);
  });

  it.each([
    ['a level', { ...settings, level: 7 }],
    ['a larger memory', { ...settings, memLevel: 9 }],
    ['a smaller window', { ...settings, windowBits: 14 }],
    ['a strategy', { ...settings, strategy: 1 }],
  ])('tells %s apart, and the twin is taken', async (_, other) => {
    const one = await choose(async (input) => deflateRawSync(input, other));
    expect(one).toBe(twinDeflate);
    expect(inflateRawSync(await one(question()))).toEqual(Buffer.from(question()));
  });
});
