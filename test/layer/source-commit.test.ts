import { describe, expect, it } from 'vitest';
import { readGit } from '../../src/io/git/read.js';
import { sourceCommit } from '../../src/layer/source-commit.js';
import { type Repo, repo, symlink } from '../kit/repo.js';

const layer = { name: 'core', source: 'src/core', versionKey: 'CORE_VERSION' };
const VERSION = 'CORE_VERSION=1.0.0\nDEPS_VERSION=1.0.0\n';

function started(): Repo {
  return repo().commit('init', {
    'src/core/__init__.py': 'x = 1\n',
    'src/core/a.py': 'a\n',
    VERSION,
    'README.md': 'r\n',
  });
}

async function answer(story: Repo, rev = 'HEAD') {
  const git = readGit({ cwd: story.dir, vars: story.env });
  try {
    return await sourceCommit(git, story.head(rev), layer, 'VERSION');
  } finally {
    git.close();
  }
}

/** The subject of the commit that the answer names. */
async function subject(story: Repo, rev = 'HEAD'): Promise<string> {
  const { commit } = await answer(story, rev);
  return story.git('log', '-1', '--format=%s', commit);
}

describe('the commit a release is named after', () => {
  it('is the first one, with its version', async () => {
    const story = started();
    expect(await answer(story)).toEqual({ commit: story.head(), version: '1.0.0' });
  });

  it('is not moved by other files', async () => {
    const story = started().commit('docs', { 'README.md': 'r2\n', 'src/other/x.py': '1\n', 'src/core2/y.py': '1\n' });
    expect(await subject(story)).toBe('init');
  });

  it('is not moved by other keys of VERSION, comments or order', async () => {
    const story = started()
      .commit('other key', { VERSION: VERSION.replace('DEPS_VERSION=1.0.0', 'DEPS_VERSION=2.0.0') })
      .commit('comment', { VERSION: `# versions\n${VERSION}` })
      .commit('order', { VERSION: 'DEPS_VERSION=1.0.0\nCORE_VERSION=1.0.0\n' });
    expect(await subject(story)).toBe('init');
  });

  it('is not moved by what is left out of the artefact', async () => {
    const story = started().commit('junk', { 'src/core/a.pyc': 'x', 'src/core/.env': 'x', 'src/core/a.py.bak': 'x' });
    expect(await subject(story)).toBe('init');
  });

  it.each([
    ['a content', { 'src/core/a.py': 'b\n' }],
    ['a new file', { 'src/core/b.py': 'b\n' }],
    ['a deletion', { 'src/core/a.py': null }],
    ['the version', { VERSION: VERSION.replace('1.0.0', '1.0.1') }],
  ])('is moved by %s', async (_, files) => {
    const story = started().commit('change', files).commit('later', { 'README.md': 'later\n' });
    expect(await subject(story)).toBe('change');
  });

  it('is moved by a mode', async () => {
    const story = started();
    story.git('update-index', '--chmod=+x', 'src/core/a.py');
    story.git('commit', '-q', '-m', 'change');
    expect(await subject(story)).toBe('change');
  });

  it('is moved by a rename', async () => {
    const story = started().commit('change', { 'src/core/a.py': null, 'src/core/z.py': 'a\n' });
    expect(await subject(story)).toBe('change');
  });

  it('is the revert, not the commit before what was reverted', async () => {
    const story = started().commit('change', { 'src/core/a.py': 'b\n' }).commit('revert', { 'src/core/a.py': 'a\n' });
    expect(await subject(story)).toBe('revert');
  });

  it('is the bump when the change came in the same state before', async () => {
    const story = started()
      .commit('change', { 'src/core/a.py': 'b\n' })
      .commit('bump', { VERSION: VERSION.replace('1.0.0', '1.0.1') })
      .commit('bump deps', { VERSION: 'CORE_VERSION=1.0.1\nDEPS_VERSION=3.0.0\n' });
    expect(await answer(story)).toEqual({ commit: story.head('HEAD~1'), version: '1.0.1' });
  });

  it('looks from the given commit, not from HEAD', async () => {
    const story = started().commit('change', { 'src/core/a.py': 'b\n' }).commit('again', { 'src/core/a.py': 'c\n' });
    expect(await subject(story, 'HEAD~1')).toBe('change');
  });
});

