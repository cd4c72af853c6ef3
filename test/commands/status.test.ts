import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import type { Repo } from '../kit/repo.js';
import { footprint, halfway, twin } from '../plan/story.js';

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

  it('an environment of a later version is refused', () => {
    expect(cli(released, 'status', '--env', 'dev').code).toBe(2);
  });
});
