import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addLine, removeLine } from '../../src/hooks/husky.js';
import { hookNames } from '../../src/hooks/shim.js';

const hook = fc.constantFrom(...hookNames);
const pieces = fc.constantFrom(
  'npx lint-staged',
  '#!/bin/sh',
  'exit 0',
  '  exit 1',
  'exec npm test',
  'exec </dev/tty',
  '',
  '# x',
);
const script = fc.array(pieces).map((lines) => lines.join('\n'));
const lineOf = (text: string) => text.split('\n').findIndex((line) => line.endsWith('# layer-policy'));

describe("husky's hooks", () => {
  it('are byte for byte as they were once the line is out again', () => {
    fc.assert(
      fc.property(
        fc.oneof(script, fc.string()),
        hook,
        (text, name) => removeLine(addLine(text, name, '.husky')) === text,
      ),
    );
  });

  it('get the line once, however often it is added', () => {
    fc.assert(
      fc.property(script, hook, (text, name) => {
        const once = addLine(text, name, '.husky');
        return addLine(once, name, '.husky') === once;
      }),
    );
  });

  it('that were not there go again, unless somebody added to them', () => {
    const made = addLine(null, 'pre-commit', '.husky');
    expect(removeLine(made)).toBe(null);
    expect(removeLine(`${made}npm test\n`)).toMatch(/npm test/);
    expect(removeLine(addLine('#!/bin/sh\n', 'pre-commit', '.husky'))).toBe('#!/bin/sh\n');
  });

  it.each([
    ['after the other commands', 'pre-commit', '#!/bin/sh\nnpm test\n', 2],
    ['before what ends the script', 'pre-commit', 'npm test\nexit 0\n', 1],
    ['before what replaces the script', 'pre-merge-commit', 'true\nexec npm \\\n  test\n', 1],
    ['after an exit inside of a condition', 'pre-commit', 'if true; then\n  exit 0\nfi\n', 3],
    ['after a redirection', 'pre-commit', 'exec </dev/tty\nexec 2>&1\ntrue', 3],
    ['first of all where the list of refs is read', 'pre-push', 'git lfs pre-push "$@"\n', 0],
    ['below the line that names the shell', 'pre-push', '#!/bin/sh\ncat\n', 1],
    ["below old husky's own", 'pre-push', '#!/bin/sh\n. "$(dirname -- "$0")/_/husky.sh"\ncat\n', 2],
  ] as const)('get it %s', (_, name, text, line) => {
    expect(lineOf(addLine(text, name, '.husky'))).toBe(line);
  });

  it('get a line of another version brought up to date in its place', () => {
    expect(addLine('a\n. "old/layer-policy.sh" # layer-policy\nb\n', 'pre-commit', '.husky').split('\n')).toEqual([
      'a',
      expect.stringContaining('/.husky/layer-policy.sh"'),
      'b',
      '',
    ]);
  });
});
