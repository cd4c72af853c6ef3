import { type PythonLine, pythonLines } from './python-lines.js';

/** One import of a Python file. */
export interface Import {
  /** `a.b` of `import a.b` and of `from a.b import c`; '' of `from . import c`. */
  module: string;
  /** Dots in front of it. */
  level: number;
  /** What `from … import` takes: submodules or anything else that has a name there. */
  names: string[];
  line: number;
}

/** A statement with a suite, as far as it says whether what is imported below it must be there. */
interface Block {
  indent: number;
  /** One object for all branches of a `try`: only its `except` tells. */
  attempt: { catches: boolean } | null;
  /** Branches of one `if`: the machine or the version decides, which no source tells. */
  depends: boolean;
  /** Never run on Lambda, or run without consequence. */
  idle: boolean;
}

/**
 * The imports that fail the file, or a call of it, where their module is missing. Not among them: what stands under
 * `try` with an `except` for it, `suppress(ImportError)`, `if TYPE_CHECKING`, `if __name__ == "__main__"`, or a test of
 * version or system.
 */
export function demandedImports(text: string): Import[] {
  const found: { imports: Import[]; within: readonly Block[] }[] = [];
  const open: Block[] = [];
  for (const line of pythonLines(text)) read(line, open, (imports) => found.push({ imports, within: [...open] }));
  const isLetOff = ({ attempt, depends, idle }: Block) => attempt?.catches === true || depends || idle;
  return found.flatMap(({ imports, within }) => (within.some(isLetOff) ? [] : imports));
}

function read({ indent, line, code }: PythonLine, open: Block[], take: (imports: Import[]) => void): void {
  let before: Block | null = null;
  while ((open.at(-1)?.indent ?? -1) >= indent) {
    const closed = open.pop();
    before = closed?.indent === indent ? closed : null;
  }
  const head = headOf(code);
  if (head !== null) open.push(blockOf(head, indent, before));
  const depth = open.length;
  for (const statement of (head === null ? code : head.suite).split(';')) {
    const imports = importsOf(statement.trim(), line);
    if (imports.length > 0) take(imports);
  }
  open.length = depth;
}

interface Head {
  keyword: string;
  /** Between keyword and colon. */
  test: string;
  /** Behind the colon; '' where it stands below. */
  suite: string;
}

const keywords = /^(?:async )?(if|elif|else|try|except|finally|with|for|while|def|class)\b/;

function headOf(code: string): Head | null {
  const [start, keyword] = keywords.exec(code) ?? [];
  if (start === undefined || keyword === undefined) return null;
  const colon = colonAfter(code, start.length);
  return colon === null
    ? null
    : { keyword, test: code.slice(start.length, colon).trim(), suite: code.slice(colon + 1).trim() };
}

/** The colon that ends the head of a statement: in no bracket, of no `lambda`, no `:=`. */
function colonAfter(code: string, from: number): number | null {
  let depth = 0;
  let lambdas = 0;
  for (const { 0: token, index } of code.slice(from).matchAll(/[([{]|[)\]}]|\blambda\b|:=|:/g)) {
    if ('([{'.includes(token)) depth += 1;
    else if (')]}'.includes(token)) depth -= 1;
    else if (depth > 0 || token === ':=') continue;
    else if (token === 'lambda') lambdas += 1;
    else if (lambdas > 0) lambdas -= 1;
    else return from + index;
  }
  return null;
}

const unknowable = /\b(?:sys\.(?:version_info|version|platform|implementation)|version_info|os\.name|platform\.)/;
const neverHere = /^(?:\w+\.)?TYPE_CHECKING$|^\(?__name__ ?== ?''\)?$/;
const forImports = /\b(?:ImportError|ModuleNotFoundError|Exception|BaseException)\b/;

function blockOf({ keyword, test }: Head, indent: number, before: Block | null): Block {
  const block: Block = { indent, attempt: null, depends: false, idle: false };
  if (keyword === 'try') return { ...block, attempt: { catches: false } };
  if (keyword === 'except' && before?.attempt) {
    before.attempt.catches ||= test === '' || forImports.test(test);
    return { ...block, attempt: before.attempt };
  }
  // What `finally` holds runs whatever was caught.
  if (keyword === 'else') return { ...block, attempt: before?.attempt ?? null, depends: before?.depends ?? false };
  if (keyword === 'elif') return { ...block, depends: before?.depends || unknowable.test(test) };
  if (keyword === 'if') return { ...block, depends: unknowable.test(test), idle: neverHere.test(test) };
  if (keyword === 'with') return { ...block, idle: /\bsuppress\(/.test(test) && forImports.test(test) };
  return block;
}

/** Of one simple statement; none where it is no import. */
function importsOf(statement: string, line: number): Import[] {
  const plain = /^import (.+)$/.exec(statement)?.[1];
  if (plain !== undefined) {
    const modules = plain.split(',').map((part) => part.trim().split(' ', 1)[0] ?? '');
    return modules.filter(isDotted).map((module) => ({ module, level: 0, names: [], line }));
  }
  const [, dots, module, taken] = /^from ?((?:\. ?)*)([^\s.]\S*)? ?\bimport\b ?(.+)$/.exec(statement) ?? [];
  if (dots === undefined || taken === undefined) return [];
  if (module !== undefined && !isDotted(module)) return [];
  const names = taken
    .replace(/[()]/g, '')
    .split(',')
    .map((part) => part.trim().split(' ', 1)[0] ?? '')
    .filter(isDotted);
  return [{ module: module ?? '', level: dots.replaceAll(' ', '').length, names, line }];
}

function isDotted(name: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u.test(name);
}
