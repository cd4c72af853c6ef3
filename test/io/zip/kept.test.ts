import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { keepingZip, zip } from '../../../src/io/zip/index.js';
import { openKept } from '../../../src/io/zip/kept.js';
import type { ArtefactEntry } from '../../../src/ports.js';
import { tempFolder } from '../../kit/temp.js';

const entry = (path: string, text: string): ArtefactEntry => ({ path, mode: 0o644, bytes: Buffer.from(text) });
const entries = [
  ...Array.from({ length: 20 }, (_, i) => entry(`python/core/m${i}.py`, `value = ${i}\n`.repeat(200))),
  entry('python/core/empty.py', ''),
  entry('python/core/zeros.bin', '\0'.repeat(2_000_000)),
];
const plain = await zip.write(entries);

const write = (folder: string, what = entries, name = 'core', version = '1.0.0') =>
  keepingZip(async () => folder, version).write(what, name);
const same = (zipped: Uint8Array) => expect(Buffer.compare(zipped, plain)).toBe(0);

describe('what a build compressed', () => {
  it('is not compressed again, nor is anything else than its very content', async () => {
    const folder = tempFolder('kept');
    const { bytes } = entries[0] as ArtefactEntry;
    const key = createHash('sha256').update(bytes).digest('hex');
    const loose = deflateRawSync(bytes, { level: 1 });
    await (await openKept(folder, 'core', '1.0.0')).save(new Map([[key, { method: 8, data: loose }]]));
    // Where it was put there by hand, it is seen in the zip: so it is used.
    const zipped = Buffer.from(await write(folder));
    expect(zipped.includes(loose)).toBe(true);
    expect((await zip.read(zipped)).map(({ path }) => path)).toHaveLength(entries.length);
    same(await write(folder, entries, 'other'));
    same(await write(folder, entries, 'core', '1.0.1'));
  });

  it('gives the bytes that it gave, first, again and with a part that changed', async () => {
    const folder = tempFolder('kept');
    same(await write(folder));
    expect(readdirSync(folder)).toEqual(['core.entries']);
    same(await write(folder));
    const changed = [...entries.slice(1), entry('python/core/new.py', 'x = 1\n')];
    expect(Buffer.compare(await write(folder, changed), await zip.write(changed))).toBe(0);
    same(await write(folder));
    rmSync(folder, { recursive: true });
    same(await write(folder));
  });

  it.each<[string, (file: Buffer) => Buffer]>([
    ['nothing', () => Buffer.alloc(0)],
    ['another file', () => Buffer.from('no such thing\n'.repeat(10))],
    ['half of it', (file) => file.subarray(0, file.length / 2)],
    ['all but its last byte', (file) => file.subarray(0, -1)],
    ['more than it', (file) => Buffer.concat([file, Buffer.from('x')])],
    ...[0, 25, 60, 200, 3_000, -1].map((at): [string, (file: Buffer) => Buffer] => [
      `another byte at ${at}`,
      (file) => {
        const other = Buffer.from(file);
        const place = at < 0 ? other.length + at : at;
        other[place] = (other[place] ?? 0) ^ 1;
        return other;
      },
    ]),
  ])('is made anew where there is %s', async (_, damage) => {
    const folder = tempFolder('kept');
    await write(folder);
    const path = join(folder, 'core.entries');
    const whole = readFileSync(path);
    writeFileSync(path, damage(whole));
    same(await write(folder));
    expect(readFileSync(path).equals(whole)).toBe(true);
  });

  it('is nothing a build could fail by: a folder in its place, a file in place of its folder', async () => {
    const folder = tempFolder('kept');
    mkdirSync(join(folder, 'core.entries'));
    same(await write(folder));
    const file = join(tempFolder('kept'), 'file');
    writeFileSync(file, '');
    same(await write(file));
    same(await write('/proc/none'));
  });

  it('is left whole by builds at once, and by one that was killed', async () => {
    const folder = tempFolder('kept');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '.0123456789ab.tmp'), 'half');
    const others = entries.slice(3);
    const zips = await Promise.all([entries, others, entries, others, entries].map((what) => write(folder, what)));
    for (const at of [0, 2, 4]) same(zips[at] ?? new Uint8Array());
    same(await write(folder));
    same(await write(folder));
    expect(readdirSync(folder)).toEqual(['core.entries']);
  });

  it('is kept of the thirty-two last artefacts, and of none that is large', async () => {
    const folder = tempFolder('kept');
    const some = entries.slice(0, 2);
    for (let i = 0; i < 40; i++) {
      await write(folder, some, `layer-${i}`);
      utimesSync(join(folder, `layer-${i}.entries`), i, i);
    }
    await write(folder, some, 'last');
    const names = readdirSync(folder);
    expect(names).toHaveLength(32);
    expect(names).toContain('last.entries');
    expect(names).not.toContain('layer-0.entries');
    const large = { path: 'large.bin', mode: 0o644, bytes: Buffer.alloc(33 * 1024 * 1024) } as const;
    for (let at = 0; at < large.bytes.length; at += 32) large.bytes.writeUInt32LE((at * 2_654_435_761) >>> 0, at + 7);
    await (await openKept(folder, 'large', '1')).save(new Map([['x', { method: 0, data: large.bytes }]]));
    expect(existsSync(join(folder, 'large.entries'))).toBe(false);
  });
});
