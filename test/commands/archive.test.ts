import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repo } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';
import { done, failed, governed, layerPolicy, raise } from './moving.js';

const archive = 'layer_management/archive';
const month = new Date().toISOString().slice(0, 7);
const months = { [`${archive}/2020-01/extra-0.1.0.zip`]: 'one', [`${archive}/2020-02/extra-0.2.0.zip`]: 'two' };
const recent = { [`${archive}/${month}/extra-0.3.0.zip`]: 'three' };

const withMonths = () => governed().commit('months', { ...months, ...recent });
const tree = (on: ReturnType<typeof repo>) => on.git('ls-tree', '-r', '--name-only', 'HEAD', `${archive}/`).split('\n');
const move = (to: string, ...args: string[]) => ['archive', '--older-than', '90', '--to', to, '--yes', ...args];

describe('archive', () => {
  it('copies old months out, then removes them in one commit, work tree and index included', () => {
    const r = withMonths();
    r.stage({ 'staged.txt': 'mine\n' });
    const to = tempFolder('kept');
    const before = r.head();
    const { steps, record } = done(r, ...move(to)) as unknown as { steps: object[]; record: string };
    expect(steps).toMatchObject([
      { kind: 'store-archive', state: 'done' },
      { kind: 'store-archive', state: 'done' },
      { kind: 'record', state: 'done' },
    ]);
    expect(readFileSync(join(to, '2020-01/extra-0.1.0.zip'), 'utf8')).toBe('one');
    expect(readFileSync(join(to, '2020-02/extra-0.2.0.zip'), 'utf8')).toBe('two');
    expect([tree(r), r.head(), r.head('HEAD^')]).toEqual([Object.keys(recent), record, before]);
    expect(r.git('log', '-1', '--format=%B')).toMatch(/^archive: 2020-01, 2020-02 moved to /);
    expect([r.git('status', '--porcelain'), r.exists(`${archive}/2020-01`)]).toEqual(['A  staged.txt', false]);
    expect(layerPolicy(r, ...move(to)).stderr + layerPolicy(r, ...move(to)).stdout).toContain(
      'Nothing to do: no month',
    );
    expect(r.head()).toBe(record);
  });

  it('counts days as archive-age does', () => {
    const r = repo().commit('init', {
      '.layerpolicyrc.json': JSON.stringify({ layers: {} }),
      [`${archive}/2020-01/a-1.0.0.zip`]: 'a',
    });
    const age = Math.floor((Date.now() - Date.UTC(2020, 0, 31)) / 86_400_000);
    const steps = (days: number) =>
      done(r, 'archive', '--older-than', `${days}`, '--to', tempFolder('kept'), '--dry-run').steps.length;
    expect([steps(age), steps(age - 1)]).toEqual([0, 2]);
  });

  it('--dry-run writes nothing; --no-commit leaves the removal to people', () => {
    const r = withMonths();
    const to = tempFolder('kept');
    const before = r.head();
    done(r, ...move(to, '--dry-run'));
    expect([readdirSync(to), r.git('status', '--porcelain'), r.head()]).toEqual([[], '', before]);
    done(r, ...move(to, '--no-commit'));
    expect([readdirSync(to), r.head()]).toEqual([['2020-01', '2020-02'], before]);
    expect(r.git('status', '--porcelain').split('\n')).toHaveLength(2);
  });

  it('asks, and without a terminal needs --yes even for a folder', () => {
    const r = withMonths();
    const args = ['archive', '--older-than', '90', '--to', tempFolder('kept')];
    expect(failed(r, ...args)).toEqual([2, 'needs-yes']);
    expect(tree(r)).toHaveLength(3);
  });

  it('mends what archive-age refuses, though other rules still say no', () => {
    const r = withMonths().commit('bad', { '.build/x': 'x' });
    expect(layerPolicy(r, 'check', '--stage', 'all', '--rule', 'archive-age').code).toBe(1);
    done(r, ...move(tempFolder('kept')));
    expect(layerPolicy(r, 'check', '--stage', 'all', '--rule', 'archive-age').code).toBe(0);
    expect(layerPolicy(r, 'check', '--stage', 'all').code).toBe(1);
  });

  it('goes on where a copy is there already, and overwrites none that differs', () => {
    const r = withMonths();
    const to = tempFolder('kept');
    mkdirSync(join(to, '2020-02'));
    writeFileSync(join(to, '2020-02/extra-0.2.0.zip'), 'other');
    expect(failed(r, ...move(to))).toEqual([3, 'archive-conflict']);
    expect([readFileSync(join(to, '2020-02/extra-0.2.0.zip'), 'utf8'), tree(r).length]).toEqual(['other', 3]);
    writeFileSync(join(to, '2020-02/extra-0.2.0.zip'), 'two');
    done(r, ...move(to));
    expect(tree(r)).toHaveLength(1);
  });

  it('refuses a folder inside the repository, by whatever name', () => {
    const r = withMonths();
    expect(failed(r, ...move(join(r.dir, archive)))).toEqual([2, 'archive-inside']);
    const to = tempFolder('kept');
    symlinkSync(join(r.dir, archive, '2020-01'), join(to, '2020-01'));
    expect(failed(r, ...move(to))).toEqual([2, 'archive-inside']);
    symlinkSync(r.dir, join(to, 'link'));
    expect(failed(r, ...move(join(to, 'link/new/folder')))).toEqual([2, 'archive-inside']);
    expect(tree(r)).toHaveLength(3);
  });

  it('refuses what it could not bring back as it was', () => {
    const refused = (story: Parameters<ReturnType<typeof repo>['commit']>[1], mode?: string) => {
      const r = withMonths().commit('strange', story);
      if (mode !== undefined) r.git('update-index', `--chmod=${mode}`, Object.keys(story ?? {})[0] ?? '');
      if (mode !== undefined) r.git('commit', '-qm', 'mode');
      const to = tempFolder('kept');
      const [code, why] = failed(r, ...move(to));
      return [code, why, readdirSync(to), tree(r).length];
    };
    const none = [3, 'archive-strange', [], 4];
    expect(refused({ [`${archive}/2020-01/a b.zip`]: 'x' })).toEqual(none);
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n';
    expect(refused({ [`${archive}/2020-01/extra-0.1.1.zip`]: pointer })).toEqual(none);
    expect(refused({ [`${archive}/2020-01/extra-0.1.1.zip`]: 'x' }, '+x')).toEqual(none);
    const said = { schema: 1, month: '2020-01', artefacts: { 'extra-0.1.0.zip': entry('extra', '0.1.0') } };
    expect(refused({ [`${archive}/2020-01/manifest.json`]: JSON.stringify(said) })).toEqual(none);
  });

  it('asks for what the original scripts recorded in the target of its account and region alone', () => {
    const r = governed();
    const policy = JSON.parse(r.read('.layerpolicyrc.json'));
    const targets = { eu: { region: 'eu-west-3' }, us: { region: 'us-east-1' } };
    policy.environments = { prod: { target: 'aws', account: '123456789012', targets } };
    const recorded = { ...{ layer_name: 'acme-core-prod', version: '0.1.0' }, git_sha: null, build_date: null };
    const arn = 'arn:aws:lambda:us-east-1:123456789012:layer:acme-core-prod:7';
    r.commit('as it was', {
      '.layerpolicyrc.json': JSON.stringify(policy),
      'layer_management/active/core/manifest.json': JSON.stringify({ ...recorded, size_mb: null, aws_arn_prod: arn }),
      [`${archive}/2020-01/core-0.1.0.zip`]: 'one',
    });
    // Without a bucket nobody can be asked, so whoever would be is named.
    const { code, stderr } = layerPolicy(r, ...move(tempFolder('kept')));
    expect([code, stderr]).toEqual([2, expect.stringContaining("'prod/us'")]);
  });

  it('refuses the only copy of what an environment would go back to', () => {
    const r = governed();
    done(r, 'release', 'core', '--env', 'dev', '--no-attach');
    raise(r, '1.1.0', 'two');
    done(r, 'release', 'core', '--env', 'dev', '--no-attach');
    // Superseded this month; as if it had been long ago.
    r.git('mv', `${archive}/${month}`, `${archive}/2020-01`);
    r.commit('long ago');
    const to = tempFolder('kept');
    const stored = '.build/registry/dev/objects/layers/core-1.0.0.zip.json';
    const kept = r.read(stored);
    r.remove(stored);
    expect(failed(r, ...move(to))).toEqual([3, 'archive-referenced']);
    expect(readdirSync(to)).toEqual([]);
    r.write({ [stored]: kept });
    done(r, ...move(to));
    expect(readdirSync(join(to, '2020-01'))).toEqual(['core-1.0.0.zip', 'manifest.json']);
    expect(r.exists(`${archive}/2020-01`)).toBe(false);
    // What was archived is gone back to all the same.
    done(r, 'rollback', 'core', '--env', 'dev', '--no-attach');
    expect(JSON.parse(r.git('show', 'HEAD:layer_management/active/core/manifest.json')).environments.dev.version).toBe(
      '1.0.0',
    );
  });

  it('says where it could go when nowhere is named', () => {
    expect(failed(withMonths(), 'archive', '--older-than', '90')).toEqual([2, 'archive-nowhere']);
    expect(failed(withMonths(), 'archive')).toEqual([2, 'usage']);
    expect(failed(withMonths(), 'archive', '--older-than', 'ninety', '--to', '/tmp')).toEqual([2, 'usage']);
  });

  it('runs a saved plan, and not one whose months changed', () => {
    const r = withMonths();
    const to = tempFolder('kept');
    const file = join(tempFolder('plan'), 'plan.json');
    done(r, 'archive', '--older-than', '90', '--to', to, '--plan-out', file);
    const other = r.copy().commit('more', { [`${archive}/2020-03/extra-0.2.1.zip`]: 'x' });
    expect(failed(other, 'archive', '--plan', file, '--yes')).toEqual([4, 'plan-stale']);
    done(r, 'archive', '--plan', file, '--yes');
    expect([tree(r).length, existsSync(join(to, '2020-02'))]).toEqual([1, true]);
  });
});

function entry(name: string, version: string) {
  return {
    ...{
      name,
      version,
      sha256: 'a'.repeat(64),
      size_bytes: 3,
      git_sha: 'b'.repeat(40),
      build_date: '2020-01-01T00:00:00Z',
    },
    ...{ superseded_by: '9.0.0', archived_at: '2020-01-01T00:00:00.000Z', arns: {} },
  };
}
