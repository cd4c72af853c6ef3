import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exampleRepo } from '../kit/example.js';
import { type Repo, repo } from '../kit/repo.js';
import { judging } from './judging.js';

const core = 'src_v2/inbox_core';

const findings = (r: Repo, ...args: string[]) => judging(r, 'no-layer-copies', ...args);

/** The example's source a second time. */
function copied(r: Repo, folder: string, leave: string[] = []): Repo {
  const files = r
    .git('ls-files', core)
    .split('\n')
    .filter((file) => !leave.includes(file.slice(core.length + 1)));
  return r.stage(Object.fromEntries(files.map((file) => [`${folder}/${file.slice(core.length + 1)}`, r.read(file)])));
}

it('refuses the same tree a second time, in a range and in the whole, until it is taken out', () => {
  const r = exampleRepo();
  const from = r.head();
  copied(r, 'build/lambda $x/inbox_core').git('commit', '-q', '-m', 'a build');
  expect(r.head('HEAD')).not.toBe(from);
  const all = Number(/of its (\d+) files/.exec(findings(r, '--stage', 'all')[0]?.message ?? '')?.[1]);
  expect(all).toBeGreaterThan(5);
  for (const args of [
    ['--stage', 'all'],
    ['--stage', 'release'],
    ['--from', from],
  ]) {
    expect(findings(r, ...args)).toMatchObject([
      {
        file: 'build/lambda $x/inbox_core',
        layer: 'inbox-core',
        message: `a copy of ${core}, the source of inbox-core: ${all} of its ${all} files`,
      },
    ]);
  }
  const command = /: (git rm .*?), and /.exec(findings(r, '--stage', 'all')[0]?.hint ?? '')?.[1] ?? 'false';
  const done = spawnSync('sh', ['-c', command], { cwd: join(r.dir, 'src_v2'), env: r.env });
  expect([command, done.status]).toEqual([command, 0]);
  expect(findings(r.commit('clean'), '--stage', 'all')).toEqual([]);
});

it('tells a copy that went its own way from a resemblance', () => {
  const r = exampleRepo();
  copied(r, 'backup/v1').git('commit', '-q', '-m', 'backup');
  for (const [file, left] of [
    ['scoring/keywords.py', 1],
    ['scoring/normalize.py', 1],
    ['item.py', 1],
  ] as const) {
    r.commit('mend', { [`${core}/${file}`]: `${r.read(`${core}/${file}`)}# mended\n` });
    expect(findings(r, '--stage', 'all')).toHaveLength(left);
  }
  const rest = r.git('ls-files', core).split('\n');
  r.commit('mend all', Object.fromEntries(rest.map((file) => [file, `${r.read(file)}# mended\n`])));
  expect(findings(r, '--stage', 'all')).toEqual([]);
});

it('is not asked by hooks, nor where nothing outside layer_management changed', () => {
  const r = exampleRepo();
  copied(r, 'old');
  expect(findings(r, '--stage', 'pre-commit')).toEqual([]);
  r.git('commit', '-q', '-m', 'old');
  const from = r.head();
  r.commit('note', { 'layer_management/README.md': 'x\n' });
  expect(findings(r, '--from', from)).toEqual([]);
});

it('finds them in a repository of the other hash', () => {
  const r = repo({ objectFormat: 'sha256' }).commit('init', {
    '.layerpolicyrc.json': JSON.stringify({
      layers: { core: { build: 'source', source: 'src/core', versionKey: 'CORE', layerName: 'core-{env}' } },
    }),
    VERSION: 'CORE=1.0.0\n',
    'src/core/__init__.py': '',
    'src/core/a.py': 'a = 1\n',
    'old/__init__.py': '',
    'old/a.py': 'a = 1\n',
    'tests/__init__.py': '',
  });
  expect(findings(r, '--stage', 'all').map(({ file }) => file)).toEqual(['old']);
});
