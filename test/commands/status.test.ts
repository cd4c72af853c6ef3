import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import type { Repo } from '../kit/repo.js';
import { footprint, halfway, twin } from '../plan/story.js';
import { done, governed, raise } from './moving.js';

interface Document {
  ok: boolean;
  layers: { name: string; drift: { kind: string; problem: string; mend: string }[] }[];
}

const cli = (on: Repo, ...args: string[]) => run(on.dir, args, { env: on.env });
const drifts = (on: Repo) => {
  const { ok, layers } = cli(on, 'status', '--json').json() as Document;
  return { ok, kinds: layers.flatMap(({ name, drift }) => drift.map(({ kind }) => `${name} ${kind}`)) };
};

let released: Repo;
beforeAll(() => {
  released = halfway();
  expect(cli(released, 'release', '--env', 'local', '--record').code).toBe(0);
});

describe('status', () => {
  it('shows the five side by side, and writes nothing', () => {
    const r = twin(released);
    const before = footprint(r);
    const { code, stdout } = cli(r, 'status');
    expect(code).toBe(0);
    const [, heading = '', core = '', extra = ''] = stdout.split('\n');
    expect(heading.trim().split(/ {2,}/)).toEqual(['layer', 'VERSION', 'tag', 'manifest', 'object', 'layer version']);
    const short = r.head('core-v1.0.0').slice(0, 7);
    expect(core).toMatch(
      new RegExp(
        `^✔ core +1\\.0\\.0 +core-v1\\.0\\.0 ${short} +1\\.0\\.0 ${short} +sha256 [0-9a-f]{8} +:1 [0-9a-f]{8}$`,
      ),
    );
    expect(heading.indexOf('object')).toBe(extra.indexOf('sha256'));
    expect(stdout).toContain('all agree');
    expect(footprint(r)).toEqual(before);
  });

  it('a layer that was never released, or only rehearsed, has not drifted', () => {
    const r = halfway();
    expect(drifts(r)).toEqual({ ok: true, kinds: [] });
    cli(r, 'release', '--env', 'local');
    expect(drifts(r)).toEqual({ ok: true, kinds: [] });
    expect(cli(r, 'status').stdout).toContain('nothing is recorded yet');
  });

  const registry = '.build/registry/local';
  const cases: [what: string, act: (r: Repo) => void, kinds: string[], mends: boolean][] = [
    ['the tag is gone', (r) => r.git('tag', '-d', 'core-v1.0.0'), ['core no-tag'], true],
    [
      'the tag is on another commit',
      (r) => r.git('tag', '-f', '-a', '-m', 'x', 'core-v1.0.0', 'HEAD'),
      ['core tag-elsewhere'],
      true,
    ],
    ['the tag is not annotated', (r) => r.git('tag', '-f', 'core-v1.0.0', 'HEAD~1'), ['core light-tag'], true],
    [
      'the object is gone',
      (r) => rmSync(join(r.dir, registry, 'objects/layers/core-1.0.0.zip.json')),
      ['core no-object'],
      true,
    ],
    [
      'the layer version is gone',
      (r) => rmSync(join(r.dir, registry, 'versions/core-local/1.json')),
      ['core not-published'],
      true,
    ],
    [
      'the whole registry is gone',
      (r) => rmSync(join(r.dir, '.build'), { recursive: true }),
      ['core no-object', 'core not-published', 'extra no-object', 'extra not-published'],
      false,
    ],
    [
      'VERSION is ahead',
      (r) => r.commit('raised', { VERSION: 'CORE=1.1.0\nEXTRA=0.1.0\n', 'src/core/__init__.py': 'x = 2\n' }),
      ['core ahead'],
      true,
    ],
    ['VERSION fell', (r) => r.commit('fell', { VERSION: 'CORE=0.9.0\nEXTRA=0.1.0\n' }), ['core behind'], false],
    [
      'the source changed under its version',
      (r) => r.commit('changed', { 'src/core/__init__.py': 'x = 3\n' }),
      ['core changed'],
      false,
    ],
  ];
  it.each(cases)('%s', (_, act, kinds, mends) => {
    const r = twin(released);
    act(r);
    expect(drifts(r)).toEqual({ ok: false, kinds });
    const { code, stdout } = cli(r, 'status');
    expect(code).toBe(1);
    expect(stdout.split('\n').filter((line) => line.startsWith('  → '))).toHaveLength(kinds.length);
    if (!mends) return;
    // What it says mends it, mends it.
    const { layers } = cli(r, 'status', '--json').json() as Document;
    for (const command of layers
      .flatMap(({ drift }) => drift.map(({ mend }) => mend))
      .flatMap((mend) => mend.split(' && '))) {
      const [program, ...args] = command.split(' ');
      if (program === 'git') r.git(...args);
      else expect(cli(r, ...args).code, command).toBe(0);
    }
    expect(drifts(r)).toEqual({ ok: true, kinds: [] });
  });

  it('damage of the registry is no drift but an error', () => {
    const r = twin(released);
    writeFileSync(join(r.dir, registry, 'versions/core-local/1.json'), 'x');
    const result = cli(r, 'status', '--json');
    expect([result.code, (result.json() as { error: { code: string } }).error.code]).toEqual([4, 'registry-invalid']);
  });

  it('an account that cannot be reached is no drift but an error that says how to log in', () => {
    const nobody = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_EC2_METADATA_DISABLED: 'true' };
    const result = run(released.dir, ['status', '--env', 'dev', '--json'], { env: { ...released.env, ...nobody } });
    const { error } = result.json() as { error: { code: string; hint: string } };
    expect([result.code, error.code, error.hint]).toEqual([4, 'aws-credentials', expect.stringMatching(/^Run: aws /)]);
  });
});

