import type { Elf } from '../../../src/layer/inside/elf.js';
import type { ArtefactReading, Seen } from '../../../src/layer/inside/reading.js';

/** The reading of a zip in short: files, with what there is to see in them. */
export function reading(files: Record<string, Partial<Seen>>, rest: Partial<ArtefactReading> = {}): ArtefactReading {
  return {
    file: 'a.zip',
    name: null,
    version: null,
    size: 1000,
    files: Object.entries(files).map(([path, seen]) => ({
      path,
      size: 100,
      seen: { binary: null, secrets: [], tags: null, ...seen },
    })),
    problems: [],
    imports: [],
    ...rest,
  };
}

export function elf(fields: Partial<Elf> = {}): Partial<Seen> {
  return { binary: { format: 'elf', machine: 'x86_64', glibc: 17, musl: false, ...fields } };
}