describe('with merges', () => {
  const otherKey = { VERSION: 'CORE_VERSION=1.0.0\nDEPS_VERSION=2.0.0\n' };
  const change = { 'src/core/a.py': 'b\n' };

  it('is the commit on the branch that was merged', async () => {
    const story = started()
      .branch('feature')
      .commit('change', change)
      .branch('develop')
      .commit('docs', { 'README.md': '2' });
    expect(await subject(story.merge('feature'))).toBe('change');
  });

  it('is not hidden by a branch that changed another key, whichever came first and whoever merged whom', async () => {
    for (const [first, second] of [
      ['change', 'other'],
      ['other', 'change'],
    ] as const) {
      for (const into of ['feature', 'develop']) {
        const files = { change, other: otherKey };
        const story = started()
          .branch('feature')
          .commit(first, files[first])
          .branch('develop')
          .commit(second, files[second]);
        story.branch(into).merge(into === 'feature' ? 'develop' : 'feature');
        expect([first, into, await subject(story)]).toEqual([first, into, 'change']);
      }
    }
  });

  it('goes on through merge after merge', async () => {
    const story = started().commit('change', change);
    for (const round of [1, 2, 3]) {
      const deps = (key: string) => ({ VERSION: `CORE_VERSION=1.0.0\nDEPS_VERSION=1.0.0\n# ${key}\n` });
      story.branch(`side${round}`).commit('side', { [`src/core/junk${round}.pyc`]: 'x' });
      story
        .branch('develop')
        .commit('main', deps(`round ${round}`))
        .merge(`side${round}`);
    }
    expect(await subject(story)).toBe('change');
  });

  it('is the merge when both sides made the state together', async () => {
    const story = started()
      .branch('feature')
      .commit('change', change)
      .branch('develop')
      .commit('bump', { VERSION: VERSION.replace('1.0.0', '1.0.1') });
    story.merge('-m', 'merge', 'feature');
    expect(await subject(story)).toBe('merge');
  });

  it('is on the side that was kept when the other was thrown away', async () => {
    const story = started()
      .branch('feature')
      .commit('change', change)
      .branch('develop')
      .commit('kept', { 'src/core/a.py': 'k\n' });
    story.merge('-s', 'ours', 'feature');
    expect(await subject(story)).toBe('kept');
  });
});

describe('history that is not all there or not well-formed', () => {
  it('of a clone that ends too early is no answer', async () => {
    const story = started().commit('docs', { 'README.md': '2' });
    await expect(answer(story.clone('--depth', '1'))).rejects.toMatchObject({ code: 'shallow', exit: 4 });
  });

  it('of a clone that ends at a merge is no answer either', async () => {
    const story = started()
      .branch('f')
      .commit('change', { 'src/core/a.py': 'b\n' })
      .branch('develop')
      .commit('o', { VERSION: `#\n${VERSION}` });
    await expect(answer(story.merge('f').clone('--depth', '1'))).rejects.toMatchObject({ code: 'shallow' });
  });

  it('is enough when the change lies within', async () => {
    const story = started().commit('change', { 'src/core/a.py': 'b\n' }).commit('docs', { 'README.md': '2' });
    const clone = story.clone('--depth', '3');
    expect((await answer(clone)).commit).toBe(story.head('HEAD~1'));
  });

  it('may have had a broken VERSION, of which only the key counts', async () => {
    const story = repo()
      .commit('duplicate', { 'src/core/a.py': 'a\n', VERSION: 'CORE_VERSION=1.0.0\nX=1\nX=2\n' })
      .commit('no newline', { VERSION: 'CORE_VERSION=1.0.0\nX=2' })
      .commit('repaired', { VERSION: 'CORE_VERSION=1.0.0\nX=2\n' });
    expect(await subject(story)).toBe('duplicate');
  });

  it('may have had a VERSION of any size, kind or none', async () => {
    const story = repo()
      .commit('none', { 'src/core/a.py': 'a\n' })
      .commit('huge', { VERSION: '#\n'.repeat(800_000) })
      .remove('VERSION')
      .commit('link', { VERSION: symlink('elsewhere') })
      .commit('good', { VERSION });
    expect(await subject(story)).toBe('good');
  });

  it('works in a SHA-256 repository', async () => {
    const story = repo({ objectFormat: 'sha256' })
      .commit('init', { 'src/core/a.py': 'a\n', VERSION })
      .commit('docs', { a: '1' });
    expect((await answer(story)).commit).toBe(story.head('HEAD~1'));
  });
});

describe('fails', () => {
  const cases: [string, string, Parameters<Repo['commit']>[1]][] = [
    ['source-missing', 'no such folder', { 'src/core/__init__.py': null, 'src/core/a.py': null }],
    ['version-unreadable', 'no VERSION', { VERSION: null }],
    ['version-unreadable', 'no such key', { VERSION: 'DEPS_VERSION=1.0.0\n' }],
    ['version-unreadable', 'no version', { VERSION: 'CORE_VERSION=1.0\n' }],
    ['version-unreadable', 'Windows line ends', { VERSION: 'CORE_VERSION=1.0.0\r\n' }],
    ['version-unreadable', 'a line that is wrong elsewhere', { VERSION: `${VERSION}export X=1\n` }],
    ['version-unreadable', 'a link', { VERSION: symlink('README.md') }],
    ['version-unreadable', 'a large file', { VERSION: '#\n'.repeat(800_000) }],
  ];
  it.each(cases)('with %s: %s', async (code, _, files) => {
    await expect(
      answer(
        started()
          .remove('VERSION')
          .commit('broken', { VERSION, ...files }),
      ),
    ).rejects.toMatchObject({ code, exit: 3 });
  });
});

it('starts few processes, however long history is', async () => {
  const story = started();
  for (let i = 0; i < 60; i++) story.commit(`deps ${i}`, { VERSION: `CORE_VERSION=1.0.0\nDEPS_VERSION=1.0.${i}\n` });
  const git = readGit({ cwd: story.dir, vars: story.env });
  expect((await sourceCommit(git, story.head(), layer, 'VERSION')).commit).toBe(story.head('HEAD~60'));
  git.close();
  expect(git.spawned()).toBeLessThanOrEqual(2);
});
