import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Repo } from '../kit/repo.js';
import { killingGit, program } from '../plan/story.js';
import { done, failed, governed, layerPolicy, manifest, raise, runs, says } from './moving.js';

/** Killed after its functions were brought, before its record. */
async function killedRelease(on: Repo): Promise<void> {
  const env = { ...on.env, PATH: killingGit(on, 'update-ref', 'before') };
  expect((await program(on.dir, ['release', '--env', 'dev'], env)).signal).toBe('SIGKILL');
}

it('a release that is given up says of each function in a line of its own that it is back', async () => {
  const r = governed();
  done(r, 'release', '--env', 'dev');
  raise(r, '1.1.0', 'two');
  await killedRelease(r);
  expect(runs(r, 'dev').layers).toEqual(['acme-core-dev:2']);
  const { undone } = done(r, 'abort') as unknown as { undone: string[] };
  expect(undone.sort()).toEqual(['core', 'extra'].map((name) => `acme-${name}-user-dev runs what it ran before`));
  expect(runs(r, 'dev').layers).toEqual(['acme-core-dev:1']);
});

it('a release that replaces an interrupted one and disappoints goes back to what ran before both', async () => {
  const r = governed();
  done(r, 'release', '--env', 'dev');
  raise(r, '1.1.0', 'two');
  await killedRelease(r);
  raise(r, '1.2.0', 'three', 500);
  expect(failed(r, 'release', '--env', 'dev')).toEqual([1, 'smoke-restored']);
  expect([runs(r, 'dev').layers, says(r, 'dev')]).toMatchObject([['acme-core-dev:1'], { saw: 'one' }]);
});

it('a version released again after a rollback is held against what it replaces, not against itself', () => {
  const r = governed();
  done(r, 'release', '--env', 'dev');
  raise(r, '1.1.0', 'two');
  done(r, 'release', '--env', 'dev');
  done(r, 'rollback', '--env', 'dev');
  const { released } = done(r, 'release', '--env', 'dev') as unknown as {
    released: { checklist: { item: string; holds: boolean | null; detail: string }[] }[];
  };
  const lines = released.flatMap(({ checklist }) => checklist);
  expect(lines.filter(({ holds }) => holds === false)).toEqual([]);
  expect(lines.find(({ item }) => item === 'version-raised')?.detail).toBe('1.0.0 → 1.1.0');
});

it('a plan for one environment is not run where another is named beside it', () => {
  const r = governed();
  const plan = join(r.dir, '.build/plan.json');
  done(r, 'release', '--env', 'dev', '--no-attach', '--plan-out', plan);
  for (const words of [['--env', 'local'], ['--all'], ['--no-tag'], ['--emergency', 'night'], ['core']]) {
    expect(failed(r, 'release', ...words, '--plan', plan)).toEqual([2, 'plan-otherwise']);
  }
  expect(failed(r, 'promote', '--from', 'dev', '--to', 'stage', '--plan', plan)).toEqual([2, 'plan-unreadable']);
  expect(r.exists('.build/registry')).toBe(false);
  done(r, 'release', '--env', 'dev', '--no-attach', '--plan', plan);
});

it('what is in the way of a record can be put aside with the command that the message gives', () => {
  const r = governed();
  done(r, 'release', '--env', 'dev', '--no-attach', '--no-commit');
  raise(r, '1.1.0', 'two');
  const refused = layerPolicy(r, 'release', '--env', 'dev', '--no-attach');
  expect([refused.code, refused.stderr]).toEqual([4, expect.stringContaining('would overwrite what no commit has')]);
  const command = /(git stash push .*)/.exec(refused.stderr)?.[1]?.split(' ').slice(1) ?? [];
  r.git(...command);
  done(r, 'release', '--env', 'dev', '--no-attach');
});

it('an ARN that is not recorded is had by the command that its environment takes', () => {
  const r = governed();
  done(r, 'release', '--env', 'dev', '--no-attach');
  const { code, stderr } = layerPolicy(r, 'arn', 'core', '--env', 'stage');
  expect([code, stderr]).toEqual([3, expect.stringContaining('layer-policy promote core --from dev --to stage')]);
});

