import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBinary } from '../../../src/layer/inside/binary.js';
import { newestGlibcIn, readElf, readElfHead } from '../../../src/layer/inside/elf.js';
import { type ElfFields, forgeElf } from './forge-elf.js';

describe('an ELF file', () => {
  it.each<[string, Partial<ElfFields>, { machine: string; glibc: number | null; musl: boolean }]>([
    ['that needs nothing', {}, { machine: 'x86_64', glibc: null, musl: false }],
    ['of ARM', { machine: 183 }, { machine: 'arm64', glibc: null, musl: false }],
    ['of 32 bits', { bits: 1, machine: 3 }, { machine: 'x86', glibc: null, musl: false }],
    ['of 32 bits on a machine of 64', { bits: 1 }, { machine: 'machine 62', glibc: null, musl: false }],
    ['with the high byte first', { order: 2, machine: 22 }, { machine: 'machine 22', glibc: null, musl: false }],
    ['of RISC-V', { machine: 243 }, { machine: 'machine 243', glibc: null, musl: false }],
    [
      'that asks several libraries for versions',
      {
        needed: ['libm.so.6', 'libc.so.6'],
        versions: { 'libm.so.6': ['GLIBC_2.29'], 'libc.so.6': ['GLIBC_2.2.5', 'GLIBC_2.14', 'GLIBC_2.4'] },
      },
      { machine: 'x86_64', glibc: 29, musl: false },
    ],
    [
      'that asks for other things',
      { versions: { 'libstdc++.so.6': ['GLIBCXX_3.4.30', 'CXXABI_1.3'], 'libc.so.6': ['GLIBC_PRIVATE'] } },
      { machine: 'x86_64', glibc: null, musl: false },
    ],
    [
      'that can do without the newest',
      { versions: { 'libc.so.6': ['GLIBC_2.17', '?GLIBC_2.38'] } },
      { machine: 'x86_64', glibc: 17, musl: false },
    ],
    [
      'that asks for packed relocations',
      { versions: { 'libc.so.6': ['GLIBC_2.17', 'GLIBC_ABI_DT_RELR'] } },
      { machine: 'x86_64', glibc: 36, musl: false },
    ],
    ['of musl', { needed: ['libc.musl-x86_64.so.1'] }, { machine: 'x86_64', glibc: null, musl: true }],
  ])('%s', (_, fields, expected) => {
    expect(readElf(forgeElf(fields))).toEqual({ format: 'elf', ...expected });
  });

  it('whose text speaks of a newer glibc needs none of it', () => {
    const library = Buffer.concat([
      forgeElf({ versions: { 'libc.so.6': ['GLIBC_2.17'] } }),
      Buffer.from('GLIBC_2.40\0'),
    ]);
    expect(readElf(library)?.glibc).toBe(17);
    expect(newestGlibcIn(library.toString('latin1'))).toBe(40);
  });

  it('cut off anywhere, or with any byte changed, is read to an end and no further', () => {
    const whole = forgeElf({ needed: ['libc.so.6'], versions: { 'libc.so.6': ['GLIBC_2.17', 'GLIBC_2.34'] } });
    for (let length = 0; length < whole.length; length++) {
      expect(readElf(whole.subarray(0, length))?.format ?? null).toBe(length < 20 ? null : 'elf');
    }
    for (let at = 4; at < whole.length; at++) {
      for (const value of [0, 1, 0x7f, 0xff]) {
        const changed = Buffer.from(whole);
        changed[at] = value;
        expect(readElf(changed)?.format).toBe('elf');
      }
    }
  });

  it('that is noise behind its first bytes is read to an end', () => {
    const head = forgeElf().subarray(0, 64);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4000 }), (noise) => {
        expect(readElf(Buffer.concat([head, noise]))?.format).toBe('elf');
      }),
    );
  });

  it('whose lists of versions lead on and on is left in time', () => {
    const library = forgeElf({ versions: { 'libc.so.6': ['GLIBC_2.17'] } });
    // Every record says that the next one follows 16 bytes on, and so does every list in it.
    const endless = Buffer.alloc(1 << 24, Buffer.from([16, 0, 0, 0]));
    const hostile = Buffer.concat([library, endless]);
    const tag = library.indexOf(Buffer.from([0xfe, 0xff, 0xff, 0x6f]));
    hostile.writeUInt32LE(0x400000 + library.length, tag + 8);
    hostile.writeUInt32LE(hostile.length, 64 + 32);
    const started = performance.now();
    expect(readElf(hostile)?.format).toBe('elf');
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it.runIf(process.platform === 'linux')('of this machine is read as readelf reads it', () => {
    const said = spawnSync('readelf', ['--wide', '--version-info', process.execPath], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    const node = readFileSync(process.execPath);
    const { machine, glibc } = readElf(node) ?? { machine: '', glibc: null };
    expect(machine).toBe({ x64: 'x86_64', arm64: 'arm64' }[process.arch as string]);
    expect(newestGlibcIn(node.toString('latin1'))).toBeGreaterThanOrEqual(glibc ?? 0);
    // Where there is no readelf, the rest still holds.
    if (said.status !== 0) return;
    const needs = said.stdout.slice(said.stdout.indexOf('Version needs section'));
    const minors = [...needs.matchAll(/Name: GLIBC_2\.(\d+)/g)].map(([, minor]) => Number(minor));
    expect(glibc).toBe(Math.max(...minors));
  });
});

describe('compiled code is known by how it begins', () => {
  const pe = Buffer.alloc(256);
  pe.write('MZ');
  pe.writeUInt32LE(128, 60);
  pe.write('PE\0\0', 128, 'latin1');
  const javaClass = Buffer.from('cafebabe0000003d00000000000000000000000000000000', 'hex');
  const universal = Buffer.from('cafebabe0000000200000000000000000000000000000000', 'hex');

  it.each([
    ['ELF', forgeElf(), 'elf'],
    ['Windows', pe, 'pe'],
    ['macOS', Buffer.from('cffaedfe0c000001000000000000000000000000', 'hex'), 'mach-o'],
    ['macOS, for two machines', universal, 'mach-o'],
    ['a Java class', javaClass, null],
    [
      'a text that begins with MZ',
      Buffer.from('MZ is the name of a format that is sixty characters and more long'),
      null,
    ],
    ['a program', Buffer.from('#!/bin/sh\necho this is no compiled code\n'), null],
    ['nothing', Buffer.alloc(0), null],
  ])('%s', (_, bytes, format) => {
    expect(readBinary(bytes, true)?.format ?? null).toBe(format);
    expect(readBinary(bytes, false)?.format ?? null).toBe(format);
  });

  it('of a large file only the head is read at first', () => {
    const library = forgeElf({ versions: { 'libc.so.6': ['GLIBC_2.34'] } });
    expect(readElfHead(library)).toEqual({ format: 'elf', machine: 'x86_64', glibc: null, musl: false });
  });
});
