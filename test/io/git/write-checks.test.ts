import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Repo } from '../../kit/repo.js';
import { exec, repo, symlink } from '../../kit/repo.js';
import { tempFolder } from '../../kit/temp.js';
import { bytes, codeOf, manifest, paths, recordOn, story, writer, zip } from './writing.js';

describe('changed', () => {
  it('nothing, when index and work tree are as HEAD has them', async () => {
    expect(await writer(story()).changed(paths)).toEqual([]);
  });

  const dirt: [what: string, act: (r: Repo) => void, dirty: string[]][] = [
    ['an unstaged change', (r) => r.write({ [manifest]: 'mine\n' }), [manifest]],
    [
      'a staged change, taken back on disk',
      (r) => r.stage({ [manifest]: 'mine\n' }).write({ [manifest]: 'old\n' }),
      [manifest],
    ],
    ['an untracked file', (r) => r.write({ [zip]: 'x' }), [zip]],
    ['an ignored file', (r) => r.write({ '.git/info/exclude': '*.zip\n', [zip]: 'x' }), [zip]],
    ['a file removed', (r) => r.remove(manifest), [manifest]],
    ['a file staged for removal', (r) => r.git('rm', '-q', '--cached', manifest), [manifest]],
    [
      'intent to add',
      (r) => {
        r.write({ [zip]: 'x' });
        r.git('add', '-fN', zip);
      },
      [zip],
    ],
    [
      'assume-unchanged',
      (r) => {
        r.git('update-index', '--assume-unchanged', manifest);
        r.write({ [manifest]: 'mine\n' });
      },
      [manifest],
    ],
    [
      'skip-worktree',
      (r) => {
        r.git('update-index', '--skip-worktree', manifest);
        r.write({ [manifest]: 'mine\n' });
      },
      [manifest],
    ],
    ['a folder in its place', (r) => mkdirSync(join(r.dir, zip), { recursive: true }), [zip]],
    ['a link in its place', (r) => r.remove(manifest).write({ [manifest]: symlink('/etc/hostname') }), [manifest]],
    ['a file where a folder has to be', (r) => r.write({ 'layer_management/archive': 'x' }), [zip]],
  ];
  it.each(dirt)('%s', async (_, act, dirty) => {
    const r = story();
    act(r);
    expect(await writer(r).changed(paths)).toEqual(dirty);
  });

  it('a folder that is a link to elsewhere', async () => {
    const r = story();
    const elsewhere = join(r.dir, '..', `elsewhere-${Date.now()}`);
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, join(r.dir, 'layer_management/archive'));
    expect(await writer(r).changed(paths)).toEqual([zip]);
  });

  it('line ends that core.autocrlf has put there are no change', async () => {
    const r = story();
    r.git('config', 'core.autocrlf', 'true');
    r.write({ [manifest]: 'old\r\n' });
    expect(await writer(r).changed(paths)).toEqual([]);
  });

  it('other paths do not matter, whatever their state', async () => {
    const r = story().stage({ 'a.txt': 'staged\n' }).write({ 'layer_management/active/core/README.md': 'mine\n' });
    expect(await writer(r).changed(paths)).toEqual([]);
  });
});

