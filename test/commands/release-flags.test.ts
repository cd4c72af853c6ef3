import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import type { Repo } from '../kit/repo.js';
import { halfway } from '../plan/story.js';
import { error, manifest, nothing, recorded, release, untouched, versions } from './releasing.js';

describe('flags', () => {
  it('--no-tag makes none, and says so in the manifest', () => {
    const r = halfway();
    expect(recorded(r, '--no-tag').code).toBe(0);
    expect([r.git('tag'), manifest(r).git_tag]).toEqual(['', null]);
    expect(recorded(r, '--no-tag').stdout).toContain('Nothing to do');
  });

  it('--no-commit leaves the record in the work tree, also on a detached HEAD, and twice is as once', () => {
    const r = halfway();
    r.git('switch', '-q', '--detach');
    const head = r.head();
    expect(recorded(r, '--no-commit').code).toBe(0);
    expect([r.head(), manifest(r).version, r.git('diff', '--cached')]).toEqual([head, '1.0.0', '']);
    const again = recorded(r, '--no-commit');
    expect([again.code, versions(r)]).toEqual([0, ['1.json']]);
    r.commit('by hand', { 'layer_management/.keep': '' }).git('add', '-A');
    r.commit('the record');
    expect(recorded(r, '--no-commit').stdout).toContain('Nothing to do');
  });

  it('a name with a version is refused with what brings that version there', () => {
    const result = release(halfway(), 'core@1.0.0');
    expect([result.code, result.stderr]).toEqual([
      2,
      expect.stringMatching(/layer-policy deploy core@1\.0\.0 --env local\..*layer-policy bump core 1\.0\.0/),
    ]);
  });

  it('what is not committed is not released, and that is said', () => {
    const r = halfway();
    expect(recorded(r).stdout).not.toContain('uncommitted');
    r.write({ 'src/core/__init__.py': 'x = 3\n', 'src/core/new.py': '', 'notes.txt': 'no source\n' });
    expect(recorded(r).stdout).toMatch(
      /commit [0-9a-f]{12} is what is released; uncommitted changes are not seen: src\/core\/__init__\.py, src\/core\/new\.py\n.*Nothing to do/,
    );
    r.write({ VERSION: 'CORE=2.0.0\nEXTRA=0.1.0\n' });
    expect(recorded(r, 'extra').stdout).toContain('not seen: VERSION\n');
  });

  it('--plan runs what --plan-out saved', () => {
    const r = halfway();
    const plan = join(r.dir, '..', `plan-${Date.now()}.json`);
    expect(recorded(r, '--plan-out', plan).code).toBe(0);
    expect(untouched(r)).toEqual(nothing);
    expect(run(r.dir, ['release', '--plan', plan], { env: r.env }).code).toBe(0);
    expect([versions(r), r.git('tag')]).toEqual([['1.json'], 'core-v1.0.0\nextra-v0.1.0']);
  });

  it.each<[string, (r: Repo, plan: string) => void]>([
    ['HEAD moved', (r) => r.commit('x', { 'x.txt': 'x' })],
    ['the registry has something new', (r) => release(r, 'core')],
    [
      'somebody edited the file',
      (_, plan) => writeFileSync(plan, readFileSync(plan, 'utf8').replaceAll('core-v1.0.0', 'core-v6.6.6')),
    ],
  ])('--plan is refused when %s', (what, act) => {
    const r = halfway();
    const plan = join(r.dir, '..', `plan-${Date.now()}-${Math.random()}.json`);
    recorded(r, '--plan-out', plan);
    act(r, plan);
    const result = run(r.dir, ['release', '--plan', plan, '--json'], { env: r.env });
    // The registry is no part of the plan: whatever is there is adopted.
    expect([result.code, result.code === 0 || error(result)]).toEqual(
      what.startsWith('the registry') ? [0, true] : [4, 'plan-stale'],
    );
    expect(r.git('tag').includes('6.6.6')).toBe(false);
  });
});

describe('an environment of its own in a folder', () => {
  const withStages = () => {
    const r = halfway();
    const policy = JSON.parse(r.read('.layerpolicyrc.json'));
    policy.environments = { qa: { target: 'local' }, live: { target: 'local', promoteFrom: 'qa' } };
    return r.commit('stages', { '.layerpolicyrc.json': JSON.stringify(policy) });
  };

  it('records without being told', () => {
    const r = withStages();
    expect(run(r.dir, ['release', 'core', '--env', 'qa'], { env: r.env }).code).toBe(0);
    expect(manifest(r)).toMatchObject({
      layer_name: 'core-qa',
      aws_arn_qa: 'arn:aws:lambda:local:000000000000:layer:core-qa:1',
    });
    expect(recorded(r, 'core').code).toBe(0);
    expect(Object.keys(manifest(r).environments)).toEqual(['qa', 'local']);
  });

  it('that takes promoted artefacts takes no release', () => {
    const r = withStages();
    const result = run(r.dir, ['release', '--env', 'live', '--json'], { env: r.env });
    expect([result.code, error(result)]).toEqual([2, 'promote-only']);
  });
});
