import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import type { Repo } from '../kit/repo.js';
import { halfway } from '../plan/story.js';
import { error, nothing, recorded, release, untouched, versions } from './releasing.js';

describe('refused before anything is published', () => {
  const cases: [what: string, act: (r: Repo) => void, args: string[], error: string, exit: number][] = [
    ['a detached HEAD', (r) => r.git('switch', '-q', '--detach'), [], 'branch-detached', 4],
    ['nobody to commit as', (r) => r.git('config', '--unset', 'user.email'), [], 'git-identity', 4],
    [
      'a key that does not sign',
      (r) => {
        r.git('config', 'tag.gpgSign', 'true');
        r.git('config', 'gpg.format', 'ssh');
        r.git('config', 'user.signingKey', '/nowhere');
      },
      [],
      'git-signing',
      4,
    ],
    [
      'a manifest somebody began',
      (r) => r.write({ 'layer_management/active/core/manifest.json': '{}\n' }),
      [],
      'record-dirty',
      4,
    ],
    [
      'a README somebody staged',
      (r) => r.stage({ 'layer_management/active/core/README.md': 'mine\n' }),
      [],
      'record-dirty',
      4,
    ],
    [
      'the tag on another commit',
      (r) => r.commit('x', { 'x.txt': 'x' }).git('tag', '-a', '-m', 'x', 'core-v1.0.0'),
      [],
      'tag-taken',
      4,
    ],
    ['an environment of AWS without credentials', () => {}, ['--env', 'dev'], 'aws-credentials', 4],
    ['an environment that is not declared', () => {}, ['--env', 'prod'], 'unknown-name', 2],
    ['a layer that is not declared', () => {}, ['cor'], 'unknown-name', 2],
    ['names and --all', () => {}, ['core', '--all'], 'usage', 2],
    [
      'native code where the policy forbids it',
      (r) => r.commit('so', { 'src/core/fast.so': 'ELF' }),
      [],
      'artefact-refused',
      3,
    ],
    ['a lock held by a living run', (r) => r.write({ '.git/layer-policy/lock': claim(process.pid) }), [], 'locked', 6],
  ];
  it.each(cases)('%s', (_, act, args, wanted, exit) => {
    const r = halfway();
    act(r);
    const tags = r.git('tag');
    const result = recorded(r, ...args, '--json');
    expect([result.code, error(result)]).toEqual([exit, wanted]);
    expect([versions(r), r.exists('.build/registry'), r.git('tag')]).toEqual([[], false, tags]);
  });

  it('by the policy, with its report', () => {
    const r = halfway().commit('bad', { 'core_layer_arn.txt': 'arn\n' });
    const { code, stdout } = recorded(r);
    expect(code).toBe(1);
    expect(stdout).toContain('no-root-arn');
    expect(stdout).toContain('Not released');
    expect(untouched(r)).toEqual(nothing);
    expect(JSON.parse(recorded(r, '--json').stdout)).toMatchObject({ ok: false, gate: { counts: { error: 1 } } });
  });

  it('by what the rules say to what was built, with all of it', () => {
    const key = `AK${'IA'}Q3EGRTW5SZ7HJ2LM`;
    const r = halfway().commit('bad', { 'src/core/fast.so': 'ELF', 'src/core/s3.py': `KEY = '${key}'\n` });
    for (const how of [[], ['--dry-run']]) {
      const { code, stdout, stderr } = recorded(r, ...how);
      expect([code, stderr]).toEqual([3, '']);
      expect(stdout).toContain('.build/layers/core-1.0.0.zip\n');
      expect(stdout).toContain('native code: python/core/fast.so');
      expect(stdout).toContain('a secret: python/core/s3.py: an AWS access key id');
      expect(stdout).not.toContain(key.slice(4));
      expect(stdout).toContain('Not released');
      expect(untouched(r)).toEqual(nothing);
      const document = recorded(r, ...how, '--json').stdout;
      expect(document).not.toContain(key.slice(4));
      expect(JSON.parse(document)).toMatchObject({
        ok: false,
        error: { code: 'artefact-refused' },
        validation: { counts: { error: 2 }, findings: [{ layer: 'core' }, { rule: 'artifact-structure' }] },
      });
    }
  });

  it('but not by what the policy waives', () => {
    const r = halfway();
    const policy = JSON.parse(r.read('.layerpolicyrc.json'));
    const waiver = { rule: 'artifact-structure', file: '.build/layers/*', reason: 'agreed', until: '2099-12-31' };
    const files = {
      '.layerpolicyrc.json': JSON.stringify({ ...policy, waivers: [waiver] }),
      'src/core/fast.so': 'ELF',
    };
    expect(release(r.commit('waived', files), 'core').code).toBe(0);
  });

  it('other content under a version that is published', () => {
    const r = halfway();
    release(r, 'core');
    r.commit('changed, not raised', { 'src/core/__init__.py': 'x = 9\n' });
    const result = release(r, 'core', '--json');
    expect([result.code, error(result), versions(r)]).toEqual([3, 'version-taken', ['1.json']]);
  });
});

/** The lock of a process of this machine, whatever its start: this very test's. */
function claim(pid: number): string {
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return `${JSON.stringify({ host: hostname(), boot, pid, started, command: 'release', since: '2026-01-01T00:00:00.000Z' })}\n`;
}
