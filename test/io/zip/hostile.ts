import { crc32, deflateRawSync } from 'node:zlib';
import { extraField, forge, good, many, other, type Part, sized } from './forge.js';
import { hostileNames } from './hostile-names.js';

const none = Buffer.alloc(0);
const bomb = Buffer.alloc(250_000_000);

/** Every one of these must be refused. What is in them is described by the name alone. */
export const hostile: Record<string, () => Buffer> = {
  ...hostileNames,
  // Frame
  'no bytes': () => none,
  text: () => Buffer.from('this is not a zip, although it is longer than an end record\n'),
  'only a local header': () => forge([good]).subarray(0, 60),
  'count too low': () => forge([good, other], { end: { count: 1 } }),
  'count too high': () => forge([good], { end: { count: 2 } }),
  'counts that differ': () => forge([good, other], { end: { here: 1, count: 2 } }),
  'count low and size to match': () => forge([good, other], { end: { count: 1, size: 46 + 23 } }),
  'directory size too small': () => forge([good], { end: { size: 10 } }),
  'directory size too large': () => forge([good], { end: { size: 4000 } }),
  'directory offset lies': () => forge([good], { end: { offset: 3 } }),
  'directory offset beyond the file': () => forge([good], { end: { offset: 0xffffffff, size: 0xffffffff } }),
  'multi-disk': () => forge([good], { end: { disk: 1 } }),
  'directory on another disk': () => forge([good], { end: { directoryDisk: 1 } }),
  comment: () => forge([good], { end: { comment: Buffer.from('hello') } }),
  'a zip in the comment': () => forge([good], { end: { comment: forge([other]) } }),
  'an end record in the comment': () => forge([good], { end: { comment: forge([]) } }),
  'comment that is shorter than it says': () => forge([good], { suffix: Buffer.from('x') }),
  'trailing bytes': () => forge([good], { suffix: Buffer.from('tail') }),
  'trailing NUL': () => forge([good], { suffix: Buffer.alloc(1) }),
  'concatenated zips': () => Buffer.concat([forge([good]), forge([other])]),
  'prepended data': () => forge([good], { prefix: Buffer.from('#!/bin/sh\n'), shift: -10 }),
  'prepended data with adjusted offsets': () => forge([good], { prefix: Buffer.from('#!/bin/sh\n') }),
  'zip64 end record in front': () => forge([good], { beforeEnd: zip64End() }),
  'zip64 values with no need': () =>
    forge([good], { end: { count: 0xffff, size: 0xffffffff, offset: 0xffffffff }, beforeEnd: zip64End() }),
  '20,001 entries': () => forge(many(20_001)),
  '1,200,000 folders': () =>
    forge(many(20_000).map(({ name }) => ({ name: `${name}/${'d/'.repeat(60)}a.py`, stored: true }))),
  '65,535 entries': () => forge(many(65_535)),

  // Extents
  'hidden entry before the directory': () => forge([good, { ...other, omit: 'central' }]),
  'hidden entry in front': () => forge([{ ...other, omit: 'central' }, good]),
  'hidden entry in the middle': () => forge([good, { ...other, omit: 'central' }, { ...other, name: 'z.py' }]),
  'gap between entries': () => forge([good, { ...other, gap: Buffer.from('gap') }]),
  'gap before the directory': () => forge([good], { beforeDirectory: Buffer.from('gap') }),
  'gap behind the directory': () => forge([good], { beforeEnd: Buffer.from('gap') }),
  'two records for one local entry': () => forge([good, { ...good, omit: 'local', central: { offset: 0 } }]),
  'two names for one local entry (full overlap)': () =>
    forge([good, { ...good, name: 'python/core/two.py', omit: 'local', central: { offset: 0 } }]),
  'quoted overlap': quotedOverlap,
  'entries in another order than the directory': swappedDirectory,
  'local offset into the directory': () => forge([{ ...good, central: { offset: 70 } }]),
  'local offset beyond the file': () => forge([{ ...good, central: { offset: 0x7fffffff } }]),
  'data that runs into the directory': () => forge([{ ...good, both: { compressed: 100 } }]),
  'data that runs beyond the file': () => forge([{ ...good, both: { compressed: 0x7fffffff } }]),
  'local extra field that runs away': () =>
    forge([{ ...good, local: { extra: extraField(0x5455, none) } }]).fill(0xff, 28, 30),
  'directory record without local entry': () => forge([{ ...good, omit: 'local' }]),

  // Local against central
  'local name differs': () => forge([{ ...good, local: { name: Buffer.from('python/core/evilevil.py') } }]),
  'local name is longer': () => forge([{ ...good, local: { name: Buffer.from('python/core/evilevilevil.py') } }]),
  'CRC differs': () => forge([{ ...good, local: { crc: 1 } }]),
  'sizes differ': () => forge([{ ...good, local: { size: 7 } }]),
  'compressed sizes differ': () => forge([{ ...good, local: { compressed: 7 } }]),
  'methods differ': () => forge([{ ...good, local: { method: 0 } }]),
  'flags differ': () => forge([{ ...good, local: { flags: 0x800 } }]),
  'dates differ': () => forge([{ ...good, local: { date: 34 } }]),
  'versions differ': () => forge([{ ...good, local: { needed: 10 } }]),

  // Features
  encrypted: () => forge([{ ...good, both: { flags: 1 } }]),
  'strongly encrypted': () => forge([{ ...good, both: { flags: 0x41 } }]),
  'strong encryption bit alone': () => forge([{ ...good, both: { flags: 0x40 } }]),
  'masked headers': () => forge([{ ...good, both: { flags: 0x2000 } }]),
  'patch data': () => forge([{ ...good, both: { flags: 0x20 } }]),
  'reserved flag': () => forge([{ ...good, both: { flags: 0x8000 } }]),
  'data descriptor': () =>
    forge([{ ...good, both: { flags: 8 }, local: { crc: 0, compressed: 0, size: 0 } }], {
      beforeDirectory: descriptor(),
    }),
  'data descriptor flag with sizes': () => forge([{ ...good, both: { flags: 8 } }]),
  bzip2: () => forge([{ ...good, both: { method: 12 } }]),
  lzma: () => forge([{ ...good, both: { method: 14 } }]),
  zstd: () => forge([{ ...good, both: { method: 93 } }]),
  deflate64: () => forge([{ ...good, both: { method: 9 } }]),
  'needs zip64': () => forge([{ ...good, both: { needed: 45 } }]),
  'entry comment': () => forge([{ ...good, central: { comment: Buffer.from('hello') } }]),
  'entry on another disk': () => forge([{ ...good, central: { disk: 1 } }]),
  'made without Unix permissions': () => forge([{ ...good, central: { madeBy: 20 } }]),
  'Unicode path that swaps the name': () =>
    forge([{ ...good, central: { extra: extraField(0x7075, unicodePath('python/core/__init__.py', 'evil.py')) } }]),
  'Unicode path on the local side': () =>
    forge([{ ...good, local: { extra: extraField(0x7075, unicodePath('python/core/__init__.py', 'evil.py')) } }]),
  'zip64 extra field': () => forge([{ ...good, both: { extra: extraField(1, Buffer.alloc(16)) } }]),
  'zip64 sizes': () =>
    forge([{ ...good, both: { size: 0xffffffff, compressed: 0xffffffff, extra: extraField(1, Buffer.alloc(16)) } }]),
  'AES extra field': () => forge([{ ...good, both: { extra: extraField(0x9901, Buffer.alloc(7)) } }]),
  'unknown extra field': () => forge([{ ...good, both: { extra: extraField(0xbeef, none) } }]),
  'extra field cut off': () =>
    forge([{ ...good, both: { extra: extraField(0x5455, Buffer.alloc(5)).subarray(0, 6) } }]),
  'extra field of three bytes': () => forge([{ ...good, both: { extra: Buffer.from([0x55, 0x54, 0]) } }]),

  // Content
  'wrong CRC in both': () => forge([{ ...good, both: { crc: 1 } }]),
  'wrong CRC, stored': () => forge([{ ...good, stored: true, both: { crc: 1 } }]),
  'size too small': () => forge([{ ...good, both: { size: 3 } }]),
  'size too large': () => forge([{ ...good, both: { size: 7 } }]),
  'size of nothing': () => forge([{ ...good, both: { size: 0, crc: 0 } }]),
  'stored with two sizes': () => forge([{ ...good, stored: true, both: { size: 3 } }]),
  'deflate cut off': () => forge([{ ...good, raw: deflateRawSync('x = 1\n').subarray(0, 5) }]),
  'deflate broken': () => forge([{ ...good, raw: Buffer.from([0xff, 0xff, 0xff, 0xff]) }]),
  'bytes behind the deflated content': () =>
    forge([{ ...good, raw: Buffer.concat([deflateRawSync('x = 1\n'), Buffer.from('hidden')]) }]),
  'bomb of one entry': () => forge([{ name: 'bomb', data: bomb }]),
  'bomb that says it is small': () => forge([{ name: 'bomb', raw: deflateRawSync(bomb), both: { size: 1000 } }]),
  'more than 262,144,000 bytes in all': () =>
    forge([sized('a', 262_143_000), { name: 'b', data: Buffer.alloc(1001), stored: true }]),
  'nested bomb of layers within the cap each': () => forge(['a', 'b', 'c'].map((name) => sized(name, 100_000_000))),
};

