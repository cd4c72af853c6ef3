import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCopies } from '../../src/layer/copies.js';
import { foldersAbove } from '../../src/layer/names.js';
import type { Entry } from '../../src/ports.js';
import { examplePolicy } from '../../src/rule/index.js';

const empty = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391';
const [layer] = Object.values(examplePolicy.layers);
if (layer === undefined) throw new Error('the example policy has a layer');
const source = layer.source;
const second = { ...layer, name: 'second', source: 'src_v2/second' };
const policy = { ...examplePolicy, layers: { 'inbox-core': layer, second } };

/** `path` to content; '' is the empty file. */
const tree = (files: Record<string, string>, mode = '100644'): Entry[] =>
  Object.entries(files).map(([path, text]) => ({ path, mode, oid: text === '' ? empty : text.padEnd(40, '.') }));
const under = (folder: string, files: Record<string, string>) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));

const five = { '__init__.py': '', 'a.py': 'a', 'b.py': 'b', 'x/c.py': 'c', 'x/d.py': 'd', 'x/e.py': 'e' };
const copies = (files: Record<string, string>) =>
  findCopies(tree({ ...under(source, five), ...files }), policy).map(({ folder, shared }) => `${folder} ${shared}`);

describe('what is a copy', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['the whole tree', under('old/inbox_core', five), ['old/inbox_core 5']],
    ['at the root', under('inbox_core', five), ['inbox_core 5']],
    [
      'with other files beside and in it',
      { ...under('z/core', five), 'z/core/own.py': 'o', 'z/r.txt': 'r' },
      ['z/core 5'],
    ],
    ['in one folder under other names', { 'f/1': 'a', 'f/2': 'b', 'f/3': 'c' }, ['f 3']],
    ['each of two side by side', { ...under('old/v1', five), ...under('old/v2', five) }, ['old/v1 5', 'old/v2 5']],
    ['beside some remains', { ...under('old/v1', { ...five, 'a.py': '1' }), 'old/v0/a.py': 'a' }, ['old/v1 4']],
    ['inside the folder of the sources', under('src_v2/inbox_core_old', five), ['src_v2/inbox_core_old 5']],
    ['a part that is most of it', { 'v/x/c.py': 'c', 'v/x/d.py': 'd', 'v/x/e.py': 'e' }, ['v/x 3']],
    ['that part with its neighbours', { ...under('v', five), 'v/a.py': 'A', 'v/b.py': 'B' }, ['v 3']],
    ['scattered over one folder', { 's/1/a.py': 'a', 's/2/b.py': 'b', 's/3/c.py': 'c' }, ['s 3']],
  ])('%s', (_, files, expected) => expect(copies(files)).toEqual(expected));

  it.each<[string, Record<string, string>]>([
    ['less than 60 %', { 'f/a.py': 'a', 'f/b.py': 'b' }],
    ['one content many times', { 'f/1': 'a', 'f/2': 'a', 'f/3': 'a', 'f/4': 'a' }],
    ['empty files', { 'f/__init__.py': '', 'f/1': '', 'f/2': '', 'f/3': '' }],
    ['scattered over the tree', { 'f/a.py': 'a', 'g/b.py': 'b', 'h/c.py': 'c' }],
    ['what the tool writes', { ...under('layer_management/x', five), ...under('.build/workspace', five) }],
    ['the source of another layer', under('src_v2/second', five)],
    ['in the source of a function', under('src_v2/lambdas/ingest/inbox_core', five)],
    ['parts within the source', under(`${source}/again`, five)],
    ['files in no folder', { 'a.py': 'a', 'b.py': 'b', 'c.py': 'c' }],
  ])('not %s', (_, files) => expect(copies(files)).toEqual([]));

  it('not links, nor anything of a source without content', () => {
    const links = tree(under('old', five), '120000');
    expect(findCopies([...tree(under(source, { '__init__.py': '', 'x/__init__.py': '' })), ...links], policy)).toEqual(
      [],
    );
    const linked = [...tree(under(source, five)), ...links];
    expect(findCopies(linked, policy)).toEqual([]);
  });

  it('of the layer that it holds most of', () => {
    const both = tree({
      ...under(source, five),
      ...under(second.source, { ...five, 'a.py': '2', 'b.py': '3' }),
      ...under('old', five),
    });
    expect(findCopies(both, policy)).toMatchObject([{ folder: 'old', layer: 'inbox-core', shared: 5, all: 5 }]);
  });

  it('of the first of two that it holds all of, whichever comes first', () => {
    const both = (other: Record<string, string>) =>
      tree({ ...under(source, five), ...under(second.source, other), ...under('old', five) });
    const turned = { ...policy, layers: { second, 'inbox-core': layer } };
    expect(findCopies(both({ ...five, 'a.py': '2' }), turned)).toMatchObject([{ layer: 'inbox-core', all: 5 }]);
    expect(findCopies(both(five), turned)).toMatchObject([{ layer: 'second' }]);
    expect(findCopies(both(five), policy)).toMatchObject([{ layer: 'inbox-core' }]);
  });

  it.each<[string, Record<string, string>, string]>([
    [
      'not to the folder that the source is in',
      { ...under('src_v2', { ...five, 'a.py': 'A', 'b.py': 'B' }) },
      'src_v2/x 3',
    ],
    [
      'not from a folder of another name',
      { 'v/y/c.py': 'c', 'v/y/d.py': 'd', 'v/y/e.py': 'e', 'v/a.py': 'A' },
      'v/y 3',
    ],
    ['not without a neighbour', { 'v/x/c.py': 'c', 'v/x/d.py': 'd', 'v/x/e.py': 'e', 'v/z.py': 'A' }, 'v/x 3'],
  ])('goes up from a part of a copy %s', (_, files, expected) => expect(copies(files)).toEqual([expected]));

  it('goes up from a part that lies deeper', () => {
    const deep = { 'p/x/c.py': 'c', 'p/x/d.py': 'd', 'p/x/e.py': 'e', 'p/n.py': 'n', 'a.py': 'a' };
    const found = findCopies(tree({ ...under(source, deep), ...under('v', { ...deep, 'n.py': 'N' }) }), policy);
    expect(found.map(({ folder }) => folder)).toEqual(['v']);
    const part = { 'v/x/c.py': 'c', 'v/x/d.py': 'd', 'v/x/e.py': 'e' };
    const up = (more: Record<string, string>) =>
      findCopies(tree({ ...under(source, deep), ...part, ...more }), policy).map(({ folder }) => folder);
    expect([up({ 'v/n.py': 'N' }), up({ 'v/a.py': 'N' })]).toEqual([['v'], ['v/x']]);
  });

  it('asks for all names only where enough of a source is elsewhere', () => {
    let asked = 0;
    const names = () => {
      asked += 1;
      return new Set<string>();
    };
    findCopies(tree({ ...under(source, five), 'f/a.py': 'a', 'f/b.py': 'b' }), policy, names);
    expect(asked).toBe(0);
    findCopies(tree({ ...under(source, five), ...under('f', five) }), policy, names);
    expect(asked).toBe(1);
  });

  it('finds every folder with enough in it, by itself or by one above or below', () => {
    const folder = fc.constantFrom('p', 'p/q', 'p/q/x', 'p/r', 's/x', 's', 'src_v2', 'src_v2/t/x');
    const file = fc.tuple(
      folder,
      fc.constantFrom('a.py', 'b.py', 'c.py', 'd.py', 'e.py'),
      fc.constantFrom('', ...'abcdez'),
    );
    fc.assert(
      fc.property(fc.array(file, { maxLength: 14 }), (files) => {
        const entries = tree({
          ...under(source, five),
          ...Object.fromEntries(files.map(([where, name, text]) => [`${where}/${name}`, text])),
        });
        const reported = findCopies(entries, policy);
        const outside = entries.filter(({ path }) => !path.startsWith(`${source}/`));
        const folders = new Set(outside.flatMap(({ path }) => foldersAbove(path)).filter((one) => one !== 'src_v2'));
        const wanted = new Set(['a', 'b', 'c', 'd', 'e'].map((text) => text.padEnd(40, '.')));
        const held = (one: string) =>
          new Set(
            outside.filter(({ path, oid }) => path.startsWith(`${one}/`) && wanted.has(oid)).map(({ oid }) => oid),
          ).size;
        const near = (a: string, b: string) => a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
        const enough = [...folders].filter((one) => held(one) >= 3);
        for (const one of enough) expect(reported.some((copy) => near(copy.folder, one))).toBe(true);
        for (const copy of reported)
          expect([enough.includes(copy.folder), copy.shared]).toEqual([true, held(copy.folder)]);
        const names = reported.map((copy) => copy.folder);
        expect(names.filter((a) => names.some((b) => a !== b && near(a, b)))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('what it costs', () => {
  const layers = Object.fromEntries(
    Array.from({ length: 1000 }, (_, i) => [`l${i}`, { ...layer, name: `l${i}`, source: `src/l${i}` }]),
  );
  /** 1,000 layers of ten files and 90,000 others, among them one file that everybody has ten thousand times. */
  const large = tree({
    ...Object.fromEntries(
      Array.from({ length: 10_000 }, (_, i) => [
        `src/l${i % 1000}/f${i}.py`,
        i < 2000 ? `common${i >> 10}` : `own${i}`,
      ]),
    ),
    ...Object.fromEntries(
      Array.from({ length: 90_000 }, (_, i) => [
        `lib/a${i % 300}/b${i % 7}/${i}.py`,
        i % 9 === 0 ? 'common0' : `o${i}`,
      ]),
    ),
    ...Object.fromEntries(
      Array.from({ length: 6 }, (_, i) => [`old/l7/f${2007 + i * 1000}.py`, `own${2007 + i * 1000}`]),
    ),
  });

  it('is that of reading the names, not of comparing layer by layer', () => {
    const names = () => new Set(large.flatMap(({ path }) => foldersAbove(path))).size;
    const time = (act: () => unknown) => {
      const start = performance.now();
      act();
      return performance.now() - start;
    };
    time(names);
    const floor = time(names);
    let found: unknown;
    const spent = time(() => {
      found = findCopies(large, { ...policy, layers, functions: {} });
    });
    expect(found).toMatchObject([{ folder: 'old/l7', layer: 'l7' }]);
    expect(spent).toBeLessThan(floor * 6);
  });
});
