import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readZip } from '../../../src/io/zip/read.js';
import { writeZip } from '../../../src/io/zip/write.js';
import type { ArtefactEntry } from '../../../src/ports.js';
import { tempFolder } from '../../kit/temp.js';

const entry = (path: string, text = '', mode: 0o644 | 0o755 = 0o644): ArtefactEntry => ({
  path,
  mode,
  bytes: Buffer.from(text),
});
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A layer that has a bit of everything: code, an executable, data that deflate cannot shrink, names beyond ASCII. */
const layer: ArtefactEntry[] = [
  entry('python/core/__init__.py', 'from core.data import VALUE\n'),
  entry('python/core/data.py', `VALUE = 42\n${'# a line that repeats\n'.repeat(400)}`),
  entry('python/core/bin/run.sh', '#!/bin/sh\necho run\n', 0o755),
  entry('python/core/empty.py'),
  entry('python/core/caf\u00e9.json', '{"a": 1}'),
  entry('python/core/\u{1f600}.txt', 'beyond the first plane'),
  entry('python/core/\uff5e.txt', 'sorted in front of it by bytes, behind it by UTF-16'),
  { path: 'python/core/noise.bin', mode: 0o644, bytes: noise(5000) },
];

function noise(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = 1;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

function python(script: string, ...args: string[]) {
  const done = spawnSync('python3', ['-c', script, ...args], { encoding: 'utf8' });
  if (done.error) throw done.error;
  return { code: done.status, stdout: done.stdout, stderr: done.stderr };
}

function saved(zip: Uint8Array): string {
  const file = join(tempFolder('zip'), 'layer.zip');
  writeFileSync(file, zip);
  return file;
}

describe('our zips', () => {
  it('are the same bytes on every machine', async () => {
    expect(sha256(await writeZip(layer))).toBe('ea0a0bcf0d3ac16d0323c153e597ba67429810513b4554151ca41de053fe424f');
  });

  it('are the same bytes in whatever order the files come', async () => {
    const expected = sha256(await writeZip(layer));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(layer, { minLength: layer.length }), async (shuffled) => {
        expect(sha256(await writeZip(shuffled))).toBe(expected);
      }),
    );
  });

  it('change when a mode, a name or a byte changes', async () => {
    const shas = [
      layer,
      layer.map((file) => ({ ...file, mode: 0o755 as const })),
      layer.map((file, index) => (index === 0 ? { ...file, path: `${file.path}x` } : file)),
      layer.slice(1),
    ].map(async (files) => sha256(await writeZip(files)));
    expect(new Set(await Promise.all(shas)).size).toBe(4);
  });

  it('give back what was put in, whatever it was', async () => {
    const part = fc.stringMatching(/^[a-z0-9_\u00e9\u4e00]{1,12}$/).map((text) => `p${text}`);
    const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => `${parts.join('/')}.py`);
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.tuple(fc.nat(255), fc.nat(70_000)).map(([value, length]) => new Uint8Array(length).fill(value)),
    );
    const file = fc.record({ path, mode: fc.constantFrom(0o644 as const, 0o755 as const), bytes });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(file, { selector: (one) => one.path, maxLength: 12 }), async (files) => {
        const read = await readZip(await writeZip(files));
        const plain = (all: ArtefactEntry[]) => new Map(all.map((one) => [one.path, [one.mode, sha256(one.bytes)]]));
        expect(plain(read)).toEqual(plain(files));
        expect(read.map((one) => Buffer.from(one.path))).toEqual(
          read.map((one) => Buffer.from(one.path)).sort(Buffer.compare),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('store what deflate does not shrink, and what it shrinks like a bomb', async () => {
    const zip = await writeZip([
      ...layer,
      { path: 'python/core/zeros.bin', mode: 0o644, bytes: new Uint8Array(2_000_000) },
    ]);
    const { stdout } = python(
      'import sys, zipfile\nfor i in zipfile.ZipFile(sys.argv[1]).infolist(): print(i.filename.split("/")[-1], i.compress_type)',
      saved(zip),
    );
    expect(
      Object.fromEntries(
        stdout
          .trim()
          .split('\n')
          .map((line) => line.split(' ')),
      ),
    ).toMatchObject({
      'noise.bin': '0',
      'empty.py': '0',
      'zeros.bin': '0',
      'data.py': '8',
    });
    expect(await readZip(zip)).toHaveLength(layer.length + 1);
  });

  it('are whole to Python', async () => {
    const done = spawnSync('python3', ['-m', 'zipfile', '-t', saved(await writeZip(layer))], { encoding: 'utf8' });
    expect([done.status, done.stdout.trim()]).toEqual([0, 'Done testing']);
  });

  it('are whole to unzip', async () => {
    const done = spawnSync('unzip', ['-t', saved(await writeZip(layer))], { encoding: 'utf8' });
    expect(done.stdout).toContain('No errors detected');
    expect([done.status, done.stderr]).toEqual([0, '']);
  });

  it('can be imported from by Python', async () => {
    const script =
      'import sys; sys.path.insert(0, sys.argv[1] + "/python"); import core; print(core.VALUE, type(core.__loader__).__name__)';
    expect(python(script, saved(await writeZip(layer))).stdout).toBe('42 zipimporter\n');
  });

  it('say what the contract says of them: dates, modes, order, no extra fields, no comments', async () => {
    const script = [
      'import sys, zipfile',
      'z = zipfile.ZipFile(sys.argv[1])',
      'for i in z.infolist():',
      '  print(i.date_time, oct(i.external_attr >> 16), i.external_attr & 0xffff, i.create_system, i.extra, i.comment, hex(i.flag_bits), ascii(i.filename))',
      'print(z.comment, len(z.infolist()))',
    ].join('\n');
    const { stdout } = python(script, saved(await writeZip(layer)));
    const expected = (mode: string, flags: string, name: string) =>
      `(1980, 1, 1, 0, 0, 0) ${mode} 0 3 b'' b'' ${flags} 'python/core/${name}'`;
    expect(stdout.trim().split('\n')).toEqual([
      expected('0o100644', '0x0', '__init__.py'),
      expected('0o100755', '0x0', 'bin/run.sh'),
      expected('0o100644', '0x800', 'caf\\xe9.json'),
      expected('0o100644', '0x0', 'data.py'),
      expected('0o100644', '0x0', 'empty.py'),
      expected('0o100644', '0x0', 'noise.bin'),
      expected('0o100644', '0x800', '\\uff5e.txt'),
      expected('0o100644', '0x800', '\\U0001f600.txt'),
      "b'' 8",
    ]);
  });

  it('may be empty', async () => expect(await readZip(await writeZip([]))).toEqual([]));

  it.each([
    ['a parent folder', [entry('../evil')]],
    ['an absolute path', [entry('/a')]],
    ['a backslash', [entry('a\\b')]],
    ['a control character', [entry('a\u0001')]],
    ['the same path twice', [entry('a'), entry('a')]],
    ['paths that differ by case', [entry('a'), entry('A')]],
    ['a file under a file', [entry('a'), entry('a/b')]],
    ['an empty path', [entry('')]],
    ['65,535 entries', Array.from({ length: 65_535 }, (_, index) => entry(`f${index}`))],
  ])('are never made with %s', async (_, entries) => {
    await expect(writeZip(entries)).rejects.toMatchObject({ code: 'artefact-refused', exit: 3 });
  });

  it('may hold 65,534 entries, which other readers count as we do', async () => {
    const zip = await writeZip(Array.from({ length: 65_534 }, (_, index) => entry(`f${index}`)));
    expect(python('import sys, zipfile; print(len(zipfile.ZipFile(sys.argv[1]).infolist()))', saved(zip)).stdout).toBe(
      '65534\n',
    );
  });
});
