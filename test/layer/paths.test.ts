import fc from 'fast-check';
import { expect, it } from 'vitest';
import safePaths from '../../rules/safe-paths.js';
import { parseListing } from '../../src/io/git/raw.js';
import { fold } from '../../src/layer/alike.js';
import { asRead } from '../../src/layer/as-read.js';
import { pathsAs, pathsOf } from '../../src/layer/paths.js';
import type { Paths } from '../../src/ports.js';
import type { JudgedPath } from '../../src/rule/facts.js';

const letters = [
  'a',
  'A',
  'b',
  '.',
  ' ',
  '-',
  '0',
  '~',
  'é',
  'É',
  'e\u0301',
  '\u212a',
  'k',
  '日',
  '🦀',
  '\n',
  '\\',
  '\uff41',
  '\uff0e',
  '\u200b',
  '\ufb01',
  '\u0456',
  '\u0440',
];
const words = [
  'con',
  'Aux',
  'lpt1',
  'com10',
  '.git',
  'git~1',
  '..',
  '.zip',
  '.ZIP',
  '.build',
  '.bu\u0456ld',
  '.BUILD',
  'src',
  'Src',
];
const part = fc
  .array(fc.oneof(fc.constantFrom(...letters), fc.constantFrom(...words)), { minLength: 1, maxLength: 4 })
  .map((signs) => signs.join(''));
const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const tree = fc.uniqueArray(path, { maxLength: 25 }).map((paths) => paths.sort(inBytes));

/** The two forms paths have: those of a change, one by one, and those of a tree, as git's bytes. */
const forms: [string, (paths: string[]) => Paths<JudgedPath>][] = [
  ['a change', (paths) => pathsOf(paths.map(asJudged))],
  ['a tree', (paths) => pathsAs(listing(paths), ({ path }) => asJudged(path))],
];

function asJudged(path: string): JudgedPath {
  return { path, mode: '100644', commit: null };
}

function listing(paths: string[]) {
  return parseListing(Buffer.from(paths.map((path) => `100644 blob ${'0'.repeat(40)}\t${path}\0`).join('')), 40);
}

function inBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

const lower = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
/** As it is written, and as it is read where that is something else. */
const readings = (one: string) => [lower(one), ...(asRead(one) === one.toLowerCase() ? [] : [asRead(one)])];
const names = (items: Iterable<JudgedPath>) => Array.from(items, (item) => item.path);

it.each(forms)('of %s, what is asked for is what looking at each would find', (_, form) => {
  fc.assert(
    fc.property(tree, fc.oneof(part, path), (paths, asked) => {
      const made = form(paths);
      const wanted = lower(asked);
      expect(names(made)).toEqual(paths);
      expect(names(made.endingIn(asked))).toEqual(
        paths.filter((one) => readings(one).some((read) => read.endsWith(wanted))),
      );
      expect(names(made.below(asked))).toEqual(
        paths.filter((one) => readings(one).some((read) => `${read}/`.startsWith(`${wanted}/`))),
      );
      expect(names(made.inRoot())).toEqual(paths.filter((one) => !one.includes('/')));
      expect(made.toJSON()).toEqual(paths.map(asJudged));
    }),
    { numRuns: 300 },
  );
});

it.each(forms)('of %s, none that safe-paths speaks of is taken for plain', (_, form) => {
  const said = (paths: Paths<JudgedPath>) => [...safePaths.check({ paths, collisions: [] }, {})];
  fc.assert(
    fc.property(tree, (paths) => {
      const made = form(paths);
      expect(said(made)).toEqual(said({ ...made, odd: () => made }));
    }),
    { numRuns: 300 },
  );
});

it.each(forms)('of %s, a path is odd by its length alone', (_, form) => {
  const long = 'a'.repeat(4097);
  expect(names(form(['a', 'b'.repeat(4096), long, 'z:']).odd())).toEqual([long, 'z:']);
});

it('names of all the world but a few are plain', () => {
  const plain = ['README.md', 'src/[id].tsx', 'a b/c+d@2x.png', 'lib/common/config.py', 'x-1.2.3.zip', 'lpt/prn1/aux_'];
  expect(names(pathsOf(plain.map(asJudged)).odd())).toEqual([]);
});

it('where nothing may collide nothing does', () => {
  fc.assert(
    fc.property(tree, (paths) => {
      expect(listing(paths).mayCollide() || !collides(paths)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

it('plain capitals and accents collide with nothing', () => {
  expect(listing(['Makefile', 'README', 'README.md', 'Src/A.py', 'Src/b.py', 'src2/été.py']).mayCollide()).toBe(false);
  expect(listing(['Src/a.py', 'src/b.py']).mayCollide()).toBe(true);
  expect(listing(['a', 'a-b', 'a/b']).mayCollide()).toBe(true);
});

/** Two beginnings fold to one, or one path is a file and a folder. */
function collides(paths: string[]): boolean {
  const beginnings = new Set(
    paths.flatMap((one) => one.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'))),
  );
  const folded = new Set([...beginnings].map(fold));
  return folded.size < beginnings.size || paths.some((file) => paths.some((other) => other.startsWith(`${file}/`)));
}
