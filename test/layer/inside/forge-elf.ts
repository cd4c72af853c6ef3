/** What a forged library says of itself; it has nothing else in it. */
export interface ElfFields {
  /** 1: 32 bits, 2: 64. */
  bits: 1 | 2;
  /** 1: the low byte first. */
  order: 1 | 2;
  machine: number;
  /** Libraries by name, and a name of its own. */
  needed: string[];
  soname: string;
  /** Versions asked of libraries, by library; `?` in front: it can do without. */
  versions: Record<string, string[]>;
}

const x86: ElfFields = { bits: 2, order: 1, machine: 62, needed: [], soname: '', versions: {} };

/** Where things lie: header, program headers, then names, versions and the table of both, loaded at another address. */
const places = { programs: 64, strings: 256, shift: 0x400000 };

/** The smallest library that a loader would follow: one loaded segment, one dynamic segment, both of all the file. */
export function forgeElf(given: Partial<ElfFields> = {}): Buffer {
  const { bits, order, machine, needed, soname, versions } = { ...x86, ...given };
  const names = nameTable();
  const wanted = needed.map((library) => names.add(library));
  const own = soname === '' ? [] : [14, names.add(soname)];
  const asked = versionTable(versions, names.add);
  const strings = names.bytes();
  const versionsAt = places.strings + Math.ceil(strings.length / 16) * 16;
  const dynamicAt = versionsAt + Math.ceil(asked.length / 16) * 16;
  const dynamic = longs(
    ...wanted.flatMap((name) => [1, name]),
    ...own,
    ...[5, places.strings + places.shift],
    ...(asked.length > 0 ? [0x6ffffffe, versionsAt + places.shift] : []),
    ...[0, 0],
  );

  const file = Buffer.alloc(dynamicAt + dynamic.length);
  file.set([0x7f, 0x45, 0x4c, 0x46, bits, order, 1]);
  if (order === 1) file.writeUInt16LE(machine, 18);
  else file.writeUInt16BE(machine, 18);
  file.writeUInt32LE(places.programs, 32);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(2, 56);
  segment(file, places.programs, { type: 1, offset: 0, address: places.shift, size: file.length });
  segment(file, places.programs + 56, {
    type: 2,
    offset: dynamicAt,
    address: dynamicAt + places.shift,
    size: dynamic.length,
  });
  strings.copy(file, places.strings);
  asked.copy(file, versionsAt);
  dynamic.copy(file, dynamicAt);
  return file;
}

function segment(file: Buffer, at: number, one: { type: number; offset: number; address: number; size: number }) {
  file.writeUInt32LE(one.type, at);
  file.writeUInt32LE(one.offset, at + 8);
  file.writeUInt32LE(one.address, at + 16);
  file.writeUInt32LE(one.size, at + 32);
}

function nameTable() {
  let text = '\0';
  return {
    add(name: string): number {
      text += `${name}\0`;
      return text.length - name.length - 1;
    },
    bytes: () => Buffer.from(text),
  };
}

function versionTable(versions: Record<string, string[]>, add: (name: string) => number): Buffer {
  const libraries = Object.entries(versions);
  return Buffer.concat(
    libraries.map(([library, asked], index) => {
      const table = Buffer.alloc(16 * (1 + asked.length));
      table.writeUInt16LE(1, 0);
      table.writeUInt16LE(asked.length, 2);
      table.writeUInt32LE(add(library), 4);
      table.writeUInt32LE(16, 8);
      table.writeUInt32LE(index === libraries.length - 1 ? 0 : table.length, 12);
      for (const [at, version] of asked.entries()) {
        const from = 16 * (at + 1);
        table.writeUInt16LE(version.startsWith('?') ? 2 : 0, from + 4);
        table.writeUInt32LE(add(version.replace('?', '')), from + 8);
        table.writeUInt32LE(at === asked.length - 1 ? 0 : 16, from + 12);
      }
      return table;
    }),
  );
}

function longs(...values: number[]): Buffer {
  const bytes = Buffer.alloc(8 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, 8 * index);
  return bytes;
}
