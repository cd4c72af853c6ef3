import { judgeExtra } from './extra.js';
import { signatures, sizes } from './format.js';
import type { Entry } from './header.js';
import type { Say } from './say.js';
import type { Window } from './window.js';

/** The front of the zip up to `limit`, and the directory's record of one entry, which must say the same. */
export interface Sides {
  front: Window;
  limit: number;
  back: Window;
  /** Where that record is in the zip. */
  central: number;
}

/**
 * The local header must say what the directory says. Notes in the entry where its data lies, and returns where what
 * follows it begins; null where the two do not agree.
 */
export function readLocal(sides: Sides, entry: Entry, say: Say, doubt: Say): number | null {
  const { front, limit, back, central } = sides;
  const { path, offset, nameLength, hasDescriptor } = entry;
  const bad = (what: string) => {
    doubt('broken', path, what);
    return null;
  };
  const extraAt = offset + sizes.local + nameLength;
  if (extraAt > limit) return bad('no local header');
  const here = front.load(offset, extraAt);
  const there = back.load(central, central + sizes.central + nameLength);
  if (front.view.getUint32(here, true) !== signatures.local) return bad('no local header');
  if (!saysTheSame(front.view, here, back.view, there, hasDescriptor)) {
    return bad('the directory and the local header do not say the same');
  }
  const [name, named] = [here + sizes.local, there + sizes.central];
  if (front.buffer.compare(back.buffer, named, named + nameLength, name, name + nameLength) !== 0) {
    return bad('the local header has another name');
  }
  const start = extraAt + front.view.getUint16(here + 28, true);
  const end = start + entry.compressed;
  if (start > limit) return bad('its local header runs into the directory');
  if (end > limit) return bad('its data runs into the directory');
  if (start > extraAt) {
    const extra = front.load(extraAt, start);
    judgeExtra(front.view, extra, extra + start - extraAt, path, say);
  }
  entry.start = start;
  entry.end = end;
  if (!hasDescriptor) return end;
  const next = end + descriptorLength(front, entry, end, limit);
  return next === end ? bad('its data descriptor is missing, or says something else') : next;
}

/** Version, flags, method, time, date; CRC, both sizes; length of the name: in the same order in both. */
function saysTheSame(
  local: DataView,
  here: number,
  directory: DataView,
  there: number,
  hasDescriptor: boolean,
): boolean {
  return (
    local.getUint32(here + 4, true) === directory.getUint32(there + 6, true) &&
    local.getUint32(here + 8, true) === directory.getUint32(there + 10, true) &&
    local.getUint16(here + 12, true) === directory.getUint16(there + 14, true) &&
    saysOrLeaves(local.getUint32(here + 14, true), directory.getUint32(there + 16, true), hasDescriptor) &&
    saysOrLeaves(local.getUint32(here + 18, true), directory.getUint32(there + 20, true), hasDescriptor) &&
    saysOrLeaves(local.getUint32(here + 22, true), directory.getUint32(there + 24, true), hasDescriptor) &&
    local.getUint16(here + 26, true) === directory.getUint16(there + 28, true)
  );
}

/** With a descriptor, CRC and sizes may be left to it. */
function saysOrLeaves(local: number, directory: number, hasDescriptor: boolean): boolean {
  return local === directory || (hasDescriptor && local === 0);
}

/** CRC and both sizes, with a signature in front of them or without; 0 where they are not to be found. */
function descriptorLength(front: Window, { crc, compressed, size }: Entry, at: number, limit: number): number {
  for (const signed of [4, 0]) {
    if (at + signed + 12 > limit) continue;
    const start = front.load(at, at + signed + 12);
    const told = (field: number) => front.view.getUint32(start + field, true);
    const isSigned = signed === 0 || told(0) === signatures.descriptor;
    if (isSigned && told(signed) === crc && told(signed + 4) === compressed && told(signed + 8) === size) {
      return signed + 12;
    }
  }
  return 0;
}
