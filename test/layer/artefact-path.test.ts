import { describe, expect, it } from 'vitest';
import { pathLimit, pathProblem, watchCollisions } from '../../src/layer/artefact-path.js';

describe('a path in an artefact', () => {
  it.each([
    ...[
      'python/core/__init__.py',
      'a',
      'a-b_c+d@e=f,g.h',
      'python/ä.py',
      'python/漢字.py',
      'a b/c',
      'conf/x',
      'com10',
      'auxiliary',
    ],
    ...['python/a..b', '.env', 'python/.hidden/x', `python/${'x'.repeat(pathLimit - 7)}`],
  ])('%s is fine', (path) => expect(pathProblem(path)).toBeNull());

  it.each([
    ['', 'an empty name'],
    ['/etc/passwd', 'an absolute path'],
    ['a\u0007b', 'a control or invisible character in a name'],
    ['a\u200bb', 'a control or invisible character in a name'],
    ['a\u202eb', 'a control or invisible character in a name'],
    ['a\u2028b', 'a control or invisible character in a name'],
    ['a\ud800b', 'a control or invisible character in a name'],
    ['a\\b', 'a backslash in a name'],
    ['C:/x', 'a colon in a name'],
    ['a//b', `an empty, '.' or '..' part in a path`],
    ['a/./b', `an empty, '.' or '..' part in a path`],
    ['../b', `an empty, '.' or '..' part in a path`],
    ['a/..', `an empty, '.' or '..' part in a path`],
    ['a/', `an empty, '.' or '..' part in a path`],
    ['a./b', 'a name that ends in a dot or a blank'],
    ['a/b ', 'a name that ends in a dot or a blank'],
    ['python/CON', 'a name that Windows reads as a device'],
    ['python/nul.py', 'a name that Windows reads as a device'],
    ['prn/x.py', 'a name that Windows reads as a device'],
    ['aux.tar.gz', 'a name that Windows reads as a device'],
    ['com1', 'a name that Windows reads as a device'],
    ['lpt9.txt', 'a name that Windows reads as a device'],
    ['com¹', 'a name that Windows reads as a device'],
    [`python/${'x'.repeat(pathLimit - 6)}`, `a path of more than ${pathLimit} bytes`],
    [`${'é'.repeat(pathLimit / 2)}x`, `a path of more than ${pathLimit} bytes`],
    ['漢'.repeat(342), `a path of more than ${pathLimit} bytes`],
  ])('%j is %s', (path, problem) => expect(pathProblem(path)).toBe(problem));
});

describe('paths that some system takes for one', () => {
  /** What each of these, in that order, collides with; a folder ends in `/`. */
  function collisions(...paths: string[]): (string | null)[] {
    const watch = watchCollisions();
    return paths.map((path) => (path.endsWith('/') ? watch(path.slice(0, -1), 'folder') : watch(path, 'file')));
  }

  it.each<[string, string[], (string | null)[]]>([
    ['nothing alike', ['a/b', 'a/c', 'b/a', 'ab'], [null, null, null, null]],
    ['the same twice', ['a/b', 'a/b'], [null, 'a/b']],
    ['another case', ['a/b', 'a/B'], [null, 'a/b']],
    ['another case of a folder', ['a/b', 'A/c'], [null, 'a']],
    ['another form of an accent', ['é', 'e\u0301'], [null, 'é']],
    ['letters that only fold in capitals', ['straße', 'STRASSE'], [null, 'straße']],
    ['other letters beyond ASCII', ['Ä/x', 'ä/y'], [null, 'Ä']],
    ['a folder named twice', ['a/', 'a/', 'a/b'], [null, null, null]],
    ['a folder that is there already', ['a/b', 'a/'], [null, null]],
    ['a folder in another case', ['a/', 'A/'], [null, 'a']],
    ['a file where a folder is needed', ['a', 'a/b'], [null, 'a']],
    ['a file where a folder is', ['a/b', 'a'], [null, 'a']],
    ['a file where a named folder is', ['a/', 'a'], [null, 'a']],
    ['a folder where a file is', ['a', 'a/'], [null, 'a']],
    ['a file deep in the place of a folder', ['a/b', 'a/b/c/d'], [null, 'a/b']],
    ['another folder in between', ['a/b/c', 'x/y', 'a/b/d', 'a/B/e'], [null, null, null, 'a/b']],
  ])('%s', (_, paths, found) => expect(collisions(...paths)).toEqual(found));
});
