import { describe, expect, it } from 'vitest';
import { publicNames } from '../../../src/layer/compare/public-names.js';

/** Each text is Python; with it the names that its module offers. */
const names = (text: string, isPackage = false) =>
  publicNames(Buffer.from(text).toString('latin1'), { name: 'core', isPackage })?.join(' ');

describe('targets', () => {
  it.each([
    ['(a, b) = c\n', 'a b'],
    ['[a, [b]] = c\n', 'a b'],
    ['f"{x}".y, b = 1\n', 'b'],
    ['r"x".y, b = 1\nRb\'z\'.y, c = 1\n', 'b c'],
    ['a[(b), c], d = 1\n', 'd'],
    ['a[b], c = 1\n', 'c'],
    ['a[b:c], d = 1\n', 'd'],
    ['a[b][c], d = 1\n', 'd'],
    ['a(b)[c], d = 1\n', 'd'],
    ['a.b.c, d = 1\n', 'd'],
    ['a, b(c=1)\n', ''],
    ['a: dict[b] = c = 1\n', 'a c'],
    ['a = lambda: 1\n', 'a'],
    ['a = b = 1\ndel (a)\n', 'b'],
    ['a = b = c = 1\ndel (a, b)\n', 'c'],
    ['type A = int\n', 'A'],
    ['type A[T] = int\n', 'A'],
    ['type = A = 1\n', 'A type'],
    ['async def f(): pass\n', 'f'],
    ['class A[T](B): pass\n', 'A'],
    ['a = b if c == d else e\n', 'a'],
    ['a += 1\n', ''],
    ['a = 1.5\nb = .5e3\nc = 0x1F\n', 'a b c'],
  ])('%j', (text, expected) => expect(names(text)).toBe(expected));
});

describe('statements', () => {
  it.each([
    ['import x; b = 1\n', 'b'],
    ['import x\rb = 1\r', 'b'],
    ['import x\r\nb = 1\r\n', 'b'],
    ['if x[1:2]: a = 1\n', 'a'],
    ['if x == y: a = 1\n', 'a'],
    ['for x in {1: 2}: a = 1\n', 'a'],
    ['while (x): a = 1; import y; b = 2\n', 'a b'],
    ['try: a = 1\nfinally: b = 1\n', 'a b'],
    ['if x: a = 1\nelif y: b = 1\n', 'a b'],
    ['async for x in y: a = 1\nasync with z: b = 1\n', 'a b'],
    ['match x:\n  case 1: a = 1\n  case y: b = 1\n', 'a b'],
    [
      'match 1:\n  case "x": a = 1\n  case -1: b = 1\n  case {}: c = 1\n  case [d]: e = 1\n  case (f): g = 1\n',
      'a b c e g',
    ],
    ['match *x:\n  case ~y: a = 1\nmatch: int = 1\nmatch.x = 1\n', 'a match'],
    ['match = 1\ncase: int = 2\n', 'case match'],
    ['match -= 1\ncase == 2\n', ''],
    ['match\nasync\ntype\ndef\nclass\ndel\n__all__\nimport\nfrom\na = 1\n', 'a'],
    ['def (x): pass\n', ''],
    ['a = TYPE_CHECKING\nb = __name__\n', 'a b'],
    ['if TYPE_CHECKING: a = 1\nif typing.TYPE_CHECKING: b = 1\nc = 1\n', 'c'],
    ['\ufeffdef f(): pass\n', 'f'],
    ['a = 1  ', 'a'],
    ['a = 1\n   ', 'a'],
  ])('%j', (text, expected) => expect(names(text)).toBe(expected));
});

describe('blocks', () => {
  it.each([
    ['a comment', 'def f():\n  a = 1\n# c\n  b = 2\n', 'f'],
    ['a line without anything', 'def f():\n  a = 1\n\n  b = 2\n', 'f'],
    ['one of blanks', 'def f():\r\n  a = 1\r\n \r\n  b = 2\r\n', 'f'],
    ['a lone carriage return', 'def f():\r  a = 1\r\r  b = 2\rc = 1\r', 'c f'],
    ['a tab is as wide as eight', 'def f():\n\ta = 1\n        b = 2\nc = 3\n', 'c f'],
    ['a tab behind blanks too', 'def f():\n  \ta = 1\n        b = 2\nc = 3\n', 'c f'],
    ['nine and sixteen', 'def f():\n         a = 1\n         if x:\n\t\tb = 2\nc = 3\n', 'c f'],
    ['a form feed begins the line anew', 'def f():\n  a = 1\n  \fb = 2\n', 'b f'],
    ['what is in a block of one that is hidden', 'class C:\n  if x:\n    a = 1\n  b = 1\nif y:\n  c = 1\n', 'C c'],
    ['what follows a definition in one line', 'if x:\n  def f(): pass\n  a = 1\nelse:\n  b = 1\n', 'a b f'],
    ['an odd step back', 'if x:\n    def f():\n        a = 1\n    b = 1\nc = 1\n', 'b c f'],
  ])('%s', (_, text, expected) => expect(names(text)).toBe(expected));

  it.each([
    ['brackets', '  y = (\n1,\n[2, {3}])\n'],
    ['arguments', '  y = g(\nd=2)\n'],
    ['comments', "  x = 1 # it's ([{\n"],
    ['strings', '  x = "(" + \'[\' + """\nd = 1\n"""\n'],
    ['strings with fields', '  x = f"{y["("]}"\n'],
    ['continued lines', '  z = \\\nd = 2\n'],
    ['lines continued as Windows does', '  z = \\\r\nd = 2\r\n'],
    ['a carriage return', '  z = 1\r'],
  ])('nothing inside a function is taken for more: %s', (_, body) => {
    expect(names(`def f():\n${body}b = 1\n`)).toBe('b f');
  });

  it('a hidden bracket without an end is no Python either', () => {
    expect(names('def f():\n  (\n')).toBeUndefined();
    expect(names('def f():\n  )\n')).toBeUndefined();
    expect(names('def f():\n  "\n')).toBeUndefined();
  });
});

