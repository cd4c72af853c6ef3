import { describe, expect, it } from 'vitest';
import { mayInstall } from '../../../src/layer/imports/installed.js';
import { demandedImports } from '../../../src/layer/imports/scan.js';

const imports = (text: string) =>
  demandedImports(text).map(({ module, level, names, line }) => `${line} ${'.'.repeat(level)}${module}:${names}`);

describe('an import', () => {
  it.each<[string, string[]]>([
    ['import a, b.c as d', ['1 a:', '1 b.c:']],
    ['import a,1b, c-d,e', ['1 a:', '1 e:']],
    ['from a import b as c, d', ['1 a:b,d']],
    ['from a import (b, c,)', ['1 a:b,c']],
    ['from a import*', ['1 a:']],
    ['from .a import b', ['1 .a:b']],
    ['from . . a.b import c', ['1 ..a.b:c']],
    ['from ... import a', ['1 ...:a']],
    ['from.import a', ['1 .:a']],
    ['from a-b import c', []],
    ['from a importb', []],
    ['x import a', []],
    ['import', []],
    ['importa', []],
    ['ximport a', []],
    ['xfrom a import b', []],
    ['a = 1; import b; from c import d', ['1 b:', '1 c:d']],
    ['import é.ü1, _a', ['1 é.ü1:', '1 _a:']],
    ['import a.', []],
    ['import .a', []],
  ])('%j', (text, expected) => expect(imports(text)).toEqual(expected));
});

describe('behind the head of a block', () => {
  it.each<[string, string[]]>([
    ['if x: import a', ['1 a:']],
    ['if x[1:2]: import a', ['1 a:']],
    ['if {1: 2}: import a', ['1 a:']],
    ['if (lambda: 1): import a', ['1 a:']],
    ['if lambda: lambda: 1: import a', ['1 a:']],
    ['if (x := 1): import a', ['1 a:']],
    ['while x := 1: import a', ['1 a:']],
    ['async with x: import a; import b', ['1 a:', '1 b:']],
    ['async def f(): import a', ['1 a:']],
    ['iffy = import a', []],
    ['class A(b): import c', ['1 c:']],
    ['for a in b: import c', ['1 c:']],
    ['else: import a', ['1 a:']],
    ['if x', []],
  ])('%j', (text, expected) => expect(imports(text)).toEqual(expected));

  it.each([
    'try: import a\nexcept: pass',
    'try: import a\nexcept Exception as e: pass',
    'try: import a\nexcept BaseException: pass',
    'try: import a\nexcept KeyError: pass\nexcept ImportError: pass',
    'try: import a\nexcept builtins.ImportError: pass',
    'try:\n  x\nexcept ImportError:\n  import a',
    'try:\n  x\nexcept ImportError:\n  pass\nelse:\n  import a',
    'try:\n  try:\n    import a\n  finally:\n    pass\nexcept ImportError:\n  pass',
    'with suppress(ImportError): import a',
    'with contextlib.suppress(KeyError, ModuleNotFoundError): import a',
    'if sys.version_info[0] == 3: import a',
    'if sys.platform == "linux": import a',
    'if sys.version > "3": import a',
    'if sys.implementation.name == "cpython": import a',
    'if version_info > (3,): import a',
    'if os.name == "nt": import a',
    'if platform.system() == "Linux": import a',
    'if x:\n  pass\nelif os.name == "nt":\n  import a',
    'if os.name == "nt":\n  pass\nelif x:\n  import a',
    'if os.name == "nt":\n  pass\nelif x:\n  pass\nelse:\n  import a',
    'if TYPE_CHECKING: import a',
    'if t.TYPE_CHECKING: import a',
    'if __name__ == "__main__": import a',
    "if (__name__=='__main__'): import a",
    'if TYPE_CHECKING:\n  if x:\n    import a\n  import b',
  ])('not demanded: %j', (text) => expect(imports(text)).toEqual([]));

  it.each([
    'try: import a\nexcept KeyError: pass',
    'try: import a\nexcept ImportErrors: pass',
    'try: import a\nfinally: pass',
    'try: x\nexcept ImportError: pass\nimport a',
    'try:\n  x\nexcept ImportError:\n  pass\nfinally:\n  import a',
    'try: x\nexcept ImportError: pass\ntry: import a\nexcept KeyError: pass',
    'try:\n  import a\nx = 1\nexcept ImportError: pass',
    'if suppress(ImportError): import a',
    'with suppress(KeyError): import a',
    'with unsuppress(ImportError): import a',
    'with ImportError: import a',
    'if TYPE_CHECKING:\n  pass\nelse:\n  import a',
    'if TYPE_CHECKING:\n  pass\nelif x:\n  import a',
    'if not TYPE_CHECKING: import a',
    'if TYPE_CHECKING or x: import a',
    'if xTYPE_CHECKING: import a',
    'if __name__ == x: import a',
    'if __name__ == "__main__" or x: import a',
    'if platforms: import a',
    'if x:\n  pass\nelif y:\n  import a',
    'if x:\n  pass\nelse:\n  import a',
    'for x in y:\n  pass\nelse:\n  import a',
    'while sys.version: import a',
    'if os.name == "nt":\n  pass\nimport a',
    'if os.name == "nt":\n  pass\nif x: import a\nelse: pass',
    '  if os.name == "nt":\n    pass\nelse:\n  import a',
  ])('demanded: %j', (text) => expect(imports(text).map((one) => one.slice(2))).toEqual(['a:']));
});

describe('installing a distribution may give', () => {
  it.each([
    ['requests', 'requests', true],
    ['Requests', 'REQUESTS', true],
    ['google-cloud-storage', 'googlecloud', true],
    ['google-cloud-storage', 'cloud', false],
    ['pyfoo', 'foo', true],
    ['foopy', 'foo', true],
    ['foo-python3', 'foo', true],
    ['python-foo', 'foo', true],
    ['foo', 'pyfoo', true],
    ['foo', 'foopy2', true],
    ['pyx', 'x', false],
    ['xpy', 'x', false],
    ['pyxy', 'xy', true],
    ['foopyx', 'foox', false],
    ['a.b_c', 'a-b.c', true],
    ['Pillow', 'PIL', true],
    ['Pillow', 'pill', false],
  ])('%s: %s %s', (distribution, module, may) => {
    expect(mayInstall(['other', distribution])(module)).toBe(may);
  });
});