describe('status of functions', () => {
  const function_ = (on: Repo) => {
    const { code, stdout } = run(on.dir, ['status', '--env', 'dev', '--json'], { env: on.env });
    const { functions } = JSON.parse(stdout) as {
      functions: { name: string; drift: { kind: string; mend: string }[] }[];
    };
    return { code, drift: functions.flatMap(({ name, drift }) => drift.map(({ kind, mend }) => [name, kind, mend])) };
  };

  it('shows what they run, and what they should, with the command that mends it', () => {
    const r = governed();
    expect(function_(r)).toEqual({ code: 0, drift: [] });
    done(r, 'release', '--env', 'dev');
    expect(function_(r)).toEqual({ code: 0, drift: [] });
    expect(cli(r, 'status', '--env', 'dev').stdout).toMatch(
      /✔ core-user +1\.0\.0 +1\.0\.0 [0-9a-f]{7} +sha256 [0-9a-f]{8} +acme-core-dev:1\n/,
    );

    raise(r, '1.1.0', 'two');
    done(r, 'release', '--env', 'dev', '--no-attach');
    const mend = (name: string) => `layer-policy release ${name} --env dev`;
    expect(function_(r)).toEqual({
      code: 1,
      drift: [
        ['core-user', 'other-layer', mend('core')],
        ['extra-user', 'other-layer', mend('core')],
      ],
    });
    done(r, ...mend('core').split(' ').slice(1));
    expect(function_(r)).toEqual({ code: 0, drift: [] });

    rmSync(join(r.dir, '.build/registry/dev/functions/acme-core-user-dev'), { recursive: true });
    expect(function_(r)).toEqual({ code: 1, drift: [['core-user', 'no-function', mend('core-user')]] });
    done(r, ...mend('core-user').split(' ').slice(1));
    expect(function_(r)).toEqual({ code: 0, drift: [] });
  });

  it('names promote where an environment takes nothing else', () => {
    const r = governed();
    done(r, 'release', '--env', 'dev');
    done(r, 'promote', '--from', 'dev', '--to', 'stage');
    rmSync(join(r.dir, '.build/registry/stage'), { recursive: true });
    const { layers } = cli(r, 'status', '--env', 'stage', '--json').json() as Document;
    const [{ mend = '' } = {}, ...more] = layers.flatMap(({ drift }) => drift);
    expect([mend, more.length]).toEqual(['layer-policy promote core --from dev --to stage', 3]);
    done(r, ...mend.split(' ').slice(1));
    expect(cli(r, 'status', '--env', 'stage', '--json').json()).toMatchObject({ layers: [{ drift: [] }, {}] });
  });
});