describe('strings end where Python says', () => {
  it.each([
    'a = "{"; b = 1\n',
    "a = '\"'; b = 1\n",
    'a = "\\""; b = 1\n',
    'a = r"\\""; b = 1\n',
    'a = b"{" + br"{" + u"{"; b = 1\n',
    'a = """say "hi" and ""now"""; b = 1\n',
    "a = '''it's\n'''; b = 1\n",
    'a = """\\""""; b = 1\n',
    'a = f"{x["]"]}"; b = 1\n',
    'a = f"{x[\'(\']}"; b = 1\n',
    'a = F"{x["]"]}"; b = 1\n',
    'a = fr"{x["]"]}"; b = 1\n',
    'a = Rf"{x["]"]}"; b = 1\n',
    'a = t"{x["]"]}"; b = 1\n',
    'a = rt"{x["]"]}"; b = 1\n',
    'a = f"\\{x["]"]}"; b = 1\n',
    'a = f"\\"{x}"; b = 1\n',
    'a = f"{{"; b = 1\n',
    'a = f"}}{{{x}"; b = 1\n',
    'a = f"it\'s }} {{"; b = 1\n',
    'a = f"""\n{x}"\n"""; b = 1\n',
    'a = f"""{x # it\'s }"\n}"""; b = 1\n',
    'a = f"{ {1:2}["]"] }"; b = 1\n',
    'a = f"{(lambda: "]")()}"; b = 1\n',
    'a = f"{[x for x in y][0]:>3}"; b = 1\n',
    'a = f"{x:{w}.{p["]"]}}"; b = 1\n',
    'a = f"{x!r:\\}"; b = 1\n',
    'a = f"{f"{f"{x}"}"}"; b = 1\n',
    'a = f"{x:%H o\'clock}"; b = 1\n',
    'a = 1 if"x"else"y"; b = 1\n',
  ])('%j', (text) => expect(names(text)).toBe('a b'));

  it('an f-string may be the first of all', () => {
    expect(names('f"{x["]"]}".y, a = 1\n')).toBe('a');
  });

  it.each([
    'a = f"b\n',
    'a = f"b\r',
    'a = f"{b',
    'a = f"{b:',
    'a = f"{b:"\n',
    'a = f"{b[\n',
    'a = f"""{b:"""\n',
    "a = f'''b''\n",
    "a = '''b''\n",
    'a = "b\\',
    'a = "b\r"\n',
    `a = ${'f"{'.repeat(152)}x${'}"'.repeat(152)}\n`,
    `a = f"${'{x:'.repeat(302)}${'}'.repeat(302)}"\n`,
  ])('not %j', (text) => expect(names(text)).toBeUndefined());

  it('and as deep in each other as Python takes them', () => {
    expect(names(`a = ${'f"{'.repeat(150)}x${'}"'.repeat(150)}\n`)).toBe('a');
  });
});

describe('__all__', () => {
  it.each([
    ['is said in any strings', '__all__ = [u"a", R\'b\', """c""", \'\'\'d\'\'\', b"e"]\nx = 1\n', 'a b c d e'],
    ['is added to', '__all__ = ["a"]\n__all__ += ("b", "c")\n__all__.append("d")\nx = 1\n', 'a b c d'],
    ['is made of parts', '__all__ = ["a"] + ["b"]\nx = 1\n', 'a b'],
    ['is annotated', '__all__: list[str] = ["a"]\nx = 1\n', 'a'],
    ['loses names', '__all__ = ["a", "b"]\n__all__.remove("a")\nx = 1\n', 'b'],
    ['is sorted', '__all__ = ["b", "a"]\n__all__.sort(key=len)\nx = 1\n', 'a b'],
    ['is looked at', '__all__ = ["a"]\n__all__\nprint(__all__)\nx = 1\n', 'a'],
    ['is said anew', 'x = 1\n__all__ = ["a"] + y\n__all__ = ["b"]\n', 'b'],
    ['is added to what nobody knows', 'x = 1\n__all__ += ["b"]\n', 'b x'],
    ['is nothing', 'x = 1\n__all__ = []\n', ''],
    ['holds a string that only running it would tell', 'x = 1\n__all__ = [f"{y}", "a"]\n', 'x'],
    ['holds what is made of others', 'x = 1\n__all__ = ["a", y]\n', 'x'],
    ['is extended by what nobody knows', 'x = 1\n__all__ = ["a"]\n__all__.extend(y)\n', 'a x'],
    ['loses what nobody knows', 'x = 1\n__all__ = ["a", "b"]\n__all__.remove("a" if y else "b")\n', 'x'],
    ['is another one', 'x = 1\nother.__all__ = ["a"]\n', 'x'],
  ])('%s', (_, text, expected) => expect(names(text)).toBe(expected));
});

describe('a package offers of imports', () => {
  it.each([
    ['from core import a\n', 'a'],
    ['from core.x import a\n', 'a'],
    ['from corel import a\n', ''],
    ['from . import a\n', 'a'],
    ['from .x import (a, b as c,)\n', 'a c'],
    ['from .x import *\n', ''],
    ['import core\n', ''],
    ['import core.a\n', ''],
    ['import q.q\n', ''],
    ['import q as q, r as s\n', 'q'],
    ['from .x import a; b = 1\n', 'a b'],
  ])('%j', (text, expected) => expect(names(text, true)).toBe(expected));
});
