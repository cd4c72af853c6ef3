import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { done, failed, governed, layerPolicy, manifest, published, raise, runs, says, versions } from './moving.js';

it('what was tried in dev goes to stage and on to prod, byte for byte, and comes back', () => {
  const r = governed();
  done(r, 'release', '--env', 'dev');
  const { steps } = done(r, 'promote', '--from', 'dev', '--to', 'stage');
  expect(steps.map(({ kind }) => kind)).toEqual([
    ...['put-object', 'publish-version', 'put-object', 'publish-version'],
    ...['put-object', 'put-object', 'attach', 'smoke', 'record'],
  ]);
  expect(says(r, 'stage')).toMatchObject({ saw: 'one' });
  const { dev, stage } = manifest(r).environments;
  expect([stage.sha256, stage.git_sha, stage.version]).toEqual([dev.sha256, dev.git_sha, '1.0.0']);
  expect(r.git('log', '-1', '--format=%s')).toBe(
    'promote: core 1.0.0, extra 1.0.0, core-user 1.0.0, extra-user 1.0.0 (stage)',
  );
  expect(done(r, 'promote', '--from', 'dev', '--to', 'stage').steps).toEqual([]);

  raise(r, '1.1.0', 'two');
  done(r, 'release', '--env', 'dev');
  expect(runs(r, 'stage').layers).toEqual(['acme-core-stage:1']);
  done(r, 'promote', '--from', 'dev', '--to', 'stage');
  expect([runs(r, 'stage').layers, says(r, 'stage')]).toMatchObject([['acme-core-stage:2'], { saw: 'two' }]);
  expect(manifest(r).environments.stage).toMatchObject({ version: '1.1.0', previous: { version: '1.0.0' } });

  done(r, 'rollback', '--env', 'stage');
  expect([runs(r, 'stage').layers, says(r, 'stage')]).toMatchObject([['acme-core-stage:1'], { saw: 'one' }]);
  expect(says(r, 'dev')).toMatchObject({ saw: 'two' });
  expect([published(r, 'stage'), manifest(r).version]).toEqual([2, '1.1.0']);
  expect(manifest(r).environments.stage).toMatchObject({ version: '1.0.0', previous: { version: '1.1.0' } });

  // Prod takes what stage runs, not what is newest.
  done(r, 'promote', '--from', 'stage', '--to', 'prod');
  expect(says(r, 'prod')).toMatchObject({ saw: 'one' });
  expect(layerPolicy(r, 'check', '--stage', 'release').stdout).toContain('the policy holds');
}, 240_000);

it('rolls back what the last change brought, and what is named', () => {
  const r = governed();
  done(r, 'release', '--env', 'dev');
  expect(failed(r, 'rollback', '--env', 'dev')).toEqual([2, 'nothing-earlier']);
  raise(r, '1.1.0', 'two');
  done(r, 'release', '--env', 'dev');
  r.commit('extra', { VERSION: versions('1.1.0', '1.1.0'), 'src/extra/__init__.py': 'y = 2\n' });
  done(r, 'release', '--env', 'dev');
  done(r, 'rollback', '--env', 'dev');
  expect(runs(r, 'dev', 'extra-user').layers).toEqual(['acme-core-dev:2', 'acme-extra-dev:1']);
  done(r, 'rollback', 'core', '--env', 'dev');
  expect(runs(r, 'dev', 'extra-user').layers).toEqual(['acme-core-dev:1', 'acme-extra-dev:1']);
  done(r, 'rollback', 'core@1.1.0', '--env', 'dev');
  expect(runs(r, 'dev', 'extra-user').layers).toEqual(['acme-core-dev:2', 'acme-extra-dev:1']);
  expect(failed(r, 'rollback', 'core@9.0.0', '--env', 'dev')).toEqual([2, 'not-recorded']);
  expect([published(r, 'dev'), published(r, 'dev', 'extra')]).toEqual([2, 2]);
  done(r, 'rollback', '--env', 'dev');
  expect(runs(r, 'dev').layers).toEqual(['acme-core-dev:1']);
  // Whoever saw no end of it runs it again, and nothing comes back.
  for (const names of [[], ['core']]) {
    const again = layerPolicy(r, 'rollback', ...names, '--env', 'dev');
    expect([again.code, again.stdout]).toEqual([
      0,
      expect.stringContaining('core went from 1.1.0 to 1.0.0 in dev already'),
    ]);
    expect([runs(r, 'dev').layers, published(r, 'dev')]).toEqual([['acme-core-dev:1'], 2]);
  }
}, 240_000);

it('a layer version that is gone is published again, from the same bytes', () => {
  const r = governed();
  done(r, 'release', '--env', 'dev');
  raise(r, '1.1.0', 'two');
  done(r, 'release', '--env', 'dev');
  const { arn } = manifest(r).environments.dev.previous;
  rmSync(join(r.dir, '.build/registry/dev/versions/acme-core-dev/1.json'));
  expect(arn).toMatch(/:1$/);
  done(r, 'rollback', '--env', 'dev');
  expect([runs(r, 'dev').layers, says(r, 'dev')]).toMatchObject([['acme-core-dev:3'], { saw: 'one' }]);
  expect(manifest(r).environments.dev.arn).toMatch(/:3$/);
}, 240_000);

