/**
 * What an ELF file asks of the machine it is loaded on. Read as the loader reads it, by the program headers: section
 * headers may be stripped, and a hostile file may say anything anywhere, so every place is checked before it is read.
 */
export interface Elf {
  format: 'elf';
  /** As Lambda names architectures, `x86_64` or `arm64`; else what it says. */
  machine: string;
  /** The newest glibc it needs: 17 of 2.17; null where it needs none by version. */
  glibc: number | null;
  /** Linked against musl, which Lambda does not have. */
  musl: boolean;
}

const machines: Record<number, string> = { 3: 'x86', 40: 'arm', 62: 'x86_64', 183: 'arm64' };
const sixtyFour = new Set([62, 183]);
const segment = { load: 1, dynamic: 2 } as const;
const tag = { needed: 1, strings: 5, versions: 0x6ffffffe } as const;
const weak = 2;

/** More entries than any real file has in a table; a hostile one shall not keep us. */
const most = 4096;

/** The head of the file says for which machine it is; null where it is no ELF file. */
export function readElfHead(bytes: Uint8Array): Elf | null {
  if (bytes.length < 20 || bytes[0] !== 0x7f || bytes[1] !== 0x45 || bytes[2] !== 0x4c || bytes[3] !== 0x46)
    return null;
  const machine = viewOf(bytes).getUint16(18, bytes[5] !== 2);
  const isSuited = bytes[5] === 1 && (bytes[4] === 2 || !sixtyFour.has(machine));
  return {
    format: 'elf',
    machine: (isSuited ? machines[machine] : undefined) ?? `machine ${machine}`,
    glibc: null,
    musl: false,
  };
}

/** The whole file; what cannot be followed in it counts as not there. */
export function readElf(bytes: Uint8Array): Elf | null {
  const elf = readElfHead(bytes);
  if (elf === null || bytes[4] !== 2 || bytes[5] !== 1) return elf;
  const file = reader(bytes);
  const segments = [...segmentsOf(file)];
  const dynamic = segments.find(({ type }) => type === segment.dynamic);
  if (dynamic === undefined) return elf;
  const at = (address: number) => placeOf(segments, address);
  const entries = [...dynamicEntries(file, dynamic)];
  const strings = at(entries.find((entry) => entry.tag === tag.strings)?.value ?? 0);
  const name = (offset: number) => file.text(strings + offset);

  const needed = entries.filter((entry) => entry.tag === tag.needed).map(({ value }) => name(value));
  const versions = entries.find((entry) => entry.tag === tag.versions);
  const asked = versions === undefined ? [] : [...versionsAsked(file, at(versions.value))].map(name);
  return { ...elf, musl: needed.some((library) => library.startsWith('libc.musl')), glibc: newestGlibc(asked) };
}

/** For a file too large to be read as a whole: every version it speaks of, which may be more than it needs, never less. */
export function newestGlibcIn(text: string): number | null {
  return newestGlibc([...text.matchAll(/GLIBC_(?:2\.\d{1,3}|ABI_DT_RELR)/g)].map(([name]) => name));
}

function newestGlibc(names: readonly string[]): number | null {
  const minors = names.flatMap((name) => {
    // The one feature that is asked for by a name of its own came with 2.36.
    if (name === 'GLIBC_ABI_DT_RELR') return [36];
    const minor = /^GLIBC_2\.(\d{1,3})(?:\.\d+)?$/.exec(name)?.[1];
    return minor === undefined ? [] : [Number(minor)];
  });
  return minors.length === 0 ? null : Math.max(...minors);
}

interface Segment {
  type: number;
  offset: number;
  address: number;
  size: number;
}

function* segmentsOf(file: Reader): Iterable<Segment> {
  const table = file.long(32);
  const step = file.short(54);
  const count = file.short(56);
  for (let index = 0; index < count && step >= 56; index++) {
    const at = table + index * step;
    yield { type: file.word(at), offset: file.long(at + 8), address: file.long(at + 16), size: file.long(at + 32) };
  }
}

function* dynamicEntries(file: Reader, { offset, size }: Segment): Iterable<{ tag: number; value: number }> {
  const end = Math.min(offset + size, offset + most * 16);
  for (let at = offset; at < end; at += 16) {
    const found = file.long(at);
    if (found === 0) return;
    yield { tag: found, value: file.long(at + 8) };
  }
}

/** Offsets of the names of all versions without which it does not load. */
function* versionsAsked(file: Reader, start: number): Iterable<number> {
  let steps = 0;
  for (let library = start, next = 1; next > 0; library += next) {
    next = file.word(library + 12);
    for (let version = library + file.word(library + 8), more = 1; more > 0; version += more) {
      if (steps++ === most) return;
      more = file.word(version + 12);
      if ((file.short(version + 4) & weak) === 0) yield file.word(version + 8);
    }
  }
}

/** Where in the file an address is loaded from; beyond its end where it is not. */
function placeOf(segments: readonly Segment[], address: number): number {
  const home = segments.find(
    (one) => one.type === segment.load && address >= one.address && address < one.address + one.size,
  );
  return home === undefined ? Number.MAX_SAFE_INTEGER : home.offset + address - home.address;
}

interface Reader {
  short(at: number): number;
  word(at: number): number;
  long(at: number): number;
  /** Up to the next NUL, at most 256 characters. */
  text(at: number): string;
}

/** Reads little-endian numbers; 0 and no text where the file has no such place. */
function reader(bytes: Uint8Array): Reader {
  const view = viewOf(bytes);
  const has = (at: number, length: number) => at + length <= bytes.length;
  const word = (at: number) => (has(at, 4) ? view.getUint32(at, true) : 0);
  return {
    short: (at) => (has(at, 2) ? view.getUint16(at, true) : 0),
    word,
    long: (at) => word(at) + word(at + 4) * 0x1_0000_0000,
    text(at) {
      const end = has(at, 1) ? bytes.indexOf(0, at) : at;
      return String.fromCharCode(...bytes.subarray(at, Math.min(end, at + 256)));
    },
  };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
