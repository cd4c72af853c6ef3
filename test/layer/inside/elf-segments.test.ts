import { describe, expect, it } from 'vitest';
import { readBinary } from '../../../src/layer/inside/binary.js';
import { readElf, readElfHead } from '../../../src/layer/inside/elf.js';
import { forgeElf } from './forge-elf.js';

const versions = { 'libc.so.6': ['GLIBC_2.17'] };

/** Where the forged library has its tables: the program headers, and the entries of the dynamic segment. */
const programs = 64;
const dynamicOf = (library: Buffer) => library.readUInt32LE(programs + 56 + 8);

interface Header {
  type: number;
  offset: number;
  address: number;
  size: number;
}

/** Puts a header in front of the two that are there. */
function withFirst(library: Buffer, { type, offset, address, size }: Header): Buffer {
  library.copy(library, programs + 56, programs, programs + 112);
  library.fill(0, programs, programs + 56);
  library.writeUInt32LE(type, programs);
  library.writeUInt32LE(offset, programs + 8);
  library.writeUInt32LE(address, programs + 16);
  library.writeUInt32LE(size, programs + 32);
  library.writeUInt16LE(3, 56);
  return library;
}

describe('the segments of a library', () => {
  const strings = 0x400000 + 256;

  it.each<[string, Header]>([
    ['that lies below', { type: 1, offset: 7, address: 0x100000, size: 0x1000 }],
    ['that ends where the names begin', { type: 1, offset: 7, address: strings - 16, size: 16 }],
    ['that lies above', { type: 1, offset: 7, address: 0x800000, size: 0x1000 }],
    ['that is not loaded', { type: 7, offset: 7, address: 0x400000, size: 0x1000 }],
  ])('are looked through, past one %s', (_, header) => {
    expect(readElf(withFirst(forgeElf({ versions }), header))?.glibc).toBe(17);
  });

  it('may begin where the names do', () => {
    const library = forgeElf({ versions });
    library.writeUInt32LE(256, programs + 8);
    library.writeUInt32LE(strings, programs + 16);
    expect(readElf(library)?.glibc).toBe(17);
  });

  it('are as many as the file says', () => {
    const library = forgeElf({ versions });
    library.writeUInt16LE(1, 56);
    expect(readElf(library)?.glibc).toBeNull();
  });

  it('may have no dynamic one, or nothing where it leads', () => {
    const [without, beyond] = [forgeElf({ versions }), forgeElf({ versions })];
    without.writeUInt32LE(4, programs + 56);
    beyond.writeUInt32LE(beyond.length, programs + 56 + 8);
    expect([readElf(without), readElf(beyond)].map((elf) => [elf?.machine, elf?.glibc])).toEqual([
      ['x86_64', null],
      ['x86_64', null],
    ]);
  });
});

describe('the entries of the dynamic segment', () => {
  it('end with the segment', () => {
    const library = forgeElf({ versions });
    library.writeUInt32LE(16, programs + 56 + 32);
    expect(readElf(library)?.glibc).toBeNull();
  });

  it('end with the first that is empty', () => {
    const library = forgeElf({ needed: ['libc.so.6'], versions });
    library.writeUInt32LE(0, dynamicOf(library));
    expect(readElf(library)?.glibc).toBeNull();
  });

  it('may be many', () => {
    const needed = Array.from({ length: 40 }, (_, at) => `lib${at}.so`);
    expect(readElf(forgeElf({ needed, versions }))?.glibc).toBe(17);
    expect(readElf(forgeElf({ needed: [...needed, 'libc.musl-x86_64.so.1'] }))?.musl).toBe(true);
  });

  it('are numbers of eight bytes', () => {
    const library = forgeElf({ needed: ['x'], versions });
    const first = dynamicOf(library);
    library.writeUInt32LE(5, first);
    library.writeUInt32LE(1, first + 4);
    expect(readElf(library)?.glibc).toBe(17);
  });

  it('say of musl only what is needed', () => {
    expect(readElf(forgeElf({ soname: 'libc.musl-x86_64.so.1' }))?.musl).toBe(false);
    expect(readElf(forgeElf({ needed: ['not-libc.musl.so'] }))?.musl).toBe(false);
  });
});

describe('the versions that are asked for', () => {
  it.each<[Record<string, string[]>, number | null]>([
    [{ 'libm.so.6': ['GLIBC_2.4'], 'libc.so.6': ['GLIBC_2.33'] }, 33],
    [{ a: ['GLIBC_2.4'], b: ['GLIBC_2.5'], c: ['GLIBC_2.31', 'GLIBC_2.6'] }, 31],
    [{ a: ['GLIBC_2.30.12'] }, 30],
    [{ a: ['XGLIBC_2.40', 'GLIBC_2.41_PRIVATE', 'GLIBC_2.42.x', 'GLIBC_2.', 'GLIBC_3.1'] }, null],
    [{ a: [...Array<string>(5000).fill('GLIBC_2.17'), 'GLIBC_2.99'] }, 17],
  ])('%j', (asked, glibc) => {
    const library = forgeElf({ versions: asked });
    expect(readElf(library)?.glibc).toBe(glibc);
  });

  it('are those of 64 bits with the low byte first', () => {
    expect(readElf(forgeElf({ bits: 1, machine: 3, versions }))).toMatchObject({ machine: 'x86', glibc: null });
    expect(readElf(forgeElf({ order: 2, versions }))).toMatchObject({ machine: 'machine 62', glibc: null });
  });
});

describe('how a file begins', () => {
  const bytes = (hex: string, length = 64) => Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(length)]);

  it.each(['7e454c46', '7f444c46', '7f454b46', '7f454c45'])('%s is no ELF', (hex) => {
    expect([readElfHead(bytes(hex)), readElf(bytes(hex)), readBinary(bytes(hex), true)]).toEqual([null, null, null]);
  });

  it('needs twenty bytes of ELF', () => {
    expect(readElfHead(forgeElf().subarray(0, 20))?.machine).toBe('x86_64');
    expect(readElfHead(forgeElf().subarray(0, 19))).toBeNull();
    for (const hex of ['', '7f', '4d5a', 'ca', 'cffaed', 'cffaedfe'])
      expect(readBinary(bytes(hex, 0), true)).toBeNull();
  });

  it.each([
    ['cffaedfe', 'mach-o'],
    ['cefaedfe', 'mach-o'],
    ['cafebabe00000013', 'mach-o'],
    ['cafebabe00000014', null],
    ['cafebabf00000002', null],
    ['cffaedff', null],
    ['cefaedff', null],
    ['23212f62', null],
  ])('%s is %s', (hex, format) => expect(readBinary(bytes(hex), true)).toEqual(format && { format }));

  const windows = (change: (file: Buffer) => void = () => {}, length = 64) => {
    const file = Buffer.alloc(length);
    file.write('MZ');
    file.write('PE\0\0', 4, 'latin1');
    file.writeUInt32LE(4, 60);
    change(file);
    return readBinary(file, true);
  };
  it('of Windows is two letters, and two where it points to', () => {
    expect([windows(), windows(() => {}, 80)]).toEqual([{ format: 'pe' }, { format: 'pe' }]);
    for (const at of [1, 4, 5, 6, 7, 60])
      expect([at, windows((file) => file.writeUInt8(file.readUInt8(at) ^ 1, at))]).toEqual([at, null]);
    expect(readBinary(Buffer.concat([Buffer.from('MZ'), Buffer.alloc(61)]), true)).toBeNull();
  });
});
