import { describe, expect, it } from 'vitest';
import { isIgnored } from '../../src/layer/gitignore.js';

/** As `git check-ignore` answers; `gitignore.test.ts` asks it of these lines and of many more. */
const zip = '.build/layers/a.zip';

describe('a line of .gitignore', () => {
  it.each<[text: string, path: string, ignored: boolean]>([
    ['/.build/', zip, true],
    ['/.build/', 'src/.build/x', false],
    ['/.build/', '.build', false],
    ['.build/', 'src/.build/x', true],
    ['.build', '.build', true],
    ['.build', 'src/.build', true],
    ['build', '.build', false],
    ['*.zip', zip, true],
    ['*.zip', 'a.zip', true],
    ['*.zip', 'a.zip.txt', false],
    ['/*.zip', zip, false],
    ['layers/*.zip', zip, false],
    ['.build/*/a.zip', zip, true],
    ['.build/**', zip, true],
    ['**/layers/', zip, true],
    ['# .build', '# .build', false],
    ['\\# x', '# x', true],
    ['\\!x', '!x', true],
    ['', 'x', false],
    ['/', 'x', false],
    ['!', 'x', false],
    ['x  ', 'x', true],
    ['x\\ ', 'x ', true],
    ['x\\ ', 'x', false],
    ['x\r', 'x', true],
    ['{a,b}', 'a', false],
    ['{a,b}', '{a,b}', true],
    ['a\\?b', 'a?b', true],
    ['a[0-9]b', 'a5b', true],
    ['a[!0-9]b', 'a5b', false],
    ['a[^0-9]b', 'axb', true],
    ['a[^0-9]b', 'a5b', false],
  ])('%j of %j: %s', (text, path, ignored) => {
    expect(isIgnored(path, [{ folder: '', text }])).toBe(ignored);
  });

  it.each<[text: string, path: string, ignored: boolean]>([
    ['*.zip\n!a.zip', 'a.zip', false],
    ['*.zip\n!a.zip', 'b.zip', true],
    ['!a.zip\n*.zip', 'a.zip', true],
    ['/.build/*\n!/.build/README.md', '.build/README.md', false],
    ['/.build/*\n!/.build/README.md', zip, true],
    ['/.build/\n!/.build/README.md', '.build/README.md', true],
    ['archive/\n!/keep/archive/', 'keep/archive/x', false],
    ['archive/\n!/keep/archive/', 'other/archive/x', true],
  ])('the last of %j counts for %j: %s', (text, path, ignored) => {
    expect(isIgnored(path, [{ folder: '', text }])).toBe(ignored);
  });
});

describe('a file in a folder', () => {
  it.each<[inner: string, path: string, ignored: boolean]>([
    ['*', '.build/x', true],
    ['*', 'x', false],
    ['*\n!README.md', '.build/README.md', false],
    ['/layers', zip, true],
    ['/.build/layers', zip, false],
    ['layers/a.zip', zip, true],
    ['!*.md', '.build/a.md', false],
    ['', '.build/a.md', true],
    ['*', '.buildings/x', false],
  ])('%j speaks for what is below it, and last: %j %s', (inner, path, ignored) => {
    const files = [
      { folder: '', text: '*.md\n' },
      { folder: '.build', text: inner },
    ];
    expect(isIgnored(path, files)).toBe(ignored);
  });
});
