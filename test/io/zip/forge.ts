import { crc32, deflateRawSync } from 'node:zlib';

/**
 * A zip writer that tells any lie it is asked to: every field of every record can be overridden, on the local or the
 * central side alone. It shares nothing with the writer under test.
 */

export interface Fields {
  madeBy: number;
  needed: number;
  flags: number;
  method: number;
  time: number;
  date: number;
  crc: number;
  compressed: number;
  size: number;
  disk: number;
  internal: number;
  external: number;
  offset: number;
  name: Buffer;
  extra: Buffer;
  comment: Buffer;
}

export interface Part {
  name: string | Buffer;
  data?: string | Buffer;
  /** The compressed bytes, when they are not to be what deflate makes of `data`. */
  raw?: Buffer;
  stored?: boolean;
  mode?: number;
  /** In both headers. */
  both?: Partial<Fields>;
  local?: Partial<Fields>;
  central?: Partial<Fields>;
  /** Between this part and the one before. */
  gap?: Buffer;
  /** Its data stays out of the zip, or its directory record does. */
  omit?: 'local' | 'central';
}

export interface EndFields {
  disk: number;
  directoryDisk: number;
  here: number;
  count: number;
  size: number;
  offset: number;
  comment: Buffer;
}

export interface Around {
  prefix?: Buffer;
  beforeDirectory?: Buffer;
  beforeEnd?: Buffer;
  suffix?: Buffer;
  end?: Partial<EndFields>;
  /** Added to every offset told: prepended data "with adjusted offsets" is told right (0 by default means so). */
  shift?: number;
}

const none = Buffer.alloc(0);

export function forge(parts: readonly Part[], around: Around = {}): Buffer {
  const front: Buffer[] = [around.prefix ?? none];
  const directory: Buffer[] = [];
  let at = front[0]?.length ?? 0;
  for (const part of parts) {
    at += part.gap?.length ?? 0;
    front.push(part.gap ?? none);
    const { fields, data } = honest(part, at + (around.shift ?? 0));
    const local = { ...fields, ...part.both, ...part.local };
    if (part.omit !== 'local') {
      const record = Buffer.concat([localRecord(local), local.name, local.extra, data]);
      front.push(record);
      at += record.length;
    }
    const central = { ...fields, ...part.both, ...part.central };
    if (part.omit !== 'central') {
      directory.push(centralRecord(central), central.name, central.extra, central.comment);
    }
  }
  front.push(around.beforeDirectory ?? none);
  at += around.beforeDirectory?.length ?? 0;
  const told = Buffer.concat(directory);
  const count = parts.filter(({ omit }) => omit !== 'central').length;
  const end = endRecord({
    disk: 0,
    directoryDisk: 0,
    here: around.end?.count ?? count,
    count,
    size: told.length,
    offset: at + (around.shift ?? 0),
    comment: none,
    ...around.end,
  });
  return Buffer.concat([...front, told, around.beforeEnd ?? none, end, around.suffix ?? none]);
}

function honest(part: Part, offset: number): { fields: Fields; data: Buffer } {
  const content = Buffer.from(part.data ?? '');
  const data = part.raw ?? (part.stored === true ? content : deflateRawSync(content));
  const name = Buffer.from(part.name);
  const fields: Fields = {
    madeBy: (3 << 8) | 20,
    needed: 20,
    flags: /^[\x00-\x7f]*$/.test(name.toString('latin1')) ? 0 : 0x800,
    method: part.stored === true ? 0 : 8,
    time: 0,
    date: 33,
    crc: crc32(content),
    compressed: data.length,
    size: content.length,
    disk: 0,
    internal: 0,
    external: ((part.mode ?? 0o100644) << 16) >>> 0,
    offset,
    name,
    extra: none,
    comment: none,
  };
  return { fields, data };
}

function localRecord(f: Fields): Buffer {
  const record = Buffer.alloc(30);
  record.writeUInt32LE(0x04034b50, 0);
  shared(record, 4, f);
  return record;
}

function centralRecord(f: Fields): Buffer {
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE(f.madeBy, 4);
  shared(record, 6, f);
  record.writeUInt16LE(f.comment.length, 32);
  record.writeUInt16LE(f.disk, 34);
  record.writeUInt16LE(f.internal, 36);
  record.writeUInt32LE(f.external, 38);
  record.writeUInt32LE(f.offset, 42);
  return record;
}

function shared(record: Buffer, at: number, f: Fields): void {
  for (const [index, value] of [f.needed, f.flags, f.method, f.time, f.date].entries()) {
    record.writeUInt16LE(value, at + 2 * index);
  }
  for (const [index, value] of [f.crc, f.compressed, f.size].entries())
    record.writeUInt32LE(value, at + 10 + 4 * index);
  record.writeUInt16LE(f.name.length, at + 22);
  record.writeUInt16LE(f.extra.length, at + 24);
}

function endRecord(f: EndFields): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  for (const [index, value] of [f.disk, f.directoryDisk, f.here, f.count].entries()) {
    record.writeUInt16LE(value, 4 + 2 * index);
  }
  record.writeUInt32LE(f.size, 12);
  record.writeUInt32LE(f.offset, 16);
  record.writeUInt16LE(f.comment.length, 20);
  return Buffer.concat([record, f.comment]);
}

/** `id`, length, bytes. */
export function extraField(id: number, data: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(data.length, 2);
  return Buffer.concat([head, data]);
}

export const good: Part = { name: 'python/core/__init__.py', data: 'x = 1\n' };
export const other: Part = { name: 'python/core/other.py', data: 'y = 2\n' };

export function folder(name: string, mode = 0o040755): Part {
  return { name, stored: true, central: { external: ((mode << 16) | 0x10) >>> 0 } };
}

export function many(count: number): Part[] {
  return Array.from({ length: count }, (_, index) => ({ name: `f${index}`, stored: true }));
}

/** A claim of a size, at a ratio that alone is no bomb; nothing may be inflated before the claims are added up. */
export function sized(name: string, size: number): Part {
  return { name, raw: Buffer.alloc(Math.ceil(size / 150)), both: { size } };
}
