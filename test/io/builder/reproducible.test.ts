import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cliPath } from '../../kit/cli.js';
import { exampleRepo } from '../../kit/example.js';
import type { Repo } from '../../kit/repo.js';

/** Builds the example's layer in a clone, under a umask and other variables, and gives the sha256 of the zip. */
function build(r: Repo, umask: string, variables: Record<string, string>): string {
  const line = `umask ${umask}; exec "$0" "$1" build inbox-core`;
  execFileSync('sh', ['-c', line, process.execPath, cliPath()], { cwd: r.dir, env: { ...r.env, ...variables } });
  const version = /INBOX_CORE_VERSION=(.*)/.exec(r.git('show', 'HEAD:VERSION'))?.[1];
  return createHash('sha256')
    .update(readFileSync(join(r.dir, `.build/layers/inbox-core-${version}.zip`)))
    .digest('hex');
}

it('two clones, whatever umask, time zone, locale, line ends and file times, give one sha256', () => {
  const origin = exampleRepo();
  const first = build(origin.clone(), '022', { TZ: 'UTC' });

  const odd = origin.clone('-c', 'core.autocrlf=true', '-c', 'core.fileMode=false');
  utimesSync(join(odd.dir, 'src_v2/inbox_core/__init__.py'), new Date('2039-01-01'), new Date('2039-01-01'));
  const others = [
    build(odd, '077', { TZ: 'Pacific/Kiritimati', LC_ALL: 'C', LANG: 'tr_TR.UTF-8' }),
    build(
      origin
        .clone('--no-checkout')
        .branch('develop')
        .write({ VERSION: origin.read('VERSION') }),
      '000',
      {
        TZ: 'GMT+12',
        SOURCE_DATE_EPOCH: '1',
        UV_THREADPOOL_SIZE: '1',
      },
    ),
    build(origin.worktree('side'), '027', { PYTHONHASHSEED: '7', UV_THREADPOOL_SIZE: '16' }),
  ];
  expect(others).toEqual([first, first, first]);
});

it('commits that change nothing of the layer change nothing of its zip', () => {
  const r = exampleRepo();
  const before = build(r, '022', {});
  r.commit('elsewhere', { 'docs/x.md': 'x', 'src_v2/lambdas/ingest/more.py': '', 'src_v2/inbox_core/x.pyc': 'x' });
  expect(build(r, '022', {})).toBe(before);
});
