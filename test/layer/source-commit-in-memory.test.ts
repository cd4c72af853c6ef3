import { describe, expect, it } from 'vitest';
import { packedAt, sourceCommit, versionAt } from '../../src/layer/source-commit.js';
import { exec, type MemoryRepo, memoryRepo, type Story, symlink } from '../kit/memory-repo.js';

const layer = { name: 'core', source: 'src/core', versionKey: 'CORE_VERSION' };
const versions = (core: string, deps = '1.0.0') => ({ VERSION: `CORE_VERSION=${core}\nDEPS_VERSION=${deps}\n` });
const started = () =>
  memoryRepo().commit({
    'src/core/__init__.py': 'x = 1\n',
    'src/core/a.py': 'a\n',
    ...versions('1.0.0'),
    'README.md': 'r\n',
  });
const answer = (story: MemoryRepo, rev = 'HEAD') => sourceCommit(story.git, story.head(rev), layer, 'VERSION');

describe('the commit a release is named after', () => {
  it.each<[what: string, later: Story[], back: string]>([
    ['nothing else', [], 'HEAD'],
    ['other files', [{ 'README.md': '2' }, { 'src/other.py': '' }], 'HEAD~~'],
    ['a neighbour of the source', [{ 'src/core2/a.py': '' }], 'HEAD~'],
    ['another key', [versions('1.0.0', '2.0.0')], 'HEAD~'],
    ['a comment', [{ VERSION: '# all\nDEPS_VERSION=1.0.0\nCORE_VERSION=1.0.0\n' }], 'HEAD~'],
    ['what is not packed', [{ 'src/core/a.pyc': 'x', 'src/core/.env': 'x' }], 'HEAD~'],
    ['a content', [{ 'src/core/a.py': 'b\n' }, { 'README.md': '2' }], 'HEAD~'],
    ['a mode', [{ 'src/core/a.py': exec('a\n') }, { 'README.md': '2' }], 'HEAD~'],
    ['a new file', [{ 'src/core/b.py': '' }, versions('1.0.0', '2.0.0')], 'HEAD~'],
    ['a file gone', [{ 'src/core/a.py': null }], 'HEAD'],
    ['the version', [versions('1.0.1'), { 'README.md': '2' }], 'HEAD~'],
    ['a change taken back', [{ 'src/core/a.py': 'b\n' }, { 'src/core/a.py': 'a\n' }], 'HEAD'],
    ['a broken VERSION once', [{ VERSION: 'CORE_VERSION=1.0.0\nX=1\nX=2\n' }, versions('1.0.0')], 'HEAD~~'],
    ['no VERSION once', [{ VERSION: null }, versions('1.0.0')], 'HEAD'],
    ['a link for VERSION once', [{ VERSION: symlink('x') }, versions('1.0.0')], 'HEAD'],
    ['a large VERSION once', [{ VERSION: '#\n'.repeat(40_000) }, versions('1.0.0')], 'HEAD'],
  ])('after %s', async (_, later, back) => {
    const story = started();
    for (const files of later) story.commit(files);
    const { commit, version } = await answer(story);
    expect(commit).toBe(story.head(back));
    expect(version).toBe(/CORE_VERSION=(.*)/.exec(story.read('VERSION'))?.[1]);
  });

  it('is seen from the given commit', async () => {
    const story = started().commit({ 'src/core/a.py': 'b\n' }).commit({ 'src/core/a.py': 'c\n' });
    expect((await answer(story, 'HEAD~')).commit).toBe(story.head('HEAD~'));
  });
});

describe('with merges', () => {
  /** A branch with one change, merged into develop after another there. */
  const merged = (side: Story, main: Story, at: Story = {}) =>
    started().branch('side').commit(side).branch('develop').commit(main).merge('side', at);

  it('is the commit on the side that was merged', async () => {
    const story = merged({ 'src/core/a.py': 'b\n' }, { 'README.md': '2' });
    expect((await answer(story)).commit).toBe(story.head('side'));
  });

  it.each<[what: string, side: Story, main: Story, from: string]>([
    [
      'one side changed the source, the other another key',
      { 'src/core/a.py': 'b\n' },
      versions('1.0.0', '2.0.0'),
      'side',
    ],
    ['the other way round', versions('1.0.0', '2.0.0'), { 'src/core/a.py': 'b\n' }, 'develop~'],
    ['both changed what does not count', { 'src/core/a.pyc': '' }, versions('1.0.0', '2.0.0'), 'develop~~'],
  ])('is where the state comes from: %s', async (_, side, main, from) => {
    const story = merged(side, main);
    expect((await answer(story)).commit).toBe(story.head(from));
  });

  it('is the merge where both sides made the state together', async () => {
    const story = merged({ 'src/core/a.py': 'b\n' }, versions('1.0.1'));
    expect(await answer(story)).toEqual({ commit: story.head(), version: '1.0.1' });
  });

  it('goes on through one merge after the other', async () => {
    const story = merged({ 'src/core/a.py': 'b\n' }, { 'README.md': '2' });
    const changed = story.head('side');
    story.branch('again').commit({ 'src/core/x.pyc': '' }).branch('develop').commit(versions('1.0.0', '3.0.0'));
    expect((await answer(story.merge('again').commit({ 'README.md': '4' }))).commit).toBe(changed);
  });
});

describe('where the clone ends', () => {
  it('too early there is no answer', async () => {
    const story = started().commit({ 'README.md': '2' }).cut();
    await expect(answer(story)).rejects.toMatchObject({ code: 'shallow', message: expect.stringContaining('core') });
  });

  it('behind the change there is one', async () => {
    const story = started()
      .commit({ 'README.md': '2' })
      .commit({ 'src/core/a.py': 'b\n' })
      .commit({ 'README.md': '3' });
    expect((await answer(story.cut('HEAD~~'))).commit).toBe(story.head('HEAD~'));
  });
});

describe('what cannot be named', () => {
  it.each<[code: string, files: Story, says: string]>([
    ['source-missing', { 'src/core/__init__.py': null, 'src/core/a.py': null }, 'src/core'],
    ['version-unreadable', { VERSION: null }, 'it is not in commit '],
    ['version-unreadable', { VERSION: symlink('x') }, 'it is a link or a submodule, not a file'],
    ['version-unreadable', { VERSION: '#\n'.repeat(40_000) }, 'it is larger than 64 KiB'],
    ['version-unreadable', { VERSION: 'DEPS_VERSION=1.0.0\n' }, 'CORE_VERSION'],
    ['version-unreadable', versions('1.0'), 'CORE_VERSION'],
    ['version-unreadable', { VERSION: 'CORE_VERSION=1.0.0\nexport X=1\n' }, 'VERSION'],
  ])('%s: %j', async (code, files, says) => {
    const error = await answer(started().commit(files)).catch((reason) => reason);
    expect(error).toMatchObject({ code });
    expect(`${error.message} ${error.hint}`).toContain(says);
  });

  it('what git itself fails with goes on', async () => {
    const story = started();
    const git = { ...story.git, blob: async () => Promise.reject(new Error('disk')) };
    await expect(versionAt(git, story.head(), layer, 'VERSION')).rejects.toThrow('disk');
  });

  it('what would be packed is told with the source', async () => {
    const { files } = await packedAt(started().git, started().head(), layer);
    expect(files.map(({ path }) => path)).toEqual(['python/core/__init__.py', 'python/core/a.py']);
  });
});
