import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { walkZip } from '../../../src/io/zip/walk.js';
import { writeZip } from '../../../src/io/zip/write.js';
import type { Look } from '../../../src/ports.js';
import { noPlainFiles } from '../../kit/no-plain-files.js';
import { tempFolder } from '../../kit/temp.js';
import { extraField, folder, forge, good, other, type Part } from './forge.js';
import { honestOnes } from './honest.js';
import { hostile } from './hostile.js';

/** Sees each content as a whole, and in how many pieces it came. */
const contents: Look<{ text: string; pieces: number }> = ({ size }) => {
  const content = Buffer.alloc(size);
  let pieces = 0;
  return {
    show(piece, at, text) {
      expect(text()).toBe(Buffer.from(piece).toString('latin1'));
      content.set(piece, at);
      pieces++;
    },
    seen: () => ({ text: content.toString('latin1'), pieces }),
  };
};
const nothing: Look<null> = () => ({ show() {}, seen: () => null });

function onDisk(zip: Uint8Array): string {
  const file = join(tempFolder('walk'), 'a.zip');
  writeFileSync(file, zip);
  return file;
}

describe('a zip is walked', () => {
  it('to its end, and all that is wrong with it is listed', async () => {
    const { files, problems } = await walkZip(
      forge([
        { ...good, name: 'a\\b.py' },
        { ...good, name: 'link', mode: 0o120777 },
        { ...good, name: '../up.py', mode: 0o100600 },
        { ...good, name: 'Same' },
        { ...good, name: 'same', central: { comment: Buffer.from('x') } },
        { ...other, name: 'last.py', both: { crc: 1 } },
      ]),
      contents,
    );
    expect(problems).toEqual([
      { kind: 'name', path: 'a\\b.py', what: 'a backslash in a name' },
      { kind: 'mode', path: 'link', what: 'neither a plain file nor a folder (a link, a device, …)' },
      { kind: 'mode', path: '../up.py', what: 'not everybody may read it (mode 600)' },
      { kind: 'name', path: '../up.py', what: `an empty, '.' or '..' part in a path` },
      { kind: 'broken', path: 'same', what: 'it has a comment' },
      { kind: 'name', path: 'same', what: 'some systems take it for Same, which is there too' },
      { kind: 'broken', path: 'last.py', what: 'its content is damaged (CRC-32)' },
    ]);
    expect(files.map(({ path, seen }) => [path, seen?.text ?? null])).toEqual([
      ['a\\b.py', 'x = 1\n'],
      ['link', 'x = 1\n'],
      ['../up.py', 'x = 1\n'],
      ['Same', 'x = 1\n'],
      ['same', 'x = 1\n'],
      ['last.py', null],
    ]);
  });

  it('but no content is touched where readers disagree about which it is', async () => {
    const { files, problems } = await walkZip(forge([good, { ...other, gap: Buffer.from('gap') }]), contents);
    expect(problems.map(({ kind }) => kind)).toEqual(['broken']);
    expect(files.map(({ path, seen }) => [path, seen])).toEqual([
      [good.name, null],
      [other.name, null],
    ]);
  });

  it.each(Object.entries({ ...hostile, ...honestOnes }))('the same from disk as from memory: %s', async (_, make) => {
    const zip = make();
    expect(await walkZip(onDisk(zip), nothing)).toEqual(await walkZip(zip, nothing));
  });

  it('with its digest and sizes', async () => {
    const zip = forge([good, folder('python/'), other]);
    const { size, sha256, files } = await walkZip(onDisk(zip), nothing);
    expect([size, sha256]).toEqual([zip.length, createHash('sha256').update(zip).digest('hex')]);
    expect(files.map((file) => [file.path, file.size, file.compressed, file.crc, file.mode])).toEqual(
      [good, other].map(({ name, data = '' }) => [name, 6, deflateRawSync(data).length, crc32(data), 0o644]),
    );
  });

  it.each([
    ['nothing', (path: string) => path],
    ['a folder', (path: string) => join(path, '..')],
    ...Object.entries(noPlainFiles).map(([kind, make]): [string, (path: string) => string] => [
      kind,
      (path) => {
        make(path);
        return path;
      },
    ]),
  ])('only where there is a file, not %s', async (_, make) => {
    const path = make(join(tempFolder('absent'), 'a.zip'));
    await expect(walkZip(path, nothing)).rejects.toMatchObject({ code: 'zip-absent', exit: 2 });
  });
});