it('an ARN of another layer is not given to scripts', () => {
  const r = governed();
  done(r, 'release', '--env', 'dev', '--no-attach');
  const path = 'layer_management/active/core/manifest.json';
  r.commit('meddled', { [path]: r.git('show', `HEAD:${path}`).replaceAll('acme-core-dev', 'acme-extra-dev') });
  expect(failed(r, 'arn', 'core', '--env', 'dev')).toEqual([3, 'manifest-unreadable']);
  const verified = layerPolicy(r, 'verify', 'core@1.0.0', '--env', 'dev');
  expect([verified.code, verified.stdout]).toEqual([
    3,
    expect.stringContaining(':acme-extra-dev:1 is not of acme-core-dev'),
  ]);
});

it('a rollback is recorded though the branch breaks the policy elsewhere', () => {
  const r = governed();
  done(r, 'release', '--env', 'dev');
  raise(r, '1.1.0', 'two');
  done(r, 'release', '--env', 'dev');
  r.commit('careless', { 'x_arn.txt': 'arn\n' });
  expect(layerPolicy(r, 'release', '--env', 'dev').code).toBe(1);
  done(r, 'rollback', '--env', 'dev');
  expect([says(r, 'dev'), manifest(r).environments.dev.version]).toMatchObject([{ saw: 'one' }, '1.0.0']);
});

it('a rollback whose own record breaks the policy moves no function', () => {
  const r = governed();
  done(r, 'release', '--env', 'dev');
  raise(r, '1.1.0', 'two');
  done(r, 'release', '--env', 'dev');
  const policy = JSON.parse(r.read('.layerpolicyrc.json'));
  const dev = { properties: { version: { not: { const: '1.0.0' } } } };
  const schema = { properties: { environments: { properties: { dev } } } };
  const options = { files: ['layer_management/active/core/manifest.json'], schema };
  policy.rules = { onwards: { use: 'json-schema', severity: 'error', options } };
  r.commit('never back', { '.layerpolicyrc.json': JSON.stringify(policy) });
  const before = [runs(r, 'dev'), r.head()];
  const refused = layerPolicy(r, 'rollback', '--env', 'dev');
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/onwards: .*\n.*Nothing was done/)]);
  expect([runs(r, 'dev'), r.head()]).toEqual(before);
  expect(layerPolicy(r, 'resume').stdout).toContain('no plan was interrupted');
  done(r, 'rollback', '--env', 'dev', '--emergency', 'two does not answer');
  expect(says(r, 'dev')).toMatchObject({ saw: 'one' });
});

it('--no-commit twice is as once, for functions as well, whose record tells when they were brought', () => {
  const r = governed();
  const once = () => {
    done(r, 'release', '--env', 'dev', '--no-commit');
    return readFileSync(join(r.dir, 'layer_management/active/core-user/manifest.json'), 'utf8');
  };
  const first = once();
  expect(once()).toBe(first);
  r.write({
    'layer_management/active/core-user/manifest.json': first.replace('"version": "1.0.0"', '"version": "9.0.0"'),
  });
  expect(failed(r, 'release', '--env', 'dev', '--no-commit')).toEqual([4, 'record-dirty']);
});

it('functions whose record was thrown away are recorded by the next release, which leaves them as they are', () => {
  const r = governed();
  done(r, 'release', '--env', 'dev', '--no-commit');
  const before = runs(r, 'dev');
  r.git('clean', '-qfd', 'layer_management');
  const { steps } = done(r, 'release', '--env', 'dev');
  expect(steps.map(({ kind, state }) => `${kind} ${state}`)).toContain('attach present');
  expect(steps.map(({ kind }) => kind)).not.toContain('smoke');
  expect(manifest(r, 'core-user').environments.dev.arn).toContain(':function:acme-core-user-dev');
  expect(runs(r, 'dev')).toEqual(before);
});
