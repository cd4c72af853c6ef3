import { describe, expect, it } from 'vitest';
import { collisions } from '../../../src/policy/facts/collisions.js';
import type { Look } from '../../../src/policy/subject.js';

/** A tree as git tells it, made by hand: a name may stand in it twice, which no index can hold. */
function treeOf(paths: string[], commit: string | null) {
  const inside = (folder: string) => paths.filter((path) => folder === '' || path.startsWith(`${folder}/`));
  return {
    commit,
    paths: async () =>
      Object.assign(
        [...paths].map((path) => ({ path })),
        { mayCollide: () => true },
      ),
    list: async (folder: string) => inside(folder),
    entry: async (path: string) => (paths.includes(path) ? { path } : null),
    names: async (folder: string) => {
      const names = inside(folder).map((path) => (folder === '' ? path : path.slice(folder.length + 1)));
      const files = names.filter((name) => !name.includes('/'));
      return [...files, ...new Set(names.filter((name) => name.includes('/')).map((name) => name.split('/')[0]))];
    },
  };
}

async function found(paths: string[], changes: string[] | 'whole', commit: string | null = '1'.repeat(40)) {
  const told = changes === 'whole' ? [] : changes.map((one) => ({ status: one[0], path: one.slice(2) }));
  const subject = { whole: changes === 'whole', tree: treeOf(paths, commit), changes: async () => told };
  const { learn } = collisions;
  return (await learn({ subject } as unknown as Look)).map(({ path, other }) => `${path} ~ ${other}`).sort();
}

describe('of a whole tree', () => {
  it.each<[paths: string[], says: string[]]>([
    [['a', 'b', 'c/a', 'c/b'], []],
    [['a', 'A'], ['A ~ a']],
    [
      ['a', 'A', 'Á', 'á'],
      ['A ~ a', 'á ~ Á'],
    ],
    [['x/a', 'X/b', 'X/c'], ['X ~ x']],
    [['x/a', 'x/b/c', 'x/B/d'], ['x/B ~ x/b']],
    [['x/a', 'X'], ['X ~ x']],
    [['a', 'a'], ['a ~ a']],
    [['x', 'x/a'], ['x ~ x']],
    [['x/a', 'x'], ['x ~ x']],
    [['e\u0301', '\u00e9'], ['\u00e9 ~ e\u0301']],
  ])('%j', async (paths, says) => expect(await found(paths, 'whole')).toEqual(says));
});

describe('of a change', () => {
  it.each<[what: string, paths: string[], changes: string[], says: string[]]>([
    ['nothing alike', ['x/a', 'x/b', 'y/a'], ['A x/b', 'M y/a'], []],
    ['a new name beside one like it', ['x/a', 'x/A'], ['A x/A'], ['x/A ~ x/a']],
    ['two new ones', ['x/a', 'x/A', 'x/b'], ['A x/A', 'A x/a'], ['x/A ~ x/a', 'x/a ~ x/A']],
    ['one of three is enough', ['x/a', 'x/A', 'x/á', 'x/Á'], ['A x/Á'], ['x/Á ~ x/á']],
    ['a new folder beside one like it', ['x/a/f', 'x/A/g', 'x/A/h'], ['A x/A/g', 'A x/A/h'], ['x/A ~ x/a']],
    ['a new file beside a folder like it', ['x/a/f', 'x/A'], ['A x/A'], ['x/A ~ x/a']],
    ['a file of a folder that has one like it', ['x/a/f', 'x/A/g'], ['M x/A/g'], []],
    ['a new file in a folder that has one like it', ['x/a/f', 'x/A/g'], ['M x/A/g', 'A x/A/h'], ['x/A ~ x/a']],
    ['what was there before', ['x/a', 'x/A'], ['M x/A'], []],
    ['what is gone', ['x/a', 'x/A', 'x/b'], ['D x/B', 'D x/A'], []],
    ['one in place of the other', ['x/A'], ['D x/a', 'A x/A'], []],
    ['a name twice', ['x/a', 'x/a'], ['A x/a'], ['x/a ~ x/a']],
    ['a name twice that was there before', ['x/a', 'x/a'], ['M x/a'], ['x/a ~ x/a']],
    ['a name twice, of which one is gone', ['x/a', 'x/a'], ['D x/a'], []],
    ['a file and a folder of one name in the root', ['a', 'a/b'], ['A a/b'], ['a ~ a']],
    ['in the root', ['a', 'A'], ['A A'], ['A ~ a']],
  ])('%s', async (_, paths, changes, says) => expect(await found(paths, changes)).toEqual(says));

  it('in an index only what is new can meet another name', async () => {
    expect(await found(['x/a', 'x/A'], ['A x/A'], null)).toEqual(['x/A ~ x/a']);
    expect(await found(['x/a', 'x/a', 'y/a', 'y/a'], ['M x/a', 'A y/a'], null)).toEqual(['y/a ~ y/a']);
  });

  it('of thousands of folders none is forgotten', async () => {
    const folders = Array.from({ length: 2100 }, (_, i) => `d${i}`);
    const few = [...folders.map((folder) => `${folder}/a`), 'd0/A', 'd1000/A', 'd2099/A'];
    const tree = treeOf([], null);
    const names = async (folder: string) =>
      few.filter((path) => path.startsWith(`${folder}/`)).map((path) => path.split('/')[1]);
    const subject = {
      whole: false,
      tree: { ...tree, names, entry: async (path: string) => ({ path }) },
      changes: async () => few.map((path) => ({ status: 'A', path })),
    };
    const all = await collisions.learn({ subject } as unknown as Look);
    expect(all.map(({ path }) => path).sort()).toEqual(['d0/A', 'd0/a', 'd1000/A', 'd1000/a', 'd2099/A', 'd2099/a']);
  });
});
