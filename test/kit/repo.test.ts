import { lstatSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exec, repo, symlink } from './repo.js';

describe('repo', () => {
  it('gives the same object names for the same story', () => {
    const story = () =>
      repo().commit('init', { VERSION: 'A=1.0.0\n' }).branch('f').commit('more', { 'a/b.txt': 'x\n' });
    const first = story();
    expect(first.head()).toBe(story().head());
    expect(first.git('log', '--format=%cI %an', '--reverse')).toBe(
      '2026-01-15T12:00:00Z Kit\n2026-01-15T12:01:00Z Kit'.replaceAll('Z', '+00:00'),
    );
  });

  it('keeps executables, symlinks, bytes and odd names as git sees them', () => {
    const r = repo().commit('init', {
      'run.sh': exec('#!/bin/sh\n'),
      link: symlink('nowhere'),
      '-rf *\n"é': 'x',
      'raw.bin': Uint8Array.of(0, 255),
      ':(top)': 'magic',
    });
    const modes = r.git('-c', 'core.quotePath=false', 'ls-tree', '-r', '-z', 'HEAD').split('\0').filter(Boolean);
    expect(modes.map((line) => [line.slice(0, 6), line.slice(line.indexOf('\t') + 1)])).toEqual([
      ['100644', '-rf *\n"é'],
      ['100644', ':(top)'],
      ['120000', 'link'],
      ['100644', 'raw.bin'],
      ['100755', 'run.sh'],
    ]);
    expect(readlinkSync(join(r.dir, 'link'))).toBe('nowhere');
    r.commit('other kinds', { link: 'a file now', 'run.sh': 'plain' });
    expect(lstatSync(join(r.dir, 'link')).isFile()).toBe(true);
    expect(r.git('ls-tree', 'HEAD', 'run.sh')).toMatch(/^100644 /);
  });

  it('stages deletions, ignored files and nothing else', () => {
    const r = repo().commit('init', { '.gitignore': 'dist/\n', a: '1', b: '2' });
    r.write({ b: 'unstaged' }).stage({ a: null, 'dist/x': 'forced' });
    expect(r.git('diff', '--cached', '--name-status')).toBe('D\ta\nA\tdist/x');
    expect(r.git('diff', '--name-only')).toBe('b');
    expect(r.remove('b').exists('b')).toBe(false);
  });

  it('runs the hooks of a commit and reports what refuses', () => {
    const r = repo().write({ '.git/hooks/pre-commit': exec('#!/bin/sh\necho no way >&2\nexit 1\n') });
    expect(() => r.commit('init', { a: '1' })).toThrow(/no way/);
    expect(r.tryGit('commit', '-m', 'x')).toMatchObject({ code: 1, stderr: expect.stringContaining('no way') });
    expect(r.remove('.git/hooks/pre-commit').commit('later').git('log', '--format=%s')).toBe('later');
  });

  it('clones shallow and partial, opens worktrees, speaks SHA-256', () => {
    const r = repo({ objectFormat: 'sha256' }).commit('one', { a: '1' }).commit('two', { a: '2' });
    expect(r.head()).toMatch(/^[0-9a-f]{64}$/);
    const shallow = r.clone('--depth', '1');
    expect(shallow.git('rev-list', '--count', 'HEAD')).toBe('1');
    const tree = r.worktree('side').commit('three', { b: '3' });
    expect(r.git('log', '--format=%s', 'side')).toBe('three\ntwo\none');
    expect(tree.git('rev-parse', '--show-toplevel')).toBe(tree.dir);
    expect(r.clone('--bare').git('rev-parse', '--is-bare-repository')).toBe('true');
  });

  it('is not touched by the variables of who runs the tests', () => {
    process.env.GIT_DIR = '/nowhere';
    try {
      expect(repo().commit('init', { a: '1' }).git('ls-files')).toBe('a');
    } finally {
      delete process.env.GIT_DIR;
    }
  });

  it('copies what is committed, staged and neither, and shares nothing with the copy', () => {
    const r = repo()
      .commit('init', { a: '1', link: symlink('nowhere') })
      .stage({ b: '1' })
      .write({ a: '2' });
    const copy = r.copy();
    expect(copy.git('status', '--porcelain')).toBe(' M a\nA  b');
    expect(readlinkSync(join(copy.dir, 'link'))).toBe('nowhere');
    copy.commit('more');
    expect(r.git('log', '--format=%s')).toBe('init');
    expect(r.commit('more').head()).toBe(copy.head());
  });

  it('merges, and takes the date it is told', () => {
    const r = repo().commit('init', { a: '1' }).branch('f').commit('f', { b: '1' }).branch('develop');
    r.commit('d', { c: '1' }).at('2026-03-01T00:00:00Z').merge('f');
    expect(r.git('log', '-1', '--format=%P').split(' ')).toHaveLength(2);
    expect(r.git('log', '-1', '--format=%ct')).toBe(String(Date.parse('2026-03-01T00:00:00Z') / 1000));
  });
});
