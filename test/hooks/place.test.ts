import { describe, expect, it } from 'vitest';
import { choosePlace, type PlaceFacts } from '../../src/hooks/place.js';

const clone: PlaceFacts = {
  root: '/r',
  commonDir: '/r/.git',
  hooksDir: '/r/.git/hooks',
  hooksPath: null,
  hooksDirExists: true,
  hasHuskyFolder: false,
  needsHusky: false,
};
const set = (hooksPath: string, hooksDir: string, more: Partial<PlaceFacts> = {}) => ({ hooksPath, hooksDir, ...more });

describe('where hooks belong', () => {
  it.each<[string, Partial<PlaceFacts>, unknown]>([
    ["git's own folder", {}, { kind: 'folder', folder: '/r/.git/hooks' }],
    ["git's own folder, not there yet", { hooksDirExists: false }, { kind: 'folder', folder: '/r/.git/hooks' }],
    ['the folder all worktrees share', { root: '/w' }, { kind: 'folder', folder: '/r/.git/hooks' }],
    [
      "the main worktree's",
      set('/r/.githooks', '/r/.githooks', { root: '/w' }),
      { kind: 'folder', folder: '/r/.githooks' },
    ],
    ['a folder of the repository', set('.githooks', '/r/.githooks'), { kind: 'folder', folder: '/r/.githooks' }],
    [
      "git's own folder, set by hand",
      set('/r/.git/hooks', '/r/.git/hooks', { hooksDirExists: false }),
      { kind: 'folder', folder: '/r/.git/hooks' },
    ],
    [
      'husky',
      set('.husky/_', '/r/.husky/_', { hasHuskyFolder: true }),
      { kind: 'husky', folder: '.husky', active: true },
    ],
    [
      'husky in another folder',
      set('ci/.husky/_', '/r/ci/.husky/_', { needsHusky: true }),
      { kind: 'husky', folder: 'ci/.husky', active: true },
    ],
    [
      'husky, not yet set up',
      { hasHuskyFolder: true, needsHusky: true },
      { kind: 'husky', folder: '.husky', active: false },
    ],
    ['no husky: a folder of that name alone', { hasHuskyFolder: true }, { kind: 'folder', folder: '/r/.git/hooks' }],
    ['no husky: a dependency alone', { needsHusky: true }, { kind: 'folder', folder: '/r/.git/hooks' }],
    [
      'a submodule',
      { commonDir: '/super/.git/modules/r', hooksDir: '/super/.git/modules/r/hooks' },
      { kind: 'folder', folder: '/super/.git/modules/r/hooks' },
    ],
  ])('%s', (_, facts, place) => {
    expect(choosePlace({ ...clone, ...facts })).toEqual(place);
  });

  it.each<[string, Partial<PlaceFacts>]>([
    ['outside of the repository', set('~/.githooks', '/home/u/.githooks')],
    ['in a folder whose name begins alike', set('/r2/hooks', '/r2/hooks')],
    ['nowhere', set('/dev/null', '/dev/null')],
    ['in a folder that is not there', set('gone/_', '/r/gone/_', { hooksDirExists: false })],
    ['behind a link', { hooksDir: '/shared' }],
  ])('refuses %s', (_, facts) => {
    expect(() => choosePlace({ ...clone, ...facts })).toThrow(expect.objectContaining({ code: 'hook-foreign' }));
  });
});
