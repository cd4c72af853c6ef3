import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Repo } from '../kit/repo.js';
import { done, failed, governed, layerPolicy, manifest, raise, runs } from './moving.js';

/** What runs in `dev`, and that no commit tells of: it was released from a clone that nobody has any more. */
function unrecorded(): Repo {
  kept ??= (() => {
    const on = governed();
    const head = on.head();
    done(on, 'release', '--all', '--env', 'dev', '--yes');
    on.git('tag', '-d', ...on.git('tag').split('\n'));
    on.git('reset', '-q', '--hard', head);
    return on;
  })();
  return kept.copy();
}
let kept: Repo | undefined;

const registry = (on: Repo) => join(on.dir, '.build/registry');

/** The same version, as if it had been published by other means. */
function madeByOthers(on: Repo, name: string, description: string): Repo {
  const file = join(registry(on), `dev/versions/acme-${name}-dev/1.json`);
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), description }));
  return on;
}

function digestOf(folder: string): string {
  const hash = createHash('sha256');
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    hash.update(path);
    if (statSync(join(folder, path)).isFile()) hash.update(readFileSync(join(folder, path)));
  }
  return hash.digest('hex');
}

const adopt = ['init', '--adopt', '--env', 'dev', '--yes'];
const arn = (name: string, number = 1) => `arn:aws:lambda:local:000000000000:layer:acme-${name}-dev:${number}`;

it('records what runs with its commit where descriptions tell it, once, and changes nothing there', () => {
  const on = unrecorded();
  const [head, before] = [on.head(), digestOf(registry(on))];
  done(on, ...adopt, '--dry-run');
  expect(on.head()).toBe(head);
  expect(done(on, ...adopt)).toMatchObject({ command: 'adopt', environment: 'dev' });
  expect(manifest(on)).toMatchObject({
    ...{ version: '1.0.0', git_sha: head, build_date: '2026-01-15T12:00:00Z', aws_arn_dev: arn('core') },
    environments: { dev: { version: '1.0.0', arn: arn('core'), git_sha: head, previous: null } },
  });
  expect(on.git('log', '-1', '--format=%s')).toBe('adopt: core 1.0.0, extra 1.0.0 (dev)');
  expect(on.git('status', '--porcelain')).toBe('');
  expect(layerPolicy(on, 'arn', 'core', '--env', 'dev').stdout).toBe(`${arn('core')}\n`);
  const again = done(on, ...adopt) as unknown as { record: null; steps: [] };
  expect([again.record, again.steps]).toEqual([null, []]);
  expect(digestOf(registry(on))).toBe(before);
  expect(done(on, 'check', '--stage', 'all')).toMatchObject({ findings: [] });
});

it('says null of what nobody recorded, and status, release, rollback and gc know it all the same', () => {
  const on = madeByOthers(unrecorded(), 'core', 'Built from repo - version 1.0.0');
  madeByOthers(on, 'extra', 'Promoted from dev - version 1.0.0');
  done(on, ...adopt);
  const { sha256, size_bytes } = manifest(on);
  expect(manifest(on)).toMatchObject({
    ...{ git_sha: null, build_date: null, git_tag: null, version: '1.0.0' },
    environments: { dev: { git_sha: null, sha256, arn: arn('core') } },
  });
  expect(size_bytes).toBeGreaterThan(0);
  expect(manifest(on)).not.toHaveProperty('content_digest');
  expect(done(on, 'check', '--stage', 'all')).toMatchObject({ findings: [] });
  const { layers } = done(on, 'status', '--env', 'dev') as unknown as { layers: { manifest: object; drift: [] }[] };
  expect(layers.map(({ drift }) => drift)).toEqual([[], []]);
  expect(layerPolicy(on, 'status', '--env', 'dev').stdout).toContain('1.0.0 no commit');

  raise(on, '1.1.0', 'two');
  done(on, 'release', 'core', '--env', 'dev', '--yes');
  expect(manifest(on).environments.dev.previous).toEqual({ version: '1.0.0', arn: arn('core') });
  expect(runs(on, 'dev').layers).toEqual(['acme-core-dev:2']);
  expect(done(on, 'gc', '--env', 'dev')).toMatchObject({ unused: 0 });
  done(on, 'rollback', 'core', '--env', 'dev', '--yes');
  expect(runs(on, 'dev').layers).toEqual(['acme-core-dev:1']);
  expect(manifest(on).environments.dev).toMatchObject({ version: '1.0.0', arn: arn('core'), git_sha: null });
  expect(done(on, 'check', '--stage', 'all')).toMatchObject({ findings: [] });
});

