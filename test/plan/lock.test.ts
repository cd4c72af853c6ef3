import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isFailure } from '../../src/errors.js';
import { files } from '../../src/io/files.js';
import { processes } from '../../src/io/processes.js';
import { type Lock, takeLock } from '../../src/plan/lock.js';
import { tempFolder } from '../kit/temp.js';

const ports = (folder: string) => ({ files, processes, now: () => 0, git: { commonDir: async () => folder } as never });
const take = (folder: string) => takeLock(ports(folder), 'release');
const state = async (taking: Promise<Lock>) =>
  taking.then(
    () => 'taken',
    (error) => (isFailure(error) ? error.code : String(error)),
  );
const left = (folder: string) => readdirSync(join(folder, 'layer-policy'));

async function dead(folder: string, more: object): Promise<void> {
  mkdirSync(join(folder, 'layer-policy'));
  const claim = { ...(await processes.self()), command: 'release', since: '2026-01-01T00:00:00.000Z', ...more };
  writeFileSync(join(folder, 'layer-policy/lock'), `${JSON.stringify(claim)}\n`);
}

describe('the lock', () => {
  it('is held by one, and free again', async () => {
    const folder = tempFolder('lock');
    const lock = await take(folder);
    expect(await state(take(folder))).toBe('locked');
    await lock.check();
    await lock.release();
    expect(left(folder)).toEqual([]);
    expect(await state(take(folder))).toBe('taken');
  });

  it.each<[string, object, string]>([
    ['a process that has ended', { pid: 2 ** 22 - 1 }, 'taken'],
    ['a process whose number was given anew', { started: '1' }, 'taken'],
    ['an earlier start of the machine', { boot: 'another' }, 'taken'],
    ['this very process', {}, 'locked'],
    ['another machine', { host: 'elsewhere', pid: 1 }, 'locked'],
  ])('of %s', async (_, more, wanted) => {
    const folder = tempFolder('lock');
    await dead(folder, more);
    expect(await state(take(folder))).toBe(wanted);
  });

  it('that cannot be read is nobody’s', async () => {
    const folder = tempFolder('lock');
    mkdirSync(join(folder, 'layer-policy'));
    writeFileSync(join(folder, 'layer-policy/lock'), 'x');
    expect(await state(take(folder))).toBe('taken');
  });

  it('of a dead run goes to one of many, also when a takeover died', async () => {
    const folder = tempFolder('lock');
    await dead(folder, { pid: 2 ** 22 - 1 });
    writeFileSync(join(folder, 'layer-policy/lock.takeover'), readFileSync(join(folder, 'layer-policy/lock')));
    const all = await Promise.all(Array.from({ length: 20 }, () => state(take(folder))));
    expect(all.sort()).toEqual([...Array(19).fill('locked'), 'taken']);
    expect(left(folder)).toEqual(['lock']);
  });

  it('lost to another is noticed before the next act, and not taken away from it', async () => {
    const folder = tempFolder('lock');
    const lock = await take(folder);
    writeFileSync(join(folder, 'layer-policy/lock'), '{"pid":1,"host":"elsewhere","since":"now","command":"x"}\n');
    await expect(lock.check()).rejects.toThrow(/elsewhere/);
    await lock.release();
    expect(left(folder)).toEqual(['lock']);
  });
});
