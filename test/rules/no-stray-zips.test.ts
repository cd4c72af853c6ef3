import { expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { symlink } from '../kit/repo.js';
import { judging, policy } from './judging.js';

const files = (...given: Parameters<typeof judging>) => judging(...given).map(({ file }) => file);

it('warns of a zip and lets the commit pass, until the policy says error', () => {
  const r = exampleRepo().stage({ 'backup/src.ZIP': 'x' });
  expect(judging(r, 'no-stray-zips', '--stage', 'pre-commit')).toMatchObject([
    { severity: 'warning', file: 'backup/src.ZIP', commit: null },
  ]);
  expect(run(r.dir, ['check', '--stage', 'pre-commit'], { env: r.env }).code).toBe(0);
  policy(r, { rules: { 'no-stray-zips': 'error' } });
  expect(run(r.dir, ['check', '--stage', 'pre-commit'], { env: r.env }).code).toBe(1);
  policy(r, { rules: { 'no-stray-zips': ['error', { allow: ['**/*.ZIP'] }] } });
  expect(run(r.dir, ['check', '--stage', 'pre-commit'], { env: r.env }).code).toBe(0);
});

it('sees what a later commit takes out again, and names the commit that brought it', () => {
  const r = exampleRepo();
  const from = r.head();
  const bad = r.commit('bad', { 'a b.zip': 'x' }).head();
  r.commit('good', { 'a b.zip': null });
  expect(judging(r, 'no-stray-zips', '--from', from)).toMatchObject([
    { file: 'a b.zip', commit: bad, hint: expect.stringContaining("git rm --cached -- ':(top,literal)a b.zip'") },
  ]);
  expect(judging(r, 'no-stray-zips', '--stage', 'all')).toEqual([]);
});

it('lets be what is no zip, and what other rules name at the same place', () => {
  const r = exampleRepo().stage({
    '.BUILD/x.zip': 'x',
    'link.zip': symlink('/tmp/x.zip'),
    'layer_management/archive/2026-01/inbox-core-1.0.0.zip': 'x',
  });
  expect(files(r, 'no-stray-zips', '--stage', 'pre-commit')).toEqual([]);
  // A manifest's folder is layer-layout's, but only as it stands at the end; in history the zip stays.
  const active = 'layer_management/active/inbox-core/inbox-core-1.0.0.zip';
  expect(files(r.stage({ [active]: 'x' }), 'no-stray-zips', '--stage', 'pre-commit')).toEqual([active]);
});

it('refuses a policy whose globs are no globs', () => {
  const r = policy(exampleRepo(), { rules: { 'no-stray-zips': ['error', { allow: '**/*.zip' }] } });
  expect(run(r.dir, ['check', '--stage', 'pre-commit'], { env: r.env })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('rules.no-stray-zips options.allow must be array'),
  });
});