describe('identity, signing and tags', () => {
  it('knows who commits, and does not guess', async () => {
    const r = story();
    expect(await writer(r).identity()).toBe('Kit <kit@example.com>');
    r.git('config', '--unset', 'user.email');
    expect(await codeOf(writer(r).identity())).toBe('git-identity');
    expect(await writer(r, { GIT_AUTHOR_EMAIL: 'a@b.c', GIT_COMMITTER_EMAIL: 'a@b.c' }).identity()).toBe('Kit <a@b.c>');
  });

  it('makes an annotated tag with the date it is given, and never moves one', async () => {
    const r = story();
    const tag = { name: 'core-v1.0.0', target: r.head(), message: 'core 1.0.0\n\nsha256:abc\n', date: 1_768_867_200 };
    await writer(r).tag(tag);
    expect(r.git('for-each-ref', '--format=%(objecttype) %(taggerdate:unix) %(contents)', 'refs/tags')).toBe(
      'tag 1768867200 core 1.0.0\n\nsha256:abc\n',
    );
    r.commit('more', { 'b.txt': 'b\n' });
    expect(await codeOf(writer(r).tag({ ...tag, target: r.head() }))).toBe('git-failed');
    expect(r.head('core-v1.0.0')).toBe(tag.target);
  });

  it.each([
    ['core-v1.0.0', true],
    ['layers/core/1.0.0', true],
    ['a b', false],
    ['a..b', false],
    ['-d', false],
    ['x.lock', false],
    ['a~1', false],
    ['', false],
  ])('the tag name %j: %s', async (name, good) => {
    expect(await writer(story()).isTagName(name)).toBe(good);
  });

  it('tries the key before anything is published, and leaves no object behind', async () => {
    const r = story();
    await writer(r).proveSigning();
    for (const [key, value] of [
      ['tag.gpgSign', 'true'],
      ['gpg.format', 'ssh'],
      ['user.signingKey', join(r.dir, 'no-such-key')],
    ])
      r.git('config', key ?? '', value ?? '');
    const before = r.git('count-objects');
    expect(await codeOf(writer(r).proveSigning())).toBe('git-signing');
    expect(r.git('count-objects')).toBe(before);
  });

  it('tries the key in a folder whose name holds what stands between two folders', async () => {
    const r = oddlyNamed();
    const program = join(r.dir, 'gpg');
    r.write({ gpg: exec("#!/bin/sh\ncat >/dev/null\necho '[GNUPG:] SIG_CREATED ' >&2\necho signed\n") });
    r.git('config', 'gpg.program', program);
    r.git('config', 'commit.gpgSign', 'true');
    await writer(r).proveSigning();
  });
});

describe('tried', () => {
  it.each([
    ['an ordinary folder', story],
    ['one of a name that holds what stands between two', oddlyNamed],
    ['a linked worktree', () => story().worktree('beside')],
  ])('a record in %s is read by the git it comes with, and by no other', async (_, made) => {
    const r = made();
    const before = r.git('count-objects');
    const { oid, read } = await writer(r).tried(recordOn(r), async (oid, git) => {
      const entry = await git.tree(oid).entry(zip);
      const parents = (await git.commitInfo(oid)).parents;
      expect(parents).toEqual([r.head()]);
      return { oid, read: await git.blob(entry?.oid ?? '') };
    });
    expect(read).toEqual(Buffer.from(bytes));
    expect([r.tryGit('cat-file', '-e', oid).code, r.git('count-objects')]).toEqual([1, before]);
    expect(await writer(r).prepare(recordOn(r))).toBe(oid);
  });

  it('keeps the folders of objects that the environment names', async () => {
    const r = story();
    const elsewhere = repo().commit('other', { 'other.txt': 'other\n' });
    const vars = { GIT_ALTERNATE_OBJECT_DIRECTORIES: join(elsewhere.dir, '.git/objects') };
    const seen = await writer(r, vars).tried(recordOn(r), (_, git) => git.type(elsewhere.head()));
    expect(seen).toBe('commit');
  });

  it("sweeps no other run's scratch folder", async () => {
    const r = story();
    const mine = '.git/layer-policy/scratch/run-other/index';
    r.write({ [mine]: 'at work' });
    await writer(r).tried(recordOn(r), async () => {});
    expect(r.read(mine)).toBe('at work');
  });
});

function oddlyNamed(): Repo {
  const dir = join(tempFolder('odd'), 'a:b "c" \\d');
  mkdirSync(dir);
  return repo({ dir }).commit('init', { 'a.txt': 'a\n', [manifest]: 'old\n' });
}
