import { expect, it } from 'vitest';
import { done, failed, governed, layerPolicy, manifest, published, raise, runs, says } from './moving.js';

it('a release brings layers and functions, tries them, and records both', () => {
  const r = governed();
  const { steps } = done(r, 'release', '--env', 'dev');
  expect(steps.map(({ kind }) => kind)).toEqual([
    'write-build',
    ...['put-object', 'publish-version', 'put-object', 'publish-version'],
    ...['put-object', 'put-object', 'attach', 'smoke', 'record', 'tag', 'tag', 'tag', 'tag'],
  ]);
  expect(runs(r, 'dev')).toMatchObject({ layers: ['acme-core-dev:1'], code: 'functions/core-user-1.0.0.zip' });
  expect(runs(r, 'dev', 'extra-user').layers).toEqual(['acme-core-dev:1', 'acme-extra-dev:1']);
  expect(says(r, 'dev')).toEqual({ statusCode: 200, saw: 'one', event: { id: 1 } });
  expect(manifest(r, 'core-user')).toMatchObject({
    layer_name: 'acme-core-user-dev',
    version: '1.0.0',
    environments: { dev: { version: '1.0.0', arn: 'arn:aws:lambda:local:000000000000:function:acme-core-user-dev' } },
  });
  expect(r.git('tag').split('\n')).toContain('core-user-v1.0.0');
  expect(layerPolicy(r, 'check', '--stage', 'release').code).toBe(0);
  const again = done(r, 'release', '--env', 'dev');
  expect(again.steps).toEqual([]);
});

it('a release of a layer brings every function that uses it, and nothing else of it', () => {
  const r = governed();
  done(r, 'release', '--env', 'dev');
  raise(r, '1.1.0', 'two');
  done(r, 'release', 'core', '--env', 'dev');
  expect(runs(r, 'dev')).toMatchObject({ layers: ['acme-core-dev:2'], code: 'functions/core-user-1.0.0.zip' });
  expect(runs(r, 'dev', 'extra-user').layers).toEqual(['acme-core-dev:2', 'acme-extra-dev:1']);
  expect(says(r, 'dev', 'extra-user')).toMatchObject({ saw: 'two' });
});

it('functions that do not answer as expected run again what they ran, and nothing is recorded', () => {
  const r = governed();
  done(r, 'release', '--env', 'dev');
  const head = r.git('rev-parse', 'HEAD');
  for (const [version, status] of [
    ['1.1.0', 500],
    ['1.2.0', '1 / 0'],
  ] as const) {
    raise(r, version, 'bad', status);
    const before = r.git('rev-parse', 'HEAD');
    expect(failed(r, 'release', 'core', '--env', 'dev')).toEqual([1, 'smoke-restored']);
    expect(runs(r, 'dev').layers).toEqual(['acme-core-dev:1']);
    expect(runs(r, 'dev', 'extra-user').layers).toEqual(['acme-core-dev:1', 'acme-extra-dev:1']);
    expect(says(r, 'dev')).toMatchObject({ saw: 'one' });
    expect([r.git('rev-parse', 'HEAD'), r.git('tag', '-l', `core-v${version}`)]).toEqual([before, '']);
    expect(layerPolicy(r, 'resume').stdout).toContain('no plan was interrupted');
  }
  expect(head).not.toBe(r.git('rev-parse', 'HEAD'));
  expect(layerPolicy(r, 'status', '--env', 'dev').stdout).toContain('is published, and no manifest names it');
});

it('--no-attach leaves functions as they are; the next release brings them', () => {
  const r = governed();
  done(r, 'release', '--env', 'dev');
  raise(r, '1.1.0', 'two');
  done(r, 'release', '--env', 'dev', '--no-attach');
  expect(runs(r, 'dev').layers).toEqual(['acme-core-dev:1']);
  expect(published(r, 'dev')).toBe(2);
  const { steps } = done(r, 'release', '--env', 'dev');
  expect(steps.map(({ kind }) => kind)).toEqual(['attach', 'smoke']);
  expect(runs(r, 'dev').layers).toEqual(['acme-core-dev:2']);
});

it('a function that was attached to nothing has no ARN, and the checklist says where it would be recorded', () => {
  const r = governed();
  const { released } = done(r, 'release', '--env', 'dev', '--no-attach') as unknown as {
    released: { name: string; checklist: { item: string; holds: boolean | null; detail: string }[] }[];
  };
  const recorded = released.map(({ name, checklist }) => [name, checklist.find(({ item }) => item === 'arn-recorded')]);
  const line = { item: 'arn-recorded', title: 'ARN recorded', detail: 'environments.dev.arn' };
  expect(Object.fromEntries(recorded)).toEqual({
    ...{ core: { ...line, holds: true }, extra: { ...line, holds: true } },
    ...{ 'core-user': { ...line, holds: false }, 'extra-user': { ...line, holds: false } },
  });
});

it('a snapshot of an environment of one target names it once', () => {
  const r = governed();
  done(r, 'release', '--env', 'dev');
  const [first] = layerPolicy(r, 'snapshot', '--env', 'dev').stdout.split('\n');
  expect(first).toMatch(/^acme-core-user-dev {2}python3/);
});

it('a rehearsal brings functions of the folder, and leaves git alone', () => {
  const r = governed();
  done(r, 'release', '--env', 'local');
  expect(says(r, 'local')).toMatchObject({ saw: 'one' });
  expect([r.git('tag'), r.git('status', '--porcelain'), r.git('log', '--format=%s')]).toEqual(['', '', 'init']);
});

it('a function whose layer is nowhere is not released', () => {
  const r = governed();
  expect(failed(r, 'release', 'core-user', '--env', 'dev')).toEqual([2, 'layer-unpublished']);
  expect(r.exists('.build/registry')).toBe(false);
});

it('goes past the gate for a reason, which the manifest and the commit keep', () => {
  const r = governed();
  r.commit('bad', { '.build/x': 'x' });
  expect(layerPolicy(r, 'release', '--env', 'dev').code).toBe(1);
  expect(failed(r, 'release', '--env', 'dev', '--emergency', ' ')).toEqual([2, 'usage']);
  done(r, 'release', '--env', 'dev', '--emergency', 'all is down');
  expect(manifest(r)['x-emergency']).toEqual({
    dev: { reason: 'all is down', by: expect.any(String), at: expect.any(String) },
  });
  expect(r.git('log', '-1', '--format=%B')).toContain('emergency: all is down');
  r.git('rm', '-q', '--cached', '.build/x');
  r.commit('mended');
  raise(r, '1.1.0', 'two');
  done(r, 'release', 'core', '--env', 'dev');
  expect(manifest(r)).not.toHaveProperty('x-emergency');
});
