import { spawnSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesIn } from '../../src/io/builder/requirements/files-in.js';
import { files } from '../../src/io/files.js';
import { readRegular } from '../../src/io/read-regular.js';
import { keepingZip, zip } from '../../src/io/zip/index.js';
import { meddle, noPlainFiles } from '../kit/no-plain-files.js';
import { tempFolder } from '../kit/temp.js';

const soon = { timeout: 5_000 };

describe.each(Object.entries(noPlainFiles))('%s', (kind, make) => {
  it('in place of a file of ours is said to be none, or is not there', soon, async () => {
    const path = join(tempFolder('plain'), 'file');
    make(path);
    const read = files.read(path);
    if (kind === 'a link to nothing') expect(await read).toBeNull();
    else await expect(read).rejects.toMatchObject({ code: 'file-system', exit: 4 });
  });

  it('among what a build script left is told by its name', soon, async () => {
    const folder = tempFolder('built');
    writeFileSync(join(folder, 'a.whl'), 'a');
    make(join(folder, 'b.whl'));
    expect(await filesIn(folder)).toEqual({ problem: expect.stringMatching(/^it left b\.whl behind, and /) });
  });

  it('in place of what was compressed before is as good as nothing', soon, async () => {
    const folder = tempFolder('kept');
    make(join(folder, 'core.entries'));
    const entries = [{ path: 'python/a.py', mode: 0o644 as const, bytes: Buffer.from('a = 1\n') }];
    expect(await keepingZip(async () => folder, '1.0.0').write(entries, 'core')).toEqual(await zip.write(entries));
  });
});

it('a name that is no UTF-8, left by a build script, is no file that can be read', soon, async () => {
  const folder = tempFolder('built');
  spawnSync('python3', ['-c', 'import sys; open(sys.argv[1].encode() + b"/\\xff.whl", "w")', folder]);
  expect(await filesIn(folder)).toEqual({ problem: expect.stringMatching(/\.whl behind, and ENOENT/) });
});

it('a folder that a build script took away is told', soon, async () => {
  expect(await filesIn(join(tempFolder('built'), 'gone'))).toEqual({ problem: expect.stringMatching(/^ENOENT/) });
});

describe('a file that is written to while it is read', () => {
  const size = 64 << 20;

  it('and grows without end is read as it was when it was opened', soon, async () => {
    const path = join(tempFolder('growing'), 'file');
    writeFileSync(path, 'x');
    const stop = meddle(path, 'head -c 20000000 /dev/zero >> "$0"; sleep 0.02');
    try {
      while (statSync(path).size < size) await new Promise((resolve) => setTimeout(resolve, 5));
      const before = statSync(path).size;
      const read = await readRegular(path, Number.POSITIVE_INFINITY);
      expect('bytes' in read && read.bytes.length >= before && read.bytes.length <= statSync(path).size).toBe(true);
      expect(await readRegular(path, size)).toEqual({ problem: `this is larger than ${size} bytes` });
    } finally {
      await stop();
    }
  });

  it('and grows shorter is not taken for what is left of it', { timeout: 30_000 }, async () => {
    const path = join(tempFolder('shrinking'), 'file');
    writeFileSync(path, '');
    const stop = meddle(path, `truncate -s ${size} "$0"; truncate -s 1000 "$0"`);
    const seen = new Set<string>();
    try {
      while (!seen.has('it grew shorter while it was read')) {
        const read = await readRegular(path, size);
        if ('bytes' in read) expect([0, 1000, size]).toContain(read.bytes.length);
        seen.add('problem' in read ? read.problem : 'read');
      }
    } finally {
      await stop();
    }
  });
});
