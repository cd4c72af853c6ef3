import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../kit/temp.js';
import { done, failed, governed, layerPolicy, raise } from './moving.js';

const release = ['release', 'core', '--env', 'dev', '--no-attach', '--push'];

/** With a bare remote that has the branch. */
function shared() {
  const r = governed();
  const origin = tempFolder('origin');
  r.git('init', '-q', '--bare', '-b', 'develop', origin);
  r.git('remote', 'add', 'origin', origin);
  r.git('push', '-q', 'origin', 'develop');
  const there = (...args: string[]) => r.git(`--git-dir=${origin}`, ...args);
  return { r, origin, there };
}

function refusing(origin: string, name = 'pre-receive'): string {
  const hook = join(origin, 'hooks', name);
  mkdirSync(join(origin, 'hooks'), { recursive: true });
  writeFileSync(hook, '#!/bin/sh\necho "not today" >&2\nexit 1\n');
  chmodSync(hook, 0o755);
  return hook;
}

describe('--push', () => {
  it('brings branch and tags together, when all else is done', () => {
    const { r, there } = shared();
    const { steps } = done(r, ...release);
    expect(steps.slice(-3)).toMatchObject([{ kind: 'record' }, { kind: 'tag' }, { kind: 'push', state: 'done' }]);
    expect(there('rev-parse', 'develop')).toBe(r.head());
    expect(there('tag')).toBe('core-v1.0.0');
    expect(layerPolicy(r, ...release).stdout + layerPolicy(r, ...release).stderr).toContain('Nothing to do');
  });

  it('refused by the remote: exit 4 with the command, nothing lost, and resume goes on', () => {
    const { r, origin, there } = shared();
    const hook = refusing(origin);
    const before = there('rev-parse', 'develop');
    const result = layerPolicy(r, ...release);
    expect(result.code).toBe(4);
    expect(result.stderr).toMatch(/not today/);
    expect(result.stderr).toContain('git push --atomic origin refs/heads/develop refs/tags/core-v1.0.0');
    expect([there('rev-parse', 'develop'), there('tag')]).toEqual([before, '']);
    expect(r.git('tag')).toBe('core-v1.0.0');
    expect(failed(r, 'release', 'extra', '--env', 'dev')[1]).toBe('incomplete');
    chmodSync(hook, 0o644);
    expect(layerPolicy(r, 'resume').code).toBe(0);
    expect([there('rev-parse', 'develop'), there('tag')]).toEqual([r.head(), 'core-v1.0.0']);
  });

  it('never overwrites what others pushed in between, and does not push twice what was pushed by hand', () => {
    const { r, origin, there } = shared();
    const other = r.clone().commit('theirs', { 'theirs.txt': 'x' });
    other.git('remote', 'set-url', 'origin', origin);
    other.git('push', '-q', 'origin', 'HEAD:develop');
    const theirs = there('rev-parse', 'develop');
    expect(failed(r, ...release)).toEqual([4, 'push-failed']);
    expect([there('rev-parse', 'develop'), there('tag')]).toEqual([theirs, '']);
    r.git('pull', '-q', '--no-rebase', '--no-edit', 'origin', 'develop');
    r.git('push', '-q', '--atomic', 'origin', 'refs/heads/develop', 'refs/tags/core-v1.0.0');
    const resumed = done(r, 'resume') as unknown as { release: { steps: { state: string }[] } };
    expect(resumed.release.steps.map(({ state }) => state)).not.toContain('done');
  });

  it('given up, takes the record back, unless the remote has it', () => {
    const { r, origin, there } = shared();
    refusing(origin);
    const before = r.head();
    layerPolicy(r, ...release);
    const other = r.copy();
    expect(layerPolicy(r, 'abort').code).toBe(0);
    expect(r.head()).toBe(before);
    other.git('--git-dir', origin, 'fetch', '-q', other.dir, '+develop:develop');
    expect(there('rev-parse', 'develop')).toBe(other.head());
    const after = other.head();
    expect(layerPolicy(other, 'abort').code).toBe(0);
    expect(other.head()).toBe(after);
  });

  it('runs the hooks of a push', () => {
    const { r } = shared();
    refusing(join(r.dir, '.git'), 'pre-push');
    expect(failed(r, ...release)).toEqual([4, 'push-failed']);
  });

  it('asks for the remote before anything is written', () => {
    const r = governed();
    expect(failed(r, ...release)).toEqual([2, 'push-nowhere']);
    r.git('remote', 'add', 'origin', 'https://user:canary@127.0.0.1:1/x.git');
    const result = layerPolicy(r, ...release);
    expect([result.code, r.exists('.build/registry'), r.git('tag')]).toEqual([4, false, '']);
    expect(result.stderr + result.stdout).not.toContain('canary');
    expect(failed(r, ...release, '--no-commit')).toEqual([2, 'usage']);
    expect(failed(r, 'release', 'core', '--env', 'local', '--push')).toEqual([2, 'usage']);
  });

  it('of a promotion, a rollback and an archive as well', () => {
    const { r, there } = shared();
    const tip = () => expect(there('rev-parse', 'develop')).toBe(r.head());
    done(r, ...release);
    done(r, 'promote', '--from', 'dev', '--to', 'stage', 'core', '--no-attach', '--push');
    tip();
    raise(r, '1.1.0', 'two');
    done(r, ...release);
    done(r, 'rollback', 'core', '--env', 'dev', '--no-attach', '--push');
    tip();
    r.commit('old', { 'layer_management/archive/2020-01/core-0.1.0.zip': 'x' });
    done(r, 'archive', '--older-than', '90', '--to', tempFolder('kept'), '--yes', '--push');
    tip();
  });
});
