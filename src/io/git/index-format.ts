import type { Entry } from '../../ports.js';
import type { Layout } from './listing.js';

const header = 12;
/** Times, device, inode, mode, owner and size of a file come before its object's name, two bytes of flags after it. */
const [modeAt, oidAt] = [24, 40];
const extended = 0x40;

/** How an index has its entries. Null: in a way that is not known here. */
export function indexLayout(bytes: Buffer, oidLength: number): Layout | null {
  const version = bytes.readUInt32BE(4);
  const count = bytes.readUInt32BE(8);
  const isKnown = bytes.toString('latin1', 0, 4) === 'DIRC' && (version === 2 || version === 3);
  if (!isKnown || count * (oidAt + oidLength) > bytes.length) return null;
  return { ...entriesIn(bytes, oidLength), first: header, end: bytes.length - oidLength, count };
}

/** Of bytes that are nothing but entries. */
export function entriesIn(bytes: Buffer, oidLength: number): Layout {
  const flagsAt = oidAt + oidLength;
  return {
    bytes,
    first: 0,
    end: bytes.length,
    count: Math.ceil(bytes.length / flagsAt),
    path: (entry) => entry + flagsAt + (((bytes[entry + flagsAt] ?? 0) & extended) === 0 ? 2 : 4),
    next: nextEntry,
    prefix: (entry) => bytes.readUInt32BE(entry + oidAt) >>> 4,
    describe: (entry) => ({
      mode: bytes.readUInt32BE(entry + modeAt).toString(8),
      oid: bytes.toString('hex', entry + oidAt, entry + flagsAt),
    }),
  };
}

/** One entry, with what is read of it here. `path` is in bytes, each written as one character. */
export function asEntry(path: string, { mode, oid }: Pick<Entry, 'mode' | 'oid'>): Buffer {
  const pathAt = oidAt + oid.length / 2 + 2;
  const entry = Buffer.alloc(nextEntry(0, pathAt + path.length));
  entry.writeUInt32BE(Number.parseInt(mode, 8), modeAt);
  entry.write(oid, oidAt, 'hex');
  entry.write(path, pathAt, 'latin1');
  return entry;
}

/** One to eight NULs come behind a path. */
function nextEntry(entry: number, pathEnd: number): number {
  return entry + ((pathEnd - entry + 8) & ~7);
}
