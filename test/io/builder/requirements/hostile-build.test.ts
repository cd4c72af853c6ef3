import { describe, expect, it } from 'vitest';
import { failureOf } from '../../../commands/in-process.js';
import { packageIndex } from '../../../kit/package-index.js';
import { makeSource } from '../../../kit/source-package.js';
import { buildIn, layerOf } from './layer-of.js';

const later = (act: string) => `subprocess.Popen(["setsid", "sh", "-c", ${JSON.stringify(act)}, into])`;

/** What the code of a package does, while its wheel is built, to the folder that its wheel will lie in. */
const hostile: Record<string, string> = {
  'leaves a pipe': 'os.mkfifo(into + "/a.whl")',
  'goes on, and lets another file grow': later(
    'for i in $(seq 400); do head -c 1000000 /dev/zero >> "$0/a.whl"; sleep 0.01; done',
  ),
  'takes the folder away': later('sleep 0.1; while [ -e "$0" ]; do rm -rf "$0"; done'),
};
const names = Object.fromEntries(Object.keys(hostile).map((kind, at) => [kind, `evil${at}`]));

const index = await packageIndex(
  [...Object.entries(hostile).map(([kind, act]) => makeSource(names[kind] ?? '', act)), makeSource('kind', 'pass')].map(
    (source) => ({ ...source, sha256: '' }),
  ),
);

describe('a package whose build', () => {
  it('leaves its wheel is built', { timeout: 60_000 }, async () => {
    const { files } = await buildIn(layerOf('kind==1.0\n', index));
    expect(Object.keys(files)).toContain('python/kind/__init__.py');
  });

  it.each(Object.keys(hostile))('%s is refused in time, and no zip is there', { timeout: 60_000 }, async (kind) => {
    const story = layerOf(`${names[kind]}==1.0\n`, index);
    const failure = await failureOf(buildIn(story));
    expect([failure.code, failure.exit]).toEqual(['package-refused', 3]);
    expect(story.exists('.build')).toBe(false);
  });
});