it('asks people for a version that nobody recorded, with the line to copy', () => {
  const on = madeByOthers(unrecorded(), 'core', 'by hand');
  const refused = layerPolicy(on, ...adopt);
  expect(refused.code).toBe(2);
  const [, line = ''] = /layer-policy (init --adopt .*)$/m.exec(refused.stderr) ?? [];
  expect(line).toBe('init --adopt --env dev extra core@1.0.0');
  done(on, ...line.split(' '), '--yes');
  expect(manifest(on)).toMatchObject({ version: '1.0.0', git_sha: null });
  expect(manifest(on, 'extra')).toMatchObject({ version: '1.0.0', git_sha: on.head('HEAD~') });
});

it.each([
  ['a version that is recorded otherwise', ['core@1.0.1'], [3, 'adopted-otherwise']],
  ['no version', ['core@new'], [2, 'usage']],
  ['no layer', ['cor'], [2, 'unknown-name']],
  ['a function', ['core-user'], [2, 'unknown-name']],
])('refuses %s', (_, words, outcome) => {
  const on = unrecorded();
  expect(failed(on, ...adopt, ...words)).toEqual(outcome);
  expect(on.git('log', '--format=%s')).toBe('init');
});

it('refuses where there is nothing to look at, or no one answer', () => {
  const on = unrecorded();
  expect(failed(on, 'init', '--adopt', '--env', 'stage', '--yes')).toEqual([4, 'nothing-runs']);
  expect(failed(on, 'init', '--adopt', '--yes')).toEqual([2, 'usage']);
  expect(failed(on, 'init', '--env', 'dev', '--yes')).toEqual([2, 'usage']);
  expect(failed(on, 'init', 'core@1.0.0', '--yes')).toEqual([2, 'usage']);
  // One function is brought to a second version by hand.
  raise(on, '1.1.0', 'two');
  done(on, 'release', 'core', '--env', 'dev', '--yes', '--no-attach');
  on.git('reset', '-q', '--hard', 'HEAD~2');
  const folder = join(registry(on), 'dev/functions/acme-core-user-dev');
  const newest = runs(on, 'dev').changes;
  const state = JSON.parse(readFileSync(join(folder, `${newest}.json`), 'utf8'));
  writeFileSync(join(folder, `${newest + 1}.json`), JSON.stringify({ ...state, layers: [arn('core', 2)] }));
  const mixed = layerPolicy(on, ...adopt);
  expect(mixed.code).toBe(4);
  expect(mixed.stderr).toContain(`acme-core-user-dev: ${arn('core', 2)}`);
  expect(mixed.stderr).toContain(`acme-extra-user-dev: ${arn('core', 1)}`);
  done(on, ...adopt, 'extra');
});

