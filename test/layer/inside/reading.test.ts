import { expect, it } from 'vitest';
import { topModules } from '../../../src/layer/inside/modules.js';
import { type ArtefactReading, readingOf, type Seen, unzippedSize } from '../../../src/layer/inside/reading.js';
import type { WalkedZip } from '../../../src/ports.js';

const seen: Seen = { binary: null, secrets: [], tags: null };

it('a reading of a zip is what was walked, under its name', () => {
  const file = (path: string, size: number) => ({ path, size, seen, sha256: 'x', mode: 0o644 });
  const walked = { size: 9, files: [file('a', 3), file('b', 4)], problems: [{ kind: 'mode', path: 'a', what: 'w' }] };
  const reading = readingOf('core.zip', { name: 'core', version: null }, walked as unknown as WalkedZip<Seen>);
  expect(reading).toEqual({
    ...{ file: 'core.zip', name: 'core', version: null, size: 9, problems: walked.problems, imports: [] },
    files: [
      { path: 'a', size: 3, seen },
      { path: 'b', size: 4, seen },
    ],
  });
  expect(unzippedSize(reading)).toBe(7);
});

it('a package of compiled modules can be imported by its own name', () => {
  const files = [{ path: 'python/pkg/x.abi3.so', size: 1, seen }] satisfies ArtefactReading['files'];
  expect(topModules({ files }, 'layer', 'python3.12')).toEqual(['pkg']);
});
