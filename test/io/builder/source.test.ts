import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildSource } from '../../../src/io/builder/source.js';
import { readGit } from '../../../src/io/git/read.js';
import { zip } from '../../../src/io/zip/index.js';
import type { Artefact } from '../../../src/ports.js';
import { meddle, noPlainFiles } from '../../kit/no-plain-files.js';
import { exec, type Repo, repo, type Story, symlink } from '../../kit/repo.js';
import { tempFolder } from '../../kit/temp.js';

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

const source: Story = {
  'src_v2/core/__init__.py': 'from core.sub.mod import VALUE\n',
  'src_v2/core/sub/__init__.py': '',
  'src_v2/core/sub/mod.py': 'VALUE = 42\n',
  'src_v2/core/run.sh': exec('#!/bin/sh\n'),
  'src_v2/core/crlf.txt': 'kept\r\nas committed\r\n',
  'src_v2/core/__init__.py.backup': 'old\n',
  'src_v2/core/__pycache__/mod.pyc': 'cache',
  VERSION: 'CORE_VERSION=1.2.3\n',
};

async function build(story: Repo, rev = 'HEAD'): Promise<Artefact> {
  const git = readGit({ cwd: story.dir, vars: story.env });
  const request = {
    name: 'core',
    source: 'src_v2/core',
    versionKey: 'CORE_VERSION',
    versionFile: 'VERSION',
    maxZipMB: 10,
  };
  try {
    return await buildSource({ git, zip, sha256 }, { ...request, tip: story.head(rev) });
  } finally {
    git.close();
  }
}

describe('a layer built from its source', () => {
  it('is known in every respect', async () => {
    const story = repo().commit('init', source).commit('docs', { 'README.md': 'x' });
    const artefact = await build(story);
    expect(artefact).toMatchObject({
      name: 'core',
      version: '1.2.3',
      file: 'core-1.2.3.zip',
      gitSha: story.head('HEAD~1'),
      buildDate: '2026-01-15T12:00:00Z',
      sha256: sha256(artefact.bytes),
      size: artefact.bytes.length,
      left: ['src_v2/core/__init__.py.backup', 'src_v2/core/__pycache__/mod.pyc'],
      files: [
        { path: 'python/core/__init__.py', mode: 0o644, size: 31, sha256: sha256('from core.sub.mod import VALUE\n') },
        { path: 'python/core/crlf.txt', mode: 0o644, size: 20, sha256: sha256('kept\r\nas committed\r\n') },
        { path: 'python/core/run.sh', mode: 0o755, size: 10, sha256: sha256('#!/bin/sh\n') },
        { path: 'python/core/sub/__init__.py', mode: 0o644, size: 0, sha256: sha256('') },
        { path: 'python/core/sub/mod.py', mode: 0o644, size: 11, sha256: sha256('VALUE = 42\n') },
      ],
    });
    const lines = artefact.files.map((file) => `0${file.mode.toString(8)} ${file.path}\0${file.sha256}\n`).sort();
    expect(artefact.contentDigest).toBe(sha256(lines.join('')));
    expect((await zip.read(artefact.bytes)).map(({ path }) => path)).toEqual(artefact.files.map(({ path }) => path));
  });

  it('is the same whatever lies in the work tree, and whatever happens there meanwhile', async () => {
    const story = repo().commit('init', source);
    const { sha256: expected } = await build(story);
    const folder = join(story.dir, 'src_v2/core');
    for (const [at, make] of Object.values(noPlainFiles).entries()) make(join(folder, `odd${at}.py`));
    spawnSync('python3', ['-c', 'import sys; open(sys.argv[1].encode() + b"/\\xff.py", "w")', folder]);
    story.remove('src_v2/core/crlf.txt');
    noPlainFiles['a pipe']?.(join(folder, 'crlf.txt'));
    const stop = meddle(join(folder, '__init__.py'), 'echo x >> "$0"; sleep 0.01; rm "$0"; sleep 0.01');
    try {
      for (let round = 0; round < 5; round++) expect((await build(story)).sha256).toBe(expected);
    } finally {
      await stop();
    }
  });

  it('can be imported by Python from /opt', async () => {
    const { bytes } = await build(repo().commit('init', source));
    const opt = tempFolder('opt');
    writeFileSync(join(opt, 'layer.zip'), bytes);
    const script = `import zipfile,sys; zipfile.ZipFile("layer.zip").extractall("."); sys.path.insert(0,"python"); import core; print(core.VALUE)`;
    expect(spawnSync('python3', ['-c', script], { cwd: opt, encoding: 'utf8' }).stdout).toBe('42\n');
  });

  it('is the same bytes from another clone, another commit date, another history, another file order', async () => {
    const first = await build(repo().commit('init', source));
    const clone = repo().commit('init', source).clone();
    const later = repo().at('2031-05-05T05:05:05Z');
    for (const [path, content] of Object.entries(source).reverse()) later.commit(path, { [path]: content });
    for (const other of [clone, later, repo({ objectFormat: 'sha256' }).commit('init', source)]) {
      const artefact = await build(other);
      expect(artefact.sha256).toBe(first.sha256);
      expect(artefact.contentDigest).toBe(first.contentDigest);
    }
  });

  it('has nothing of the work tree, the index, dates, line-end settings or permissions on disk', async () => {
    const story = repo().commit('init', source);
    const { sha256: expected } = await build(story);
    story.write({ 'src_v2/core/sub/mod.py': 'VALUE = 0\n', 'src_v2/core/untracked.py': '' });
    story.stage({ 'src_v2/core/staged.py': '' }).remove('src_v2/core/crlf.txt');
    story.git('config', 'core.autocrlf', 'true');
    story.git('config', 'core.fileMode', 'false');
    utimesSync(join(story.dir, 'VERSION'), 0, 0);
    expect((await build(story)).sha256).toBe(expected);
  });

  it('is built as it was at an older commit', async () => {
    const story = repo().commit('init', source);
    const old = await build(story);
    story.commit('change', { 'src_v2/core/new.py': '1\n', VERSION: 'CORE_VERSION=1.3.0\n' });
    expect((await build(story)).file).toBe('core-1.3.0.zip');
    expect(await build(story, 'HEAD~1')).toEqual(old);
  });

  it('may hold many files, of any size that Lambda takes', async () => {
    const story = repo();
    const many = Object.fromEntries(Array.from({ length: 1203 }, (_, i) => [`src_v2/core/m${i}.py`, `x = ${i}\n`]));
    story.commit('init', { ...source, ...many, 'src_v2/core/large.bin': Buffer.alloc(3_000_000, 'abc') });
    expect((await build(story)).files).toHaveLength(5 + 1203 + 1);
  });
});