describe('a zip that is changed while it is walked', () => {
  const parts = Array.from({ length: 40 }, (_, i) => ({
    ...good,
    name: `m${i}.bin`,
    data: randomBytes(500_000),
    stored: true,
  }));
  const zip = forge(parts);
  /** Does that to the file when the first content is seen. */
  const during = (act: () => void): Look<null> => {
    let isDone = false;
    return () => ({
      show() {
        if (!isDone) act();
        isDone = true;
      },
      seen: () => null,
    });
  };

  it('by who appends to it, or takes it away, is the zip that was opened', async () => {
    for (const change of [(file: string) => appendFileSync(file, randomBytes(1000)), unlinkSync]) {
      const file = onDisk(zip);
      expect(
        await walkZip(
          file,
          during(() => change(file)),
        ),
      ).toEqual(await walkZip(zip, nothing));
    }
  });

  it('by who cuts it off is none', async () => {
    const file = onDisk(zip);
    await expect(
      walkZip(
        file,
        during(() => truncateSync(file, 600_000)),
      ),
    ).rejects.toMatchObject({
      code: 'zip-absent',
      message: expect.stringContaining('it grew shorter while it was read'),
    });
  });
});

describe('a content', () => {
  it('that is large comes in pieces that overlap, and is checked all the same', async () => {
    const large = randomBytes(20_000_000).toString('hex');
    for (const stored of [false, true]) {
      const part: Part = { name: 'large', data: large, stored };
      const [file] = (await walkZip(onDisk(forge([good, part])), contents)).files.slice(1);
      expect(file?.seen?.pieces).toBeGreaterThan(10);
      expect(file?.seen?.text === large).toBe(true);
      const { problems } = await walkZip(forge([{ ...part, both: { crc: 1 } }]), nothing);
      expect(problems.map(({ what }) => what)).toEqual(['its content is damaged (CRC-32)']);
    }
  });

  it('that holds what a gzip file begins with is read like any other', async () => {
    const data = Buffer.concat([Buffer.from('x'.repeat(50)), Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])]);
    const raw = deflateRawSync(data, { level: 0 });
    const { files, problems } = await walkZip(forge([good, { name: 'b', data, raw }, other]), contents);
    expect([problems, files.map(({ seen }) => seen?.text)]).toEqual([
      [],
      ['x = 1\n', data.toString('latin1'), 'y = 2\n'],
    ]);
  });

  it('behind an empty one, dressed as a gzip file goes on, is not taken for it', async () => {
    const tail = Buffer.alloc(8);
    const head = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
    const raw = Buffer.concat([deflateRawSync(''), tail, head, deflateRawSync('hidden')]);
    const { problems } = await walkZip(forge([good, { name: 'b', data: 'hidden', raw }, other]), contents);
    expect(problems).toEqual([{ kind: 'broken', path: 'b', what: 'its content is not as large as it says' }]);
  });

  it('that is damaged keeps none of the others from being seen', async () => {
    const parts = Array.from(
      { length: 300 },
      (_, index): Part => ({ name: `f${index}`, data: `${index}`.repeat(20_000) }),
    );
    const damaged = parts.map((part, index) => (index === 150 ? { ...part, both: { crc: 1 } } : part));
    const { files, problems } = await walkZip(forge(damaged), contents);
    expect(problems.map(({ path }) => path)).toEqual(['f150']);
    expect(files.filter(({ seen }) => seen === null).map(({ path }) => path)).toEqual(['f150']);
    expect(files[299]?.seen?.text).toBe('299'.repeat(20_000));
  });
});

