import { describe, expect, it } from 'vitest';
import { publicNames } from '../../../src/layer/compare/public-names.js';

const names = (text: string, module = { name: 'core', isPackage: false }) =>
  publicNames(Buffer.from(text).toString('latin1'), module);
const inPackage = (text: string) => names(text, { name: 'core', isPackage: true });

describe('a module offers', () => {
  it.each<[what: string, text: string, names: string[]]>([
    [
      'functions, classes, variables',
      'def f(): x = 1\nasync def g():\n  y = 1\nclass C: z = 1\nv = 2\n',
      ['C', 'f', 'g', 'v'],
    ],
    ['nothing that begins with an underscore', '_a = 1\n__version__ = "1"\ndef _f(): pass\nb = 1\n', ['b']],
    ['all of several targets', 'a = b, (c, *d) = [e, f] = value\n', ['a', 'b', 'c', 'd', 'e', 'f']],
    ['what is annotated and given a value', 'a: int = 1\nb: int\nc: dict[str, int] = {}\n', ['a', 'c']],
    ['no attribute, no item, no argument', 'a.b = 1\nc[d] = 2\ne(f=3)\ng = h(i=4)\nj == 5\n', ['g']],
    ['no parameter of a lambda', 'a = lambda b=1, c=2: b\n', ['a']],
    [
      'what stands in blocks',
      'if x:\n  a = 1\nelse:\n  b = 2\ntry:\n  import q\nexcept E:\n  def c(): pass\n',
      ['a', 'b', 'c'],
    ],
    ['what stands behind a head', 'if x: a = 1; b = 2\nwith y as z: c = 3\n', ['a', 'b', 'c']],
    [
      'nothing of a type checker, nothing of a program',
      'if TYPE_CHECKING:\n  a = 1\nif __name__ == "__main__":\n  b = 2\nelse:\n  c = 3\n',
      ['c'],
    ],
    [
      'nothing from inside functions and classes',
      'def f():\n  if x:\n    a = 1\nclass C:\n  b = 1\n  def g(self):\n    c = 2\nd = 1\n',
      ['C', 'd', 'f'],
    ],
    ['not what is deleted again', 'a = b = c = 1\ndel a, b\ndel c.d\n', ['c']],
    [
      'names that were words of the language elsewhere',
      'match = 1\ncase = 2\ntype = 3\ntype Alias = int\n',
      ['Alias', 'case', 'match', 'type'],
    ],
    ['names in any letters', 'été = 1\nﬁn = 2\n', ['fin', 'été']],
    ['nothing that is only text', '"""\na = 1\n"""\nb = "c = 1"\nd = r"\\\\"; e = 1\n', ['b', 'd', 'e']],
    [
      'what follows an f-string, of any age',
      "a = f'{x['y']}'; b = f\"{z:%H o'clock}\"\nc = f'{{'\nd = f'{x!r:>{w}}'\n",
      ['a', 'b', 'c', 'd'],
    ],
    ['what goes over several lines', 'a = (\n  1,\n  b)\nc = 1 + \\\n  2\nd = 3 # e = 4\n', ['a', 'c', 'd']],
    [
      'what follows a string that goes on in the next line',
      "a = 'x\\\r\ny'\r\nb = f'{a}\\\r\ny'\rc = 'x\\\ry'",
      ['a', 'b', 'c'],
    ],
    ['no parameter of a lambda in a head', 'if lambda: a: b = 1\n', ['b']],
    ['with the line ends of any system', '\ufeffa = 1\r\nb = """\r\n"""\rc = 3', ['a', 'b', 'c']],
  ])('%s', (_, text, expected) => expect(names(text)).toEqual(expected));

  it.each<[what: string, text: string, names: string[]]>([
    ['what its __all__ lists', 'a = b = 1\n__all__ = ["a", \'_c\']\n', ['_c', 'a']],
    [
      'with what is added',
      '__all__ = ("a",)\n__all__ += ["b"]\n__all__.extend(["c"])\n__all__.append("d")\n',
      ['a', 'b', 'c', 'd'],
    ],
    [
      'and everything public where only running it would tell',
      'x = y = 1\n__all__ = ["x"] + other.__all__\n',
      ['x', 'y'],
    ],
  ])('%s', (_, text, expected) => expect(names(text)).toEqual(expected));

  it('as a package what it takes from its own modules', () => {
    const text =
      'from .a import b, c as d, _e\nfrom core.x import (f,\n g)\nfrom os import h\nimport i\nfrom .z import *\n';
    expect(inPackage(text)).toEqual(['b', 'd', 'f', 'g']);
    expect(names(text)).toEqual([]);
    expect(names('from x import y as y, z as w\nimport q as q\n')).toEqual(['q', 'y']);
  });
});

describe('what is no Python is said to be none', () => {
  it.each([
    ['a string without an end', 'a = "b\n'],
    ['a long string without an end', 'a = """b\n'],
    ['a bracket without an end', 'a = (1\n'],
    ['a bracket without a beginning', 'a = 1)\n'],
    ['a field without an end', 'a = f"{b'],
    ['blocks without an end', Array.from({ length: 1100 }, (_, at) => `${' '.repeat(at)}if x:\n`).join('')],
    ['f-strings without an end', `${'f"{'.repeat(10_000)}`],
    ['fields without an end', `f"${'{a:'.repeat(10_000)}`],
    ['more names than any module', Array.from({ length: 20_002 }, (_, at) => `a${at} = 1\n`).join('')],
  ])('%s', (_, text) => expect(names(text)).toBeNull());

  it('and a hostile source costs its length, not more', () => {
    const started = performance.now();
    const texts = [
      'a='.repeat(1_000_000),
      'a;'.repeat(1_000_000),
      `x = [${'1,'.repeat(2_000_000)}]\n`,
      '\\\n'.repeat(1_000_000),
      '"""'.concat('\\"'.repeat(1_000_000)),
    ];
    for (const text of texts) names(text);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