describe('a source that cannot be packed is refused', () => {
  const cases: [string, Story, RegExp][] = [
    ['a symlink', { 'src_v2/core/link.py': symlink('/etc/passwd') }, /link\.py is a symbolic link/],
    ['an LFS pointer', { 'src_v2/core/model.bin': lfsPointer() }, /model\.bin is a Git LFS pointer/],
    ['a backslash', { 'src_v2/core/a\\b.py': '' }, /a\\b\.py has a name/],
    ['a case collision', { 'src_v2/core/Run.sh': '' }, /differs from another path in case/],
    ['a control character', { 'src_v2/core/a\nb.py': '' }, /has a name/],
  ];
  it.each(cases)('with %s', async (_, files, message) => {
    const story = repo().commit('init', { ...source, ...files });
    await expect(build(story)).rejects.toMatchObject({
      code: 'source-unbuildable',
      exit: 3,
      message: expect.stringMatching(message),
    });
  });

  it('with a submodule', async () => {
    const story = repo().commit('init', source);
    story.git('update-index', '--add', '--cacheinfo', `160000,${story.head()},src_v2/core/module`);
    story.git('commit', '-q', '-m', 'module');
    await expect(build(story)).rejects.toMatchObject({
      code: 'source-unbuildable',
      message: expect.stringMatching(/submodule/),
    });
  });

  it('with a tree that leads out of it', async () => {
    const story = repo().commit('init', source);
    const blob = story.feed('evil', 'hash-object', '-w', '--stdin');
    const inner = story.feed(`100644 blob ${blob}\tevil.py\n`, 'mktree');
    const core = story.feed(`040000 tree ${inner}\t..\n100644 blob ${blob}\ta.py\n`, 'mktree');
    const src = story.feed(`040000 tree ${core}\tcore\n`, 'mktree');
    const version = story.git('rev-parse', 'HEAD:VERSION');
    const root = story.feed(`100644 blob ${version}\tVERSION\n040000 tree ${src}\tsrc_v2\n`, 'mktree');
    story.git('update-ref', 'refs/heads/develop', story.git('commit-tree', root, '-p', 'HEAD', '-m', 'evil'));
    await expect(build(story)).rejects.toMatchObject({ code: 'source-unbuildable' });
  });

  it('with nothing but junk', async () => {
    const story = repo().commit('init', { 'src_v2/core/a.pyc': 'x', VERSION: 'CORE_VERSION=1.0.0\n' });
    await expect(build(story)).rejects.toMatchObject({
      code: 'source-unbuildable',
      message: expect.stringMatching(/no file/),
    });
  });

  it('with more than Lambda unpacks, before all of it is compressed', async () => {
    const story = repo().commit('init', source);
    const blob = story.feed(Buffer.alloc(60_000_000), 'hash-object', '-w', '--stdin');
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      story.git('update-index', '--add', '--cacheinfo', `100644,${blob},src_v2/core/${name}.bin`);
    }
    story.git('commit', '-q', '-m', 'large');
    await expect(build(story)).rejects.toMatchObject({
      code: 'source-unbuildable',
      message: expect.stringMatching(/larger/),
    });
  });

  it.each([
    ['source-missing', 'src_v2/core'],
    ['version-unreadable', 'VERSION'],
  ])('as %s without %s', async (code, path) => {
    const story = repo().commit('init', source);
    story.git('rm', '-rq', path);
    await expect(build(story.commit('gone'))).rejects.toMatchObject({ code, exit: 3 });
  });
});

function lfsPointer(): string {
  return `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12345\n`;
}
