import { logicalLines } from '../python/logical-lines.js';
import { items, type Statement, written } from '../python/statements.js';
import { lineCounter } from './line-counter.js';

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
 * version or system. What is no Python is read as far as it goes.
 */
export function demandedImports(text: string): Import[] {
  const found: { imports: Import[]; within: readonly Block[] }[] = [];
  const open: Block[] = [];
  const lineOf = lineCounter(text);
  for (const { at, indent, tokens } of logicalLines(text, { wants: () => true, amiss: () => {} })) {
    const before = close(open, indent);
    const { head, statements } = written(tokens);
    if (head !== null) open.push(blockOf(head, indent, before));
    const imports = statements.flatMap((statement) => importsOf(statement, () => lineOf(at)));
    if (imports.length > 0) found.push({ imports, within: [...open] });
  }
  const isLetOff = ({ attempt, depends, idle }: Block) => attempt?.catches === true || depends || idle;
  return found.flatMap(({ imports, within }) => (within.some(isLetOff) ? [] : imports));
}

/** Ends the blocks that a line at this depth is not in; the one beside it, if any, is what it may go on. */
function close(open: Block[], indent: number): Block | null {
  let before: Block | null = null;
  while ((open.at(-1)?.indent ?? -1) >= indent) {
    const closed = open.pop();
    before = closed?.indent === indent ? closed : null;
  }
  return before;
}

const unknowable = /\b(?:sys\.(?:version_info|version|platform|implementation)|version_info|os\.name|platform\.)/;
const neverHere = /^(?:\w+\.)?TYPE_CHECKING$|^(?:\( )?__name__ == ''(?: \))?$/;
const forImports = /\b(?:ImportError|ModuleNotFoundError|Exception|BaseException)\b/;

function blockOf(head: Statement, indent: number, before: Block | null): Block {
  const block: Block = { indent, attempt: null, depends: false, idle: false };
  const [first, ...rest] = head[0]?.text === 'async' ? head.slice(1) : head;
  const keyword = first?.text;
  const test = said(rest);
  if (keyword === 'try') return { ...block, attempt: { catches: false } };
  if (keyword === 'except' && before?.attempt) {
    before.attempt.catches ||= test === '' || forImports.test(test);
    return { ...block, attempt: before.attempt };
  }
  // What `finally` holds runs whatever was caught.
  if (keyword === 'else') return { ...block, attempt: before?.attempt ?? null, depends: before?.depends ?? false };
  if (keyword === 'elif') return { ...block, depends: before?.depends || unknowable.test(test) };
  if (keyword === 'if') return { ...block, depends: unknowable.test(test), idle: neverHere.test(test) };
  if (keyword === 'with') return { ...block, idle: /\bsuppress \(/.test(test) && forImports.test(test) };
  return block;
}

/** With blanks between words and signs, but for dots; strings are empty. */
function said(tokens: Statement): string {
  return tokens
    .map(({ kind, text }) => (kind === 'string' ? "''" : text))
    .join(' ')
    .replaceAll(' . ', '.');
}

/** Of one simple statement; none where it is no import. */
function importsOf(statement: Statement, line: () => number): Import[] {
  const at = statement.findIndex(({ text }) => text === 'import');
  if (at === 0) return asked(statement.slice(1)).map((module) => ({ module, level: 0, names: [], line: line() }));
  if (at === -1 || statement[0]?.text !== 'from') return [];
  const [, dots = '', module = ''] = /^(\.*)(.*)$/s.exec(joined(statement.slice(1, at))) ?? [];
  if (module !== '' && !isDotted(module)) return [];
  return [{ module, level: dots.length, names: asked(statement.slice(at + 1)), line: line() }];
}

/** Of `a.b as c, d` the names that are asked for. */
function asked(list: Statement): string[] {
  return items(list)
    .map((item) => joined(before(item, 'as')))
    .filter(isDotted);
}

function before(tokens: Statement, word: string): Statement {
  const at = tokens.findIndex(({ text }) => text === word);
  return at === -1 ? tokens : tokens.slice(0, at);
}

function joined(tokens: Statement): string {
  return tokens.map(({ text }) => text).join('');
}

function isDotted(name: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u.test(name);
}
