import { describe, expect, it } from 'vitest';
import { type Node, outline } from '../../../../src/policy/weaker/checks/outline.js';

/** `text 2` of each node, indented as the tree has it; an item is a star. */
function shown(node: Node, depth = -1): string[] {
  const own = depth < 0 ? [] : [`${'  '.repeat(depth)}${node.isItem ? '*' : node.text} ${node.line}`];
  return [...own, ...node.children.flatMap((child) => shown(child, depth + 1))];
}

describe('the tree of a text', () => {
  it.each<[what: string, text: string, tree: string[]]>([
    ['nothing', '', []],
    ['lines', 'a\nb', ['a 1', 'b 2']],
    ['what is indented', 'a:\n  b:\n    c\n  d\ne', ['a: 1', '  b: 2', '    c 3', '  d 4', 'e 5']],
    ['items', 'a:\n- b: 1\n  c: 2\n-   d', ['a: 1', '  * 2', '    b: 1 2', '    c: 2 3', '  * 4', '    d 4']],
    ['an item in a line of its own', 'a:\n  -\n    b\n-b', ['a: 1', '  * 2', '    b 3', '-b 4']],
    ['a dash within', 'a - b', ['a - b 1']],
    ['brackets that close', 'a {\n  b\n}\n])\n;\n"`,', ['a { 1', '  b 2']],
    ['a comment', '# x\na # y\nb#c\nd // e\nf//g\nhttp://h', ['a 2', 'b#c 3', 'd 4', 'f//g 5', 'http://h 6']],
    ['a mark within quotes', `a "b # c"\nd 'e # f'\ng "h" # i`, ['a "b # c" 1', "d 'e # f' 2", 'g "h" 3']],
    ['a line that goes on', 'a \\\n  b \\\n    c\nd', ['a b c 1', 'd 4']],
    ['a last line that would go on', 'a\nb \\', ['a 1', 'b \\ 2']],
    ['line ends of Windows', 'a: \r\n  b\r\n', ['a: 1', '  b 2']],
    ['a line of a thousand characters', 'x'.repeat(1000), [`${'x'.repeat(1000)} 1`]],
    ['a longer one', 'x'.repeat(1001), [`${'x'.repeat(1000)} ; … 1`]],
  ])('%s', (_, text, tree) => expect(shown(outline(text))).toEqual(tree));

  it('begins with the file', () => {
    expect(outline('a')).toMatchObject({ text: '', line: 0, isItem: false, parent: null });
  });
});

it.each<[text: string, key: string, value: string]>([
  ['a: b', 'a', 'b'],
  ['a  :   b c', 'a', 'b c'],
  ['"a b": c', 'a b', 'c'],
  ["'a b':", 'a b', ''],
  ['runs-on:', 'runs-on', ''],
  ['Check the policy:', 'Check the policy', ''],
  ['script: |-', 'script', '|-'],
  ['a:b', '', 'a:b'],
  ['x a: b', '', 'x a: b'],
  ['environment {', 'environment', ''],
  ['environments {', '', 'environments {'],
  ['setenv = A=b', 'setenv', 'A=b'],
  ['A=b', '', 'A=b'],
  ['npm test', '', 'npm test'],
])('the key of %s is "%s", and its value "%s"', (text, key, value) => {
  expect(outline(text).children).toMatchObject([{ text, key, value }]);
});

it('no sign that some reader takes for the end of a line hides what stands behind it', () => {
  for (const end of ['\r', '\u0085', '\u2028', '\u2029'])
    expect(shown(outline(`name: a${end}if: false`))).toEqual(['name: a 1', 'if: false 2']);
});

it('lines that go on in the next one are cut as one line', () => {
  const [all, ...others] = outline('a\\\n'.repeat(3000)).children;
  expect([all?.text.length, all?.text.slice(-4), others]).toEqual([1004, ' ; …', []]);
});