it('deploys what is recorded without building it, from wherever its bytes are', () => {
  const r = governed();
  done(r, 'release', '--env', 'dev');
  raise(r, '1.1.0', 'two');
  done(r, 'release', '--env', 'dev');
  rmSync(join(r.dir, '.build'), { recursive: true });
  // Of the superseded release the archive has the bytes; of the others nobody.
  expect(failed(r, 'deploy', '--env', 'local')).toEqual([3, 'artefact-missing']);
  done(r, 'deploy', 'core@1.0.0', '--env', 'local', '--record');
  expect(manifest(r).environments.local).toMatchObject({ version: '1.0.0', previous: null });
  expect(manifest(r).version).toBe('1.1.0');
  expect(published(r, 'local')).toBe(1);
  expect(failed(r, 'deploy', 'core', '--env', 'stage')).toEqual([2, 'promote-only']);
}, 240_000);

it('promotes along the chain alone, and only what really runs there', () => {
  const r = governed();
  done(r, 'release', '--env', 'dev');
  expect(failed(r, 'promote', '--from', 'dev', '--to', 'prod')).toEqual([2, 'not-the-origin']);
  expect(failed(r, 'promote', '--from', 'stage', '--to', 'stage')).toEqual([2, 'not-the-origin']);
  expect(failed(r, 'promote', '--from', 'stage', '--to', 'dev')).toEqual([2, 'not-promoted-to']);
  expect(failed(r, 'promote', '--from', 'dev')).toEqual([2, 'usage']);
  expect(failed(r, 'promote', '--from', 'stage', '--to', 'prod', 'core')).toEqual([2, 'not-recorded']);
  expect(failed(r, 'promote', '--from', 'dev', '--to', 'stage', 'core@0.9.0')).toEqual([2, 'not-recorded']);
  expect(failed(r, 'promote', '--from', 'dev', '--to', 'stage', 'cor')).toEqual([2, 'unknown-name']);
  expect(failed(r, 'release', '--env', 'stage')).toEqual([2, 'promote-only']);
  raise(r, '1.1.0', 'two');
  done(r, 'release', 'core', '--env', 'dev', '--no-attach');
  expect(failed(r, 'promote', '--from', 'dev', '--to', 'stage')).toEqual([4, 'origin-drifted']);
  expect(failed(r, 'promote', '--from', 'dev', '--to', 'stage', 'core@1.0.0')).toEqual([2, 'not-promoted']);
  expect(r.exists('.build/registry/stage')).toBe(false);
}, 240_000);

it('is gated, can be rehearsed and reviewed', () => {
  const r = governed();
  done(r, 'release', '--env', 'dev');
  const promote = ['promote', '--from', 'dev', '--to', 'stage'];
  const { steps } = done(r, ...promote, '--dry-run');
  expect(new Set(steps.map(({ state }) => state))).toEqual(new Set(['planned']));
  expect(r.exists('.build/registry/stage')).toBe(false);
  done(r, ...promote, '--plan-out', 'plan.json');
  done(r, 'promote', '--plan', 'plan.json');
  expect(says(r, 'stage')).toMatchObject({ saw: 'one' });
  expect(failed(r, 'promote', '--plan', 'plan.json')).toEqual([4, 'plan-stale']);
  expect(failed(r, 'rollback', '--plan', 'plan.json')).toEqual([2, 'plan-unreadable']);
  const policy = JSON.parse(r.read('.layerpolicyrc.json'));
  policy.environments.stage.sync = [{ from: 'code-dev', to: 'code-stage', prefix: 'canonical/' }];
  r.commit('sync', { '.layerpolicyrc.json': JSON.stringify(policy) });
  expect(done(r, ...promote).notices).toEqual([expect.stringContaining('canonical/ of code-dev is not brought')]);
  r.commit('bad', { 'x_layer_arn.txt': 'arn\n' });
  expect(layerPolicy(r, ...promote).code).toBe(1);
}, 240_000);

it('that does not answer as expected in stage leaves stage as it was', () => {
  const r = governed();
  done(r, 'release', '--env', 'dev');
  done(r, 'promote', '--from', 'dev', '--to', 'stage');
  raise(r, '1.1.0', 'bad', 500);
  done(r, 'release', '--env', 'dev', '--no-attach');
  // Somebody attached it by hand, so nothing tried it.
  done(r, 'deploy', 'core@1.0.0', '--env', 'dev');
  expect(says(r, 'dev')).toMatchObject({ saw: 'one' });
  const refused = layerPolicy(r, 'deploy', 'core@1.1.0', '--env', 'dev', '--json');
  expect([refused.code, refused.json()]).toMatchObject([
    1,
    {
      error: {
        code: 'smoke-restored',
        message: expect.stringMatching(
          /^(?!.*answer.*answer)Functions of dev do .*\. They run again what they ran before\.$/,
        ),
      },
    },
  ]);
  expect(says(r, 'dev')).toMatchObject({ saw: 'one' });
}, 240_000);
