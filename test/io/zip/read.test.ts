import { describe, expect, it } from 'vitest';
import { isFailure } from '../../../src/errors.js';
import { readZip } from '../../../src/io/zip/read.js';
import { printable } from '../../../src/layer/printable.js';
import type { ArtefactEntry } from '../../../src/ports.js';
import { forge } from './forge.js';
import { honestOnes } from './honest.js';
import { hostile } from './hostile.js';

/** The refusal's problem; fails the test when the zip is taken, or refused in any other way than `zip-invalid`. */
async function refusedFor(zip: Uint8Array): Promise<string> {
  const error = await readZip(zip, 'core-1.2.3.zip').then(
    () => expect.fail('it was taken'),
    (reason: unknown) => reason,
  );
  if (!isFailure(error)) throw error;
  expect(error).toMatchObject({ code: 'zip-invalid', exit: 3, hint: 'Build it again: layer-policy build core' });
  return error.message.replace('core-1.2.3.zip is not a zip this tool trusts: ', '');
}

describe('a hostile zip is refused', () => {
  const reasons: Record<string, string> = {};
  it.each(Object.entries(hostile))('%s', async (name, make) => {
    reasons[name] = await refusedFor(make());
  });

  it('each for its own reason', async () => {
    const lines = Object.entries(reasons).map(
      ([name, reason]) => `${name}: ${printable(reason, 160)}
`,
    );
    await expect(lines.join('')).toMatchFileSnapshot('./hostile-reasons.txt');
  });
});

describe('an honest zip of another writer is read', () => {
  it.each(Object.entries(honestOnes))('%s', async (_, make) => {
    for (const { mode } of await readZip(make())) expect([0o644, 0o755]).toContain(mode);
  });

  it('with contents and modes, without folders', async () => {
    const zip = forge([
      { name: 'python/', stored: true, mode: 0o040755 },
      { name: 'python/a.py', data: 'x = 1\n', mode: 0o100664 },
      { name: 'python/run', data: '#!/bin/sh\n', stored: true, mode: 0o100775 },
    ]);
    expect(await readZip(zip)).toEqual([
      { path: 'python/a.py', mode: 0o644, bytes: Buffer.from('x = 1\n') },
      { path: 'python/run', mode: 0o755, bytes: Buffer.from('#!/bin/sh\n') },
    ]);
  });

  it('from the middle of a larger buffer', async () => {
    const zip = forge([{ name: 'a', data: 'x' }]);
    const around = Buffer.concat([Buffer.from('before'), zip, Buffer.from('behind')]);
    expect(await readZip(new Uint8Array(around.buffer, around.byteOffset + 6, zip.length))).toHaveLength(1);
  });
});

describe('a damaged zip', () => {
  const zip = forge([
    { name: 'python/core/__init__.py', data: 'VALUE = 1\n'.repeat(9) },
    { name: 'python/core/caf\u00e9.json', data: '{}', stored: true },
    { name: 'python/core/empty.py', data: '' },
  ]);
  const contents = (files: ArtefactEntry[]) => files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]);

  it('is refused wherever it is cut off', async () => {
    for (let length = 0; length < zip.length; length++) await refusedFor(zip.subarray(0, length));
  });

  it('is refused wherever something is put in', async () => {
    for (let at = 0; at <= zip.length; at++) {
      await refusedFor(Buffer.concat([zip.subarray(0, at), Buffer.from([0x50]), zip.subarray(at)]));
    }
  });

  it('with any byte flipped in any bit is refused or has the same contents', async () => {
    const expected = contents(await readZip(zip));
    let refused = 0;
    for (let at = 0; at < zip.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const flipped = Buffer.from(zip);
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
        const read = await readZip(flipped).catch((error: unknown) => {
          if (isFailure(error) && error.code === 'zip-invalid') return null;
          throw error;
        });
        if (read === null) refused++;
        else expect(contents(read)).toEqual(expected);
      }
    }
    // What may change unseen is told in one place only: who made it, text or binary, write bits of the mode.
    expect(refused / (zip.length * 8)).toBeGreaterThan(0.85);
  });
});
