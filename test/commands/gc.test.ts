import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../kit/temp.js';
import { done, failed, governed, layerPolicy, published, raise } from './moving.js';

interface Told {
  deleted: boolean;
  unused: number;
  bytes: number;
  layers: { name: string; versions: { number: number; version: string; keptBy: string[] }[] }[];
}

const gc = (on: ReturnType<typeof governed>, ...args: string[]) =>
  done(on, 'gc', '--env', 'dev', ...args) as unknown as Told;
const coreOf = ({ layers }: Told) => layers.find(({ name }) => name === 'core')?.versions ?? [];
const unusedOf = (told: Told) => coreOf(told).flatMap(({ number, keptBy }) => (keptBy.length === 0 ? [number] : []));

/** Three releases of core in dev; nothing of them archived, so that only the last two are named anywhere. */
function released() {
  const r = governed();
  done(r, 'release', 'core', 'core-user', '--env', 'dev');
  for (const version of ['1.1.0', '1.2.0']) {
    raise(r, version, version);
    done(r, 'release', 'core', '--env', 'dev');
  }
  const month = new Date().toISOString().slice(0, 7);
  r.git('rm', '-rq', `layer_management/archive/${month}`);
  r.commit('no archive');
  return r;
}

describe('gc', () => {
  it('lists what nothing references, and deletes only when told to', () => {
    const r = released();
    const told = gc(r);
    expect(unusedOf(told)).toEqual([1]);
    expect([told.deleted, told.unused, told.bytes > 0, published(r, 'dev')]).toEqual([false, 1, true, 3]);
    const [newest, previous] = coreOf(told);
    expect(newest?.keptBy).toEqual(
      expect.arrayContaining([
        'function acme-core-user-dev',
        'layer_management/active/core/manifest.json',
        'the newest',
      ]),
    );
    expect(previous?.keptBy).toEqual(['layer_management/active/core/manifest.json']);
    const text = layerPolicy(r, 'gc', '--env', 'dev').stdout;
    expect(text).toMatch(/:1 +1\.0\.0 .* unused\n[\s\S]*Delete: layer-policy gc --env dev --delete/);

    expect(gc(r, '--delete').deleted).toBe(true);
    expect(coreOf(gc(r)).map(({ number }) => number)).toEqual([3, 2]);
    expect(gc(r, '--delete').unused).toBe(0);
    // What is recorded can still be gone back to.
    done(r, 'rollback', 'core', '--env', 'dev');
  });

  it('keeps what a saved snapshot names, for as long as it is there, and what --keep names', () => {
    const r = governed();
    done(r, 'release', '--env', 'dev');
    const file = join(tempFolder('snapshots'), 'before.json');
    expect(layerPolicy(r, 'snapshot', '--env', 'dev', '--output', file).code).toBe(0);
    const saved = readFileSync(file, 'utf8');
    expect(JSON.parse(saved)).toMatchObject({ command: 'snapshot', environment: 'dev' });
    for (const version of ['1.1.0', '1.2.0']) {
      raise(r, version, version);
      done(r, 'release', 'core', '--env', 'dev');
    }
    r.git('rm', '-rq', `layer_management/archive/${new Date().toISOString().slice(0, 7)}`);
    r.commit('no archive');
    expect(unusedOf(gc(r))).toEqual([]);
    expect(coreOf(gc(r)).at(-1)?.keptBy).toEqual([file]);
    const other = `${file}.moved`;
    renameSync(file, other);
    expect(unusedOf(gc(r))).toEqual([1]);
    expect(unusedOf(gc(r, '--keep', other, '--delete'))).toEqual([]);
    expect(published(r, 'dev')).toBe(3);
    expect(failed(r, 'gc', '--env', 'dev', '--keep', file)).toEqual([2, 'usage']);
    expect(readFileSync(other, 'utf8')).toBe(saved);
  });

  it('keeps what functions run, what the archive names, and what the base branch of a remote names', () => {
    const r = released();
    expect(unusedOf(gc(r))).toEqual([1]);
    const arn = 'arn:aws:lambda:local:000000000000:layer:acme-core-dev:1';
    const named = r.copy().commit('named', { 'layer_management/archive/2020-01/manifest.json': `{"arn": "${arn}"` });
    expect(unusedOf(gc(named))).toEqual([]);
    r.git('remote', 'add', 'origin', named.dir);
    r.git('fetch', '-q', 'origin');
    expect(coreOf(gc(r)).at(-1)?.keptBy).toEqual(['layer_management/archive/2020-01/manifest.json on origin/develop']);
    r.git('update-ref', '-d', 'refs/remotes/origin/develop');
    done(r, 'rollback', 'core', '--env', 'dev');
    r.git('reset', '-q', '--hard', 'HEAD^');
    // The record of going back is lost, and a function runs it all the same.
    expect(coreOf(gc(r))[1]?.keptBy).toContain('function acme-core-user-dev');
  });

  it('wants to know where', () => {
    expect(failed(governed(), 'gc')).toEqual([2, 'usage']);
    expect(failed(governed(), 'gc', '--env', 'nowhere')).toEqual([2, 'unknown-name']);
  });
});
