import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build } from '../../src/commands/build.js';
import { zip } from '../../src/io/zip/index.js';
import { type Repo, repo } from '../kit/repo.js';
import { failureOf, runCommand } from './in-process.js';

const layer = (name: string, key: string, more: object = {}) => ({
  build: 'source',
  source: `src/${name}`,
  versionKey: key,
  layerName: `${name}-{env}`,
  ...more,
});
const policy = (layers: object, functions: object = {}) => ({
  '.layerpolicyrc.json': JSON.stringify({ layers, functions }),
});
const both = { core: layer('core', 'CORE'), extra: layer('extra', 'EXTRA', { tag: 'extra/{version}' }) };
const files = { 'src/core/__init__.py': 'x = 1\n', 'src/extra/__init__.py': '', VERSION: 'CORE=1.0.0\nEXTRA=2.1.0\n' };
const story = () => repo().commit('init', { ...policy(both), ...files });

const built = (in_: Repo) => readdirSync(join(in_.dir, '.build/layers')).sort();
const manifest = (in_: Repo) => JSON.parse(in_.read('.build/layers/manifest.json'));
const sha256 = (in_: Repo, file: string) =>
  createHash('sha256')
    .update(readFileSync(join(in_.dir, '.build/layers', file)))
    .digest('hex');

const bothBuilt = ['core-1.0.0.provenance.json', 'core-1.0.0.zip', 'extra-2.1.0.provenance.json', 'extra-2.1.0.zip'];

describe('build', () => {
  it('builds all layers of HEAD and says what it built', async () => {
    const in_ = story();
    const { exit, said, document } = await runCommand(build, in_);
    expect(exit).toBe(0);
    expect(built(in_)).toEqual([...bothBuilt, 'manifest.json']);
    expect(manifest(in_)).toEqual({
      schema: 1,
      date: '2026-01-15T12:00:00Z',
      git_sha: in_.head(),
      git_branch: 'develop',
      git_tag: null,
      layers: {
        core: {
          version: '1.0.0',
          file: 'core-1.0.0.zip',
          sha256: sha256(in_, 'core-1.0.0.zip'),
          size_bytes: readFileSync(join(in_.dir, '.build/layers/core-1.0.0.zip')).length,
          content_digest: expect.stringMatching(/^[0-9a-f]{64}$/),
          git_sha: in_.head(),
        },
        extra: expect.objectContaining({ version: '2.1.0', file: 'extra-2.1.0.zip' }),
      },
      functions: {},
    });
    expect(document).toEqual({ ok: true, ...manifest(in_), notices: [] });
    expect(said).toContain('✔ core 1.0.0 → .build/layers/core-1.0.0.zip');
    expect(said).toContain(sha256(in_, 'core-1.0.0.zip').slice(0, 16));
  });

  it('builds the named ones', async () => {
    const in_ = story();
    await runCommand(build, in_, ['extra', 'extra']);
    expect(built(in_)).toEqual(['extra-2.1.0.provenance.json', 'extra-2.1.0.zip', 'manifest.json']);
    expect(Object.keys(manifest(in_).layers)).toEqual(['extra']);
  });

  it('builds what was committed, whatever lies in the work tree', async () => {
    const in_ = story();
    await runCommand(build, in_);
    const before = sha256(in_, 'core-1.0.0.zip');
    in_
      .write({ 'src/core/__init__.py': 'x = 2\n', VERSION: 'CORE=9.9.9\nEXTRA=2.1.0\n' })
      .stage({ 'src/core/y.py': '' });
    await runCommand(build, in_);
    expect(sha256(in_, 'core-1.0.0.zip')).toBe(before);
    expect(built(in_)).not.toContain('core-9.9.9.zip');
  });

  it('builds an older commit as it was, by its own policy', async () => {
    const in_ = story();
    const first = in_.head();
    in_.commit('rename', { ...policy({ other: layer('extra', 'EXTRA') }), VERSION: 'EXTRA=3.0.0\n' });
    await runCommand(build, in_, ['core'], { ref: first.slice(0, 10) });
    expect(manifest(in_)).toMatchObject({ git_sha: first, git_branch: null, layers: { core: { version: '1.0.0' } } });
    expect(await failureOf(runCommand(build, in_, ['core']))).toMatchObject({ code: 'unknown-name' });
  });

  it('names the tag of a layer that is on the commit', async () => {
    const in_ = story();
    in_.git('tag', '-a', '-m', 'x', 'extra/2.1.0');
    await runCommand(build, in_);
    expect(manifest(in_).git_tag).toBe('extra/2.1.0');
    in_.commit('docs', { 'README.md': 'x' });
    await runCommand(build, in_);
    expect(manifest(in_).git_tag).toBeNull();
  });

  it('says what it left out', async () => {
    const in_ = story().commit('junk', { 'src/core/a.py.bak': 'x' });
    expect((await runCommand(build, in_, ['core'])).said).toContain('left out: src/core/a.py.bak');
  });

  it('replaces what lies there, whole', async () => {
    const in_ = story();
    in_.write({ '.build/layers/core-1.0.0.zip': 'half a zip', '.build/layers/manifest.json': '{' });
    await runCommand(build, in_);
    expect(await zip.read(readFileSync(join(in_.dir, '.build/layers/core-1.0.0.zip')))).toHaveLength(1);
    expect(built(in_)).toEqual([...bothBuilt, 'manifest.json']);
  });

  it('writes nothing when one of the layers cannot be built', async () => {
    const in_ = story().commit('broken', { VERSION: 'CORE=1.0.0\n' });
    expect(await failureOf(runCommand(build, in_))).toMatchObject({ code: 'version-unreadable', exit: 3 });
    expect(in_.exists('.build')).toBe(false);
  });
});

describe('build refuses', () => {
  it('an undeclared name', async () => {
    const failure = await failureOf(runCommand(build, story(), ['cor']));
    expect(failure).toMatchObject({ code: 'unknown-name', exit: 2 });
    expect(failure.message).toContain("Did you mean 'core'?");
  });

  it.each(['nowhere', '--output=pwn', 'HEAD~1;id', 'HEAD:VERSION', ''])('the revision %j', async (ref) => {
    const in_ = story();
    expect(await failureOf(runCommand(build, in_, [], { ref }))).toMatchObject({ code: 'unknown-revision', exit: 2 });
    expect(in_.exists('pwn')).toBe(false);
  });

  it('before the first commit', async () => {
    const in_ = repo().stage({ ...policy(both), ...files });
    expect(await failureOf(runCommand(build, in_))).toMatchObject({ code: 'unknown-revision' });
  });
});
