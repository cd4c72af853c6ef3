import { describe, expect, it } from 'vitest';
import { judged, pathsOf } from '../../src/rule/index.js';
import { problemsOf } from './problems.js';

const commit = '85bbcf0ddc0ff5c1a9b2a1d2ac1a9d6a4a7a3f10';
const path = (path: string, rest: { commit?: string; pathBytes?: string } = {}) => ({
  ...{ path, mode: '100644', commit: null },
  ...rest,
});
const pathBytes = btoa('.build/\xff.zip');

describe('safe-paths', () => {
  const hidden = 'holds characters that reorder or hide text';
  const git = 'has a part that some systems read as .git';
  const part = 'has a part "." or "..", or an empty one';
  const ends = 'has a part that ends in a dot or a blank, which Windows drops';
  const device = 'has a part that is a device on Windows';
  const taken = 'holds one of <>:"|?*, which Windows takes in no name';

  it.each<[string, string, string]>([
    ...['a/./b', 'a/../b', 'a//b', '/a', 'a/', '..'].map(
      (one) => [one, 'impossible', part] as [string, string, string],
    ),
    ...['.git', '.GIT/x', 'a/.git', '.git.', '.git ', '.git. .', 'git~1', 'GIT~22/x', '.git:x', 'git~1:x'].map(
      (one) => [one, 'impossible', git] as [string, string, string],
    ),
    ...['.g\u200cit', '.gi\u206at/x', '\ufeff.git'].map((one) => [one, 'unsafe', git] as [string, string, string]),
    ...['a\u0001', 'a\u001f', 'a\u007f', 'a\u009f'].map(
      (one) => [one, 'unsafe', 'holds control characters'] as [string, string, string],
    ),
    ...['\u00ad', '\u061c', '\u180e', '\u200b', '\u2028', '\u202e', '\u2066', '\ufeff', '\u{e0041}'].map(
      (one) => [`a${one}b`, 'unsafe', hidden] as [string, string, string],
    ),
    ['a\\b', 'unsafe', 'holds a backslash, which is a folder border on Windows'],
    ...[...'<>:"|?*'].map((one) => [`a${one}b`, 'unsafe', taken] as [string, string, string]),
    ...['a.', 'a ', 'a./b', 'a /b'].map((one) => [one, 'unsafe', ends] as [string, string, string]),
    ...['con', 'PRN.txt', 'a/aux/b', 'nul.a.b', 'com1', 'LPT9.x', 'com0', 'lpt³'].map(
      (one) => [one, 'unsafe', device] as [string, string, string],
    ),
    ...[
      ...['c_\uff41rn.txt', 'a/\uff0ebuild/x', '\u{1d41a}.py', 'o\ufb03ce', 'a\u2024py'],
      // Cyrillic і, с and о, Н; Greek ο and Α.
      ...['.bu\u0456ld/x', 'inbox-\u0441\u043ere-1.0.0.zip', 'README.\u041dTML', 's\u03bfrt.py', 'a/\u0391RN.txt'],
    ].map(
      (one) =>
        [
          one,
          'unsafe',
          'reads like plain letters and signs, but is made of others (full-width or Cyrillic ones, for instance)',
        ] as [string, string, string],
    ),
    ['a'.repeat(4097), 'unsafe', 'is longer than 4096 bytes'],
  ])('%j is %s: it %s', (file, message, what) => {
    const [problem, ...others] = problemsOf('safe-paths', { paths: pathsOf([path(file, { commit })]) });
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ message, file, commit, data: { what } });
  });

  it.each([
    ...[
      'a.git',
      '.gitignore',
      '.github/x',
      'git~x',
      'xgit~1',
      '.git2',
      'agit',
      'console',
      'com10',
      'xcon',
      'aux_',
      'nul-1',
      'lpt',
      'com',
    ],
    ...['...a', 'a..b', 'a b', 'é/日本', "it's", 'a&b', '(a)', 'a'.repeat(4096)],
    ...['１月.md', '（案）', 'm²', 'N\u00ba1', '①', 'caf\u0065\u0301', 'наш', '½'],
  ])('lets %j be', (file) => expect(problemsOf('safe-paths', { paths: judged(file) })).toEqual([]));

  it('tells of bytes that no text holds, as what they are', () => {
    expect(problemsOf('safe-paths', { paths: pathsOf([path('.build/\\xff.zip', { pathBytes })]) })).toEqual([
      {
        ...{ message: 'unsafe', file: '.build/\\xff.zip', pathBytes, commit: null },
        data: { what: 'is not UTF-8', spec: "$':(top,literal).build/\\377.zip'" },
      },
    ]);
  });

  it('tells two names of one file, and one name of two', () => {
    const collisions = [
      { path: 'A', other: 'a' },
      { path: 'b', other: 'b' },
    ];
    expect(problemsOf('safe-paths', { collisions })).toEqual([
      { message: 'collision', file: 'A', about: 'a', data: { other: 'a' } },
      { message: 'twice', file: 'b', about: 'b', data: { other: 'b' } },
    ]);
  });
});
