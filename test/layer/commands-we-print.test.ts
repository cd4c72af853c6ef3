import { describe, expect, it } from 'vitest';
import { fromTop, pathspec, shellWord } from '../../src/layer/shell.js';

describe('a word of a shell', () => {
  it.each([
    ['src/core-1.0/a_b@c%d+e=f:g,h', 'src/core-1.0/a_b@c%d+e=f:g,h'],
    ['=a', "'=a'"],
    ['', "''"],
    ['a b', "'a b'"],
    ["it's", "'it'\\''s'"],
    ['$(rm)', "'$(rm)'"],
    ['a\nb', "$'a\\012b'"],
    ['\u202ea', "$'\\342\\200\\256a'"],
    ['##[group]', "$'\\043\\043\\133group\\135'"],
    ['# [a]', "'# [a]'"],
    ["\t'\\", "$'\\011\\047\\134'"],
    ['é', "'é'"],
  ])('%j is written %s', (text, word) => expect(shellWord(text)).toBe(word));

  it('of git is one path, from whatever folder', () => {
    expect(pathspec('src/core/a.py')).toBe(':/src/core/a.py');
    expect(pathspec('.gitignore')).toBe(':/.gitignore');
    expect(pathspec('-a')).toBe("':(top,literal)-a'");
    expect(pathspec('a*b')).toBe("':(top,literal)a*b'");
    expect(pathspec('a\tb')).toBe("$':(top,literal)a\\011b'");
    expect(pathspec('a\ufffd', Buffer.from([0x61, 0xe9]).toString('base64'))).toBe("$':(top,literal)a\\351'");
  });

  it('of a command may stand for the root', () => {
    expect(fromTop('git add a')).toBe('(cd "$(git rev-parse --show-toplevel)" && git add a)');
  });
});
