import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isIgnored } from '../../src/layer/gitignore.js';
import { repo } from '../kit/repo.js';

/** What git itself says of paths, told to look at nothing but these files. */
function askGit(files: Record<string, string>, paths: string[]): boolean[] {
  const r = repo().write(files);
  return paths.map((path) => r.tryGit('check-ignore', '--no-index', '-q', '--', path).code === 0);
}

const paths = [
  '.build/layers/a.zip',
  '.build/README.md',
  '.build/workspace/x/python/y.py',
  'src/.build/x',
  'a.zip',
  'layer_management/archive/2026-01/a.zip',
];

it.each([
  '/.build/',
  '/.build/*\n!/.build/README.md',
  '.build',
  '.build/\n!.build/README.md',
  '**/.build/**',
  '*.zip\n!a.zip',
  '.build/*/\n',
  '.build/**/*.zip',
  'archive/\n!/layer_management/archive/',
  'archive/\n!/layer_management/archive/\n!/layer_management/archive/**',
  '# nothing\n\n   \n',
  '\\#x\n\\!y\n',
  '.build/   \n',
  '.bu[a-j]ld/',
  '.b?ild/*',
  '/*\n!/layer_management',
  '.build\r\n',
])('reads %j as git does', (text) => {
  const ours = paths.map((path) => isIgnored(path, [{ folder: '', text }]));
  expect(ours).toEqual(askGit({ '.gitignore': text }, paths));
});

it('lets an inner file speak last', () => {
  const inner = '*\n!README.md\n!.gitignore\n';
  const files = [
    { folder: '', text: '*.md\n' },
    { folder: '.build', text: inner },
  ];
  const ours = paths.map((path) => isIgnored(path, files));
  expect(ours).toEqual(askGit({ '.gitignore': '*.md\n', '.build/.gitignore': inner }, paths));
});

it('reads any few lines of a small alphabet as git does', () => {
  const piece = fc.constantFrom(
    '.build',
    'layers',
    '*',
    '**',
    '/',
    '!',
    'a.zip',
    '*.zip',
    '?',
    'README.md',
    ' ',
    '[a-z]',
  );
  const line = fc.array(piece, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
  const text = fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => `${lines.join('\n')}\n`);
  fc.assert(
    fc.property(text, (content) => {
      const ours = paths.map((path) => isIgnored(path, [{ folder: '', text: content }]));
      expect(ours).toEqual(askGit({ '.gitignore': content }, paths));
    }),
    { numRuns: 60, seed: 7 },
  );
});
