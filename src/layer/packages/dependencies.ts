import type { ArtefactEntry } from '../../ports.js';
import { byUtf8 } from '../order.js';
import { parseMetadata } from './metadata.js';

const metadata = /^python\/(?:lib\/python3\.\d+\/site-packages\/)?[^/]+\.dist-info\/METADATA$/;

/** Python packages by the metadata they carry, and their versions: several of one where runtimes have their own. */
export function dependenciesIn(entries: readonly Pick<ArtefactEntry, 'path' | 'bytes'>[]): Record<string, string> {
  const found = new Map<string, Set<string>>();
  for (const { path, bytes } of entries) {
    const read = metadata.test(path) ? parseMetadata(new TextDecoder().decode(bytes)) : null;
    if (read !== null) found.set(read.name, (found.get(read.name) ?? new Set()).add(read.version));
  }
  const sorted = [...found].sort(([a], [b]) => byUtf8(a, b));
  return Object.fromEntries(sorted.map(([name, versions]) => [name, [...versions].sort().join(', ')]));
}