it('what somebody attached since supersedes what is recorded, which stays the way back', () => {
  const on = unrecorded();
  done(on, ...adopt);
  raise(on, '1.1.0', 'two');
  done(on, 'release', 'core', '--env', 'dev', '--yes', '--no-tag');
  on.git('reset', '-q', '--hard', 'HEAD~');
  done(on, ...adopt);
  expect(manifest(on)).toMatchObject({
    ...{ version: '1.1.0', git_sha: on.head('HEAD~') },
    environments: { dev: { version: '1.1.0', arn: arn('core', 2), previous: { version: '1.0.0', arn: arn('core') } } },
  });
  // Of a commit that this history does not have, nothing is recorded.
  const lost = unrecorded();
  done(lost, ...adopt);
  raise(lost, '1.1.0', 'two');
  done(lost, 'release', 'core', '--env', 'dev', '--yes', '--no-tag');
  lost.git('reset', '-q', '--hard', 'HEAD~2');
  const refused = layerPolicy(lost, ...adopt);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('manifest-truth');
});

it('takes for what runs what an alias leads to, whatever $LATEST has', () => {
  const on = governed();
  const policy = JSON.parse(on.read('.layerpolicyrc.json'));
  for (const one of Object.values(policy.functions)) Object.assign(one as object, { alias: 'live' });
  on.commit('aliases', { '.layerpolicyrc.json': JSON.stringify(policy) });
  const head = on.head();
  done(on, 'release', '--all', '--env', 'dev', '--yes', '--no-tag');
  on.git('reset', '-q', '--hard', head);
  const folder = join(registry(on), 'dev/functions/acme-core-user-dev');
  const newest = runs(on, 'dev').changes;
  const state = JSON.parse(readFileSync(join(folder, `${newest}.json`), 'utf8'));
  writeFileSync(join(folder, `${newest + 1}.json`), JSON.stringify({ ...state, layers: [arn('core', 7)] }));
  done(on, ...adopt);
  expect(manifest(on).aws_arn_dev).toBe(arn('core'));
});

it('says which layer versions are gone, and records the others', () => {
  const on = unrecorded();
  const versions = join(registry(on), 'dev/versions/acme-core-dev');
  renameSync(join(versions, '1.json'), join(versions, '1.gone'));
  const { notices } = done(on, ...adopt) as unknown as { notices: string[] };
  expect(notices.join()).toContain(`core: ${arn('core')} is run, and is gone`);
  expect(manifest(on, 'extra').aws_arn_dev).toBe(arn('extra'));
  expect(failed(on, 'arn', 'core', '--env', 'dev')).toEqual([3, 'arn-unrecorded']);
});

it('makes a plan to review, and refuses it when the world moved', () => {
  const on = unrecorded();
  done(on, 'init', '--adopt', '--env', 'dev', '--plan-out', 'adopt.json');
  on.commit('else', { 'README.md': 'x\n' });
  expect(failed(on, 'init', '--adopt', '--plan', 'adopt.json', '--yes')).toEqual([4, 'plan-stale']);
  done(on, 'init', '--adopt', '--env', 'dev', '--plan-out', 'adopt.json');
  done(on, 'init', '--adopt', '--plan', 'adopt.json', '--yes');
  expect(manifest(on).aws_arn_dev).toBe(arn('core'));
});

it('leaves the record in the work tree with --no-commit', () => {
  const on = unrecorded();
  const head = on.head();
  done(on, ...adopt, '--no-commit');
  expect(on.head()).toBe(head);
  expect(JSON.parse(on.read('layer_management/active/core/manifest.json')).aws_arn_dev).toBe(arn('core'));
});

it('a commit that was recorded cannot be forgotten by hand', () => {
  const on = unrecorded();
  done(on, ...adopt);
  on.branch('topic');
  const text = JSON.stringify({ ...manifest(on), git_sha: null }, null, 2);
  on.commit('forget', { 'layer_management/active/core/manifest.json': `${text}\n` });
  const result = layerPolicy(on, 'check', '--from', 'develop', '--json');
  expect(result.code).toBe(1);
  const { findings } = result.json() as { findings: { rule: string; message: string }[] };
  expect(findings.map(({ rule }) => rule)).toContain('manifest-truth');
  expect(findings.map(({ message }) => message).join()).toContain('git_sha of 1.0.0 is null');
});
