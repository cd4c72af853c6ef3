import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { demandedImports } from '../../../src/layer/imports/scan.js';

const modules = (text: string) =>
  demandedImports(text).map(({ module, level, names, line }) => [
    line,
    '.'.repeat(level) + module,
    ...(names.length > 0 ? [names.join(' ')] : []),
  ]);

describe('imports of a Python file', () => {
  it.each<[string, string, unknown[]]>([
    [
      'several in a line',
      'import a, b.c as d;import e',
      [
        [1, 'a'],
        [1, 'b.c'],
        [1, 'e'],
      ],
    ],
    [
      'names of a module',
      'from a.b import (c,\n  d as e, # f\n)\nimport g',
      [
        [1, 'a.b', 'c d'],
        [4, 'g'],
      ],
    ],
    [
      'relative ones',
      'from . import a\nfrom .. b import c\nfrom...d import*\nfrom .import e',
      [
        [1, '.', 'a'],
        [2, '..b', 'c'],
        [3, '...d'],
        [4, '.', 'e'],
      ],
    ],
    [
      'continued lines',
      'import \\\n  a\r\nimport b\rimport c',
      [
        [1, 'a'],
        [3, 'b'],
        [4, 'c'],
      ],
    ],
    [
      'in functions, classes, loops, in one line too',
      'def f(x: int = (1 if y else 2)) -> "z":\n\timport a\nclass B: import c\nfor x in y: import d\nwith open(p) as f: import e\nif (z := lambda: 1): import g',
      [
        [2, 'a'],
        [3, 'c'],
        [4, 'd'],
        [5, 'e'],
        [6, 'g'],
      ],
    ],
    [
      'not in strings and comments',
      '"""\nimport a\n"""\n# import b\nx = \'import c\' "\\"import d"\ny = r"\\"; import e\nf"{x!r:>{w}} import f"\n\'\'\'it\'s\nimport g\'\'\'',
      [],
    ],
    [
      'not what looks like it',
      'important = 1\nfrom_ = import_\nx.import_module("a")\nyield from a\nraise X from b',
      [],
    ],
    ['in a case, in one line', 'match x:\n  case "import b": import a', [[2, 'a']]],
    ['behind an f-string in an f-string', "x = f'{f'{y[\"#\"]}'}'; import a", [[1, 'a']]],
    ['a byte order mark, letters of all kinds', '\uFEFFimport été', [[1, 'été']]],
    [
      'a string that never ends',
      'import a\nx = "\nimport b\ny = """\nimport c',
      [
        [1, 'a'],
        [3, 'b'],
      ],
    ],
  ])('%s', (_, text, expected) => {
    expect(modules(text)).toEqual(expected);
  });

  it.each([
    ['try with its except', 'try:\n  import a\nexcept ImportError:\n  import b\nelse:\n  import c\nimport d'],
    ['asynchronously', 'async with suppress(ImportError):\n  import a\nimport d'],
    ['by a version among other things', 'if x and not sys.platform == "linux":\n  import a\nimport d'],
    ['in one line', 'try: import a\nexcept (KeyError, ModuleNotFoundError) as e: a = None\nimport d'],
    ['deeper', 'try:\n  if x:\n    def f():\n      import a\nexcept Exception:\n  pass\nimport d'],
    ['any exception', 'try:\n    from a import b\nexcept:\n    b = None\nimport d'],
    ['suppress', 'with contextlib.suppress(ImportError):\n  import a\nimport d'],
    ['for types', 'if TYPE_CHECKING:\n  import a\nif typing.TYPE_CHECKING: import b\nimport d'],
    ['by version', 'if sys.version_info >= (3, 11):\n  import a\nelif x:\n  import b\nelse:\n  import c\nimport d'],
    ['run by hand', 'if __name__ == "__main__":\n  import a\nimport d'],
  ])('are not demanded where they may fail: %s', (_, text) => {
    expect(modules(text).map(([, module]) => module)).toEqual(['d']);
  });

  it.each([
    ['another exception', 'try:\n  import a\nexcept KeyError:\n  import b\nfinally:\n  import c', ['a', 'b', 'c']],
    ['what always runs', 'try:\n  x\nexcept ImportError:\n  pass\nfinally:\n  import a', ['a']],
    ['the other branch', 'if TYPE_CHECKING:\n  import a\nelse:\n  import b', ['b']],
    [
      'after a try of another depth',
      'def f():\n  try:\n    x\n  except ImportError:\n    pass\n  import a\nimport b',
      ['a', 'b'],
    ],
    ['not for types', 'if not TYPE_CHECKING:\n  import a', ['a']],
  ])('are demanded elsewhere: %s', (_, text, expected) => {
    expect(modules(text).map(([, module]) => module)).toEqual(expected);
  });

  it('reads hostile text in linear time', () => {
    const texts = [
      `import a${' '.repeat(300_000)}b`,
      '('.repeat(300_000),
      'if lambda '.repeat(50_000),
      `from ${'. '.repeat(150_000)}`,
      '"\\'.repeat(200_000),
      'try:\n '.repeat(50_000),
    ];
    const started = performance.now();
    for (const text of texts) demandedImports(text);
    expect(performance.now() - started).toBeLessThan(4_000);
  });

  it('sees in the standard library what Python itself sees', () => {
    const script = `
import ast, json, os, pathlib
found = {}
for file in sorted(pathlib.Path(os.__file__).parent.glob("*.py")) + sorted(pathlib.Path(os.__file__).parent.glob("[aej]*/*.py")):
    tree = ast.parse(file.read_bytes())
    inner = {id(n) for t in ast.walk(tree) if isinstance(t, (ast.Try, ast.If, ast.With)) for n in ast.walk(t)}
    found[str(file)] = sorted({(n.lineno, a.name) for n in ast.walk(tree) if isinstance(n, ast.Import) and id(n) not in inner for a in n.names}
        | {(n.lineno, "." * n.level + (n.module or "")) for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and id(n) not in inner})
print(json.dumps(found))`;
    const found: Record<string, [number, string][]> = JSON.parse(
      execFileSync('python3', ['-c', script], { encoding: 'utf8' }),
    );
    expect(Object.keys(found).length).toBeGreaterThan(150);
    for (const [file, imports] of Object.entries(found)) {
      const ours = modules(readFileSync(file, 'utf8')).map(([line, module]) => `${line} ${module}`);
      expect([file, imports.filter(([line, module]) => !ours.includes(`${line} ${module}`))]).toEqual([file, []]);
    }
  });
});