function zip64End(): Buffer {
  const record = Buffer.alloc(76);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeUInt32LE(44, 4);
  record.writeUInt32LE(0x07064b50, 56);
  record.writeUInt32LE(1, 72);
  return record;
}

function descriptor(): Buffer {
  const content = Buffer.from('x = 1\n');
  const record = Buffer.alloc(16);
  record.writeUInt32LE(0x08074b50, 0);
  record.writeUInt32LE(crc32(content), 4);
  record.writeUInt32LE(deflateRawSync(content).length, 8);
  record.writeUInt32LE(content.length, 12);
  return record;
}

/** Info-ZIP's Unicode path: version, CRC of the name it replaces, the other name. */
function unicodePath(name: string, instead: string): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(1, 0);
  head.writeUInt32LE(crc32(name), 1);
  return Buffer.concat([head, Buffer.from(instead)]);
}

/** The first entry's stored data is the second entry, header and all, so both read the same bytes. */
function quotedOverlap(): Buffer {
  const inner: Part = { name: 'b', data: 'x = 1\n', stored: true };
  const quoted = forge([inner]).subarray(0, 30 + 1 + 6);
  return forge([
    { name: 'a', data: quoted, stored: true },
    { ...inner, omit: 'local', central: { offset: 31 } },
  ]);
}

function swappedDirectory(): Buffer {
  const zip = forge([
    { ...good, name: 'a' },
    { ...good, name: 'b' },
  ]);
  const start = zip.readUInt32LE(zip.length - 6);
  const first = Buffer.from(zip.subarray(start, start + 47));
  zip.copyWithin(start, start + 47, start + 94);
  first.copy(zip, start + 47);
  return zip;
}