describe("a habit of others' writers is named, and what is in the zip is read", () => {
  const described = (how: (crc: number, packed: number, size: number) => Buffer) => {
    const content = 'x = 1\n';
    return forge([
      { ...good, data: content, both: { flags: 8 }, local: { crc: 0, compressed: 0, size: 0 } },
      { ...other, gap: how(crc32(content), deflateRawSync(content).length, content.length) },
    ]);
  };
  const record = (...numbers: number[]) => {
    const bytes = Buffer.alloc(4 * numbers.length);
    for (const [index, number] of numbers.entries()) bytes.writeUInt32LE(number, 4 * index);
    return bytes;
  };
  const signature = 0x08074b50;

  it.each([
    ['with a signature', (...told: number[]) => record(signature, ...told)],
    ['without', (...told: number[]) => record(...told)],
  ])('data descriptors %s', async (_, how) => {
    const { files, problems } = await walkZip(described(how), contents);
    expect(problems.map(({ kind, habit }) => [kind, habit])).toEqual([['broken', 'data-descriptors']]);
    expect(files.map(({ seen }) => seen?.text)).toEqual(['x = 1\n', 'y = 2\n']);
  });

  it.each([
    ['another CRC', (_: number, packed: number, size: number) => record(signature, 1, packed, size)],
    ['another size', (crc: number, packed: number) => record(signature, crc, packed, 7)],
    ['nothing', () => Buffer.alloc(0)],
  ])('but not a data descriptor that says %s', async (_, how) => {
    const { files, problems } = await walkZip(described(how), contents);
    expect(problems.filter(({ habit }) => habit === undefined)).toEqual([
      { kind: 'broken', path: good.name, what: 'its data descriptor is missing, or says something else' },
    ]);
    expect(files.every(({ seen }) => seen === null)).toBe(true);
  });

  it('no Unix permissions', async () => {
    const windows = { central: { madeBy: 20, external: 0x20 } };
    const { files, problems } = await walkZip(forge([{ ...good, ...windows }]), contents);
    expect(problems.map(({ kind, habit }) => [kind, habit])).toEqual([['mode', 'windows-modes']]);
    expect(files[0]?.seen?.text).toBe('x = 1\n');
  });

  it('but not a link that a zip of Windows holds', async () => {
    const link = { central: { madeBy: 20, external: (0o120777 << 16) >>> 0 } };
    const { problems } = await walkZip(forge([{ ...good, ...link }]), contents);
    expect(problems.map(({ habit }) => habit)).toEqual(['windows-modes', undefined]);
  });
});

describe('yauzl, written by others from the same specification, sees the same in', () => {
  const ours = () => writeZip([{ path: 'python/a.py', mode: 0o755, bytes: Buffer.from('a = 1\n'.repeat(100)) }]);
  it.each(Object.entries({ ...honestOnes, 'our own zip': ours }))('%s', async (_, make) => {
    const zip = Buffer.from(await make());
    const { files } = await walkZip(zip, contents);
    const second = await fromBufferPromise(zip, { strictFileNames: true });
    const seen: unknown[] = [];
    for await (const entry of second.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      const chunks: Buffer[] = [];
      for await (const chunk of await second.openReadStreamPromise(entry)) chunks.push(Buffer.from(chunk));
      seen.push([entry.fileName, entry.crc32, entry.compressedSize, Buffer.concat(chunks).toString('latin1')]);
    }
    expect(files.map((file) => [file.path, file.crc, file.compressed, file.seen?.text])).toEqual(seen);
  });
});

it('a hostile zip makes no list without an end', async () => {
  const parts = Array.from({ length: 20_000 }, (_, index): Part => {
    return { name: `\\${index}`, mode: 0o120000, both: { extra: extraField(0xbeef, Buffer.alloc(0)) }, stored: true };
  });
  const { problems } = await walkZip(forge(parts), nothing);
  expect(problems).toHaveLength(50_000);
});
