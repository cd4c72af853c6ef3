import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { footprint, halfway, raised } from '../plan/story.js';
import { manifest, recorded, release, untouched, versions } from './releasing.js';

describe('release --record', () => {
  it('publishes, records in one commit, tags, and ends with the checklist', () => {
    const r = halfway();
    const source = r.head();
    const { code, stdout } = recorded(r, 'core');
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => /^ {2}[✔✖–] .* {2}\S/.test(line))).toHaveLength(11);
    expect(r.git('log', '--format=%s')).toBe('release: core 1.0.0 (local)\ninit');
    expect(r.git('diff-tree', '-r', '--name-only', '--no-commit-id', 'HEAD').split('\n')).toEqual([
      'layer_management/active/core/README.md',
      'layer_management/active/core/manifest.json',
    ]);
    expect(r.head('core-v1.0.0')).toBe(source);
    expect(r.git('for-each-ref', '--format=%(objecttype) %(contents)', 'refs/tags')).toMatch(
      /^tag core 1\.0\.0\n\nsha256:[0-9a-f]{64}\nenvironment:local/,
    );
    expect(versions(r)).toEqual(['1.json']);
    expect(r.git('status', '--porcelain')).toBe('');
    expect(run(r.dir, ['check', '--stage', 'release'], { env: r.env }).code).toBe(0);
  });

  it('writes the manifest in the order everybody knows', () => {
    const r = halfway();
    const source = r.head();
    expect(recorded(r, 'core').code).toBe(0);
    const arn = 'arn:aws:lambda:local:000000000000:layer:core-local:1';
    const built = JSON.parse(r.read('.build/layers/manifest.json')).layers.core;
    const found = manifest(r);
    expect(found).toEqual({
      layer_name: 'core-dev',
      version: '1.0.0',
      git_sha: source,
      git_tag: 'core-v1.0.0',
      git_branch: 'develop',
      build_date: '2026-01-15T12:00:00Z',
      build_user: found.build_user,
      aws_arn_dev: null,
      aws_arn_local: arn,
      size_mb: 0,
      dependencies: {},
      source_path: 'src/core/',
      compatible_runtimes: ['python3.11', 'python3.12'],
      notes: null,
      sha256: built.sha256,
      content_digest: built.content_digest,
      size_bytes: built.size_bytes,
      compatible_architectures: ['x86_64'],
      environments: {
        local: {
          version: '1.0.0',
          arn,
          sha256: built.sha256,
          git_sha: source,
          published_at: found.environments.local.published_at,
          previous: null,
        },
      },
    });
    const order =
      'layer_name version git_sha git_tag git_branch build_date build_user aws_arn_dev aws_arn_local size_mb dependencies source_path compatible_runtimes notes sha256 content_digest size_bytes compatible_architectures environments';
    expect(Object.keys(found)).toEqual(order.split(' '));
    expect(r.read('layer_management/active/core/manifest.json')).toBe(`${JSON.stringify(found, null, 2)}\n`);
  });

  it('archives what it supersedes, byte by byte, and names it as previous', () => {
    const r = halfway();
    expect(recorded(r).code).toBe(0);
    const first = readFileSync(join(r.dir, '.build/layers/core-1.0.0.zip'));
    raised(r);
    const before = [r.git('diff', '--cached'), r.git('diff'), r.git('status', '--porcelain')];
    const { code, stdout } = recorded(r, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).released.map(({ name }: { name: string }) => name)).toEqual(['core']);
    const month = new Date().toISOString().slice(0, 7);
    expect(readFileSync(join(r.dir, `layer_management/archive/${month}/core-1.0.0.zip`))).toEqual(first);
    const archive = JSON.parse(r.read(`layer_management/archive/${month}/manifest.json`));
    expect(archive.artefacts['core-1.0.0.zip']).toMatchObject({
      version: '1.0.0',
      superseded_by: '1.1.0',
      size_bytes: first.length,
    });
    expect(manifest(r).environments.local.previous).toEqual({
      version: '1.0.0',
      arn: 'arn:aws:lambda:local:000000000000:layer:core-local:1',
    });
    expect([r.git('diff', '--cached'), r.git('diff'), r.git('status', '--porcelain')]).toEqual(before);
  });

  it('adds to a month that has something already', () => {
    const r = halfway();
    recorded(r);
    raised(r).commit('rest');
    recorded(r);
    r.commit('extra 0.2.0', { VERSION: 'CORE=1.1.0\nEXTRA=0.2.0\n', 'src/extra/__init__.py': 'y = 2\n' });
    expect(recorded(r).code).toBe(0);
    const month = new Date().toISOString().slice(0, 7);
    const { artefacts } = JSON.parse(r.read(`layer_management/archive/${month}/manifest.json`));
    expect(Object.keys(artefacts)).toEqual(['core-1.0.0.zip', 'extra-0.1.0.zip']);
  });

  it('finds the superseded zip by building its commit again when .build/ is gone', () => {
    const r = halfway();
    recorded(r);
    const first = readFileSync(join(r.dir, '.build/layers/core-1.0.0.zip'));
    raised(r);
    rmSync(join(r.dir, '.build'), { recursive: true });
    expect(recorded(r, 'core').code).toBe(0);
    const month = new Date().toISOString().slice(0, 7);
    expect(readFileSync(join(r.dir, `layer_management/archive/${month}/core-1.0.0.zip`))).toEqual(first);
  });

  it('a second time does nothing', () => {
    const r = halfway();
    recorded(r);
    const before = footprint(r);
    const { code, stdout } = recorded(r);
    expect([code, stdout]).toEqual([0, '✔ Nothing to do: core 1.0.0, extra 0.1.0 is released to local already.\n']);
    expect(footprint(r)).toEqual(before);
  });

  it('adopts what a rehearsal published, and makes good a lost tag', () => {
    const r = halfway();
    release(r);
    expect(recorded(r).code).toBe(0);
    expect(versions(r)).toEqual(['1.json']);
    const head = r.head();
    r.git('tag', '-d', 'core-v1.0.0');
    expect(recorded(r).code).toBe(0);
    expect([r.git('tag'), r.head(), versions(r)]).toEqual(['core-v1.0.0\nextra-v0.1.0', head, ['1.json']]);
  });

  it('makes the registry anew when it was deleted', () => {
    const r = halfway();
    recorded(r);
    rmSync(join(r.dir, '.build'), { recursive: true });
    expect(recorded(r).code).toBe(0);
    expect(versions(r)).toEqual(['1.json']);
    expect(run(r.dir, ['status'], { env: r.env }).code).toBe(0);
  });

  it('works in a linked worktree', () => {
    const r = halfway().worktree('side');
    expect(recorded(r).code).toBe(0);
    expect(r.git('log', '-1', '--format=%s')).toBe('release: core 1.0.0, extra 0.1.0 (local)');
    expect(r.git('status', '--porcelain')).toBe('');
  });
});

describe('a rehearsal', () => {
  it('fills the registry and .build/, and leaves git alone', () => {
    const r = halfway();
    const before = [r.git('for-each-ref'), r.git('status', '--porcelain')];
    const { code, stdout } = release(r);
    expect(code).toBe(0);
    expect(stdout).toContain('A rehearsal');
    expect([r.git('for-each-ref'), r.git('status', '--porcelain')]).toEqual(before);
    expect([versions(r), r.exists('.build/layers/core-1.0.0.zip'), r.exists('layer_management')]).toEqual([
      ['1.json'],
      true,
      false,
    ]);
  });

  it('a dry run writes nothing at all', () => {
    const r = halfway();
    const before = footprint(r);
    const { code, stdout } = recorded(r, '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('○ publish core 1.0.0 to local as core-local');
    expect(footprint(r)).toEqual(before);
    expect(untouched(r)[1]).toBe(false);
  });
});
