import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hostile } from './hostile.js';

/** Attacks on who reads a zip, and the hostile zips that try them. */
const attacks: Record<string, string[]> = {
  'Z1, out of the folder': [
    'parent folder',
    'parent folder inside',
    'absolute path',
    'drive letter and backslash',
    'network path',
  ],
  'Z2, names': [
    'backslash',
    'NUL in a name',
    'newline in a name',
    'escape in a name',
    'empty name',
    'dot part',
    'empty part',
    'more than 1024 bytes',
  ],
  'Z4, one place twice': [
    'duplicate',
    'duplicate with other content',
    'case collision',
    'NFC and NFD',
    'file and folder',
  ],
  'Z6, damage that both sides tell': ['wrong CRC in both', 'wrong CRC, stored'],
  'Z9, bombs': [
    'bomb of one entry',
    'bomb that says it is small',
    'nested bomb of layers within the cap each',
    '1,200,000 folders',
  ],
  'Z11, the end record': [
    'count too low',
    'count too high',
    'directory size too small',
    'directory size too large',
    'directory offset lies',
    'multi-disk',
  ],
  'Z13, features': ['encrypted', 'strongly encrypted', 'bzip2', 'lzma', 'zstd', 'deflate64', 'data descriptor'],
  'Z14, kinds and modes': [
    'symlink',
    'symlink to a folder',
    'setuid',
    'character device',
    'block device',
    'mode 000',
    'mode 0400',
  ],
  'Z15, folders': ['folder with data', 'file under a file'],
  'Z16, no zip': ['no bytes', 'text', 'only a local header'],
  'Z17, limits': ['65,535 entries', '20,001 entries', 'more than 262,144,000 bytes in all'],
};

/** What needs more than one zip. */
const elsewhere: [attack: string, file: string, title: string][] = [
  ['Z9, a zip in a zip', 'commands/validate-hostile.test.ts', 'a zip in a zip is not opened'],
  ['Z16, cut off at every byte', 'io/zip/read.test.ts', 'is refused wherever it is cut off'],
  [
    'Z16, every bit flipped',
    'io/zip/read.test.ts',
    'with any byte flipped in any bit is refused or has the same contents',
  ],
  ['B1, a pipe, a socket, a device in place of a zip', 'io/zip/walk.test.ts', 'only where there is a file, not %s'],
  ['B1, a zip that grows, shrinks or goes', 'io/zip/walk.test.ts', 'that is changed while it is walked'],
  ['B1, in the work tree of a source', 'io/builder/source.test.ts', 'whatever lies in the work tree'],
  ['B1, where a build script leaves its wheel', 'io/builder/requirements/hostile-build.test.ts', 'leaves a pipe'],
  ['B1, in place of files of ours', 'io/read-regular.test.ts', 'in place of a file of ours'],
  [
    'B5, options and addresses in requirements',
    'io/builder/requirements/build.test.ts',
    'before anything is asked for',
  ],
  ['B6, a build script without manners', 'io/builder/requirements/run.test.ts', 'prints without end is ended'],
  ['B4, a secret inside', 'commands/validate.test.ts', 'secret'],
];

describe('of the attacks on zips', () => {
  it.each(Object.entries(attacks))('%s: each is there', (_, names) => {
    expect(names.filter((name) => !(name in hostile))).toEqual([]);
  });

  it.each(elsewhere)('%s has its test elsewhere', (_, file, title) => {
    expect(readFileSync(`test/${file}`, 'utf8')).toContain(title);
  });
});

it('there are sixty different ones at least, all made when the tests run', () => {
  const digests = Object.values(hostile).map((make) => createHash('sha256').update(make()).digest('hex'));
  expect(new Set(digests).size).toBe(digests.length);
  expect(digests.length).toBeGreaterThanOrEqual(60);
  const committed = execFileSync('git', ['ls-files', '-z', 'test', 'bench', 'examples'], { encoding: 'utf8' }).split(
    '\0',
  );
  expect(committed.filter((file) => /\.(?:zip|whl|jar|egg)$/i.test(file))).toEqual([]);
});
