import type { Token } from '../python/logical-lines.js';
import { items, type Statement } from '../python/statements.js';
import { NotPython, statements } from './module-statements.js';
import { utf8 } from './utf8.js';

/** A name that no library has, and more names than any: a hostile source shall not fill the memory. */
const mostNames = 20_000;

/**
 * What a module offers to who imports it, sorted: the names its `__all__` lists; without one, those without a leading
 * underscore that it defines or assigns, and what a package takes from its own modules. `text` has a character for each
 * byte; names come in the form that Python takes all their forms for (NFKC). Null: it is no Python, or its names are beyond counting. Nothing is run, and nothing decided: both branches of an
 * `if` count.
 */
export function publicNames(text: string, module: { name: string; isPackage: boolean }): string[] | null {
  const names = new Set<string>();
  const all: All = { names: new Set(), isOpen: true };
  try {
    for (const statement of statements(text)) {
      bind(statement, module, names, all);
      if (names.size > mostNames) return null;
    }
  } catch (error) {
    if (error instanceof NotPython) return null;
    throw error;
  }
  const shown = all.isOpen ? [...names].filter((name) => !name.startsWith('_')) : [];
  return [...new Set([...shown, ...all.names].map((name) => utf8(name).normalize('NFKC')))].sort();
}

/** Names in `__all__`. Open: there is none, or an expression adds to it what only running it would tell. */
interface All {
  names: Set<string>;
  isOpen: boolean;
}

function bind(tokens: Statement, module: { name: string; isPackage: boolean }, names: Set<string>, all: All): void {
  const [first, second, third] = tokens;
  const define = (token: Token | undefined) => {
    if (token?.kind === 'name') names.add(token.text);
  };
  switch (first?.text) {
    case 'def':
    case 'class':
      define(second);
      return;
    case 'async':
      define(third);
      return;
    case 'del':
      for (const name of targets([...tokens.slice(1), assignment])) names.delete(name);
      return;
    case 'import':
    case 'from':
      for (const name of reexports(tokens, module)) names.add(name);
      return;
    case 'type':
      if (second?.kind !== 'name') break;
      names.add(second.text);
      return;
    case '__all__':
      list(tokens.slice(1), all);
      return;
  }
  for (const name of targets(tokens)) names.add(name);
}

/** What stands behind a name that something below it is meant of. */
const parts = new Set(['.', '[', '(']);
const assignment: Token = { kind: 'sign', text: '=' };

/** Of `a = (b, *c) = …` and `a: int = …`; not what is below a name: `a.b = …`, `a[b] = …`. */
function targets(tokens: Statement): string[] {
  const found: string[] = [];
  let segment: string[] = [];
  let skipped = 0;
  let open = 0;
  let isAnnotation = false;
  for (const [at, { kind, text }] of tokens.entries()) {
    const [before, after] = [tokens[at - 1], tokens[at + 1]];
    if ('([{'.includes(text)) {
      open += 1;
      if (skipped > 0 || isOperand(before)) skipped += 1;
    } else if (')]}'.includes(text)) {
      open -= 1;
      if (skipped > 0) skipped -= 1;
    } else if (open === 0 && text === ':') isAnnotation = true;
    else if (open === 0 && text === '=') {
      found.push(...segment);
      segment = [];
      isAnnotation = false;
    } else if (text === 'lambda') return found;
    else if (kind === 'name' && skipped === 0 && !isAnnotation) {
      if (before?.text !== '.' && !parts.has(after?.text ?? '')) segment.push(text);
    }
  }
  return found;
}

function isOperand(token: Token | undefined): boolean {
  return token !== undefined && (token.kind !== 'sign' || token.text === ')' || token.text === ']');
}

/**
 * Names an import makes part of the module: said twice (`import x as x`), or taken by a package from its own modules.
 */
function reexports(tokens: Statement, { name, isPackage }: { name: string; isPackage: boolean }): string[] {
  const at = tokens.findIndex(({ text }) => text === 'import');
  const source = tokens
    .slice(1, Math.max(at, 1))
    .map(({ text }) => text)
    .join('');
  const own = name.split('.', 1)[0] ?? '';
  const isOwn = isPackage && (source.startsWith('.') || source === own || source.startsWith(`${own}.`));
  return items(tokens.slice(at + 1)).flatMap((item) => {
    const [from, as, to] = item.map(({ text }) => text);
    const bound = as === 'as' ? to : from;
    return bound !== undefined && bound !== '*' && (isOwn || (as === 'as' && from === to)) ? [bound] : [];
  });
}

const methods = new Set(['extend', 'append', 'remove']);

/** `rest` follows `__all__`: `= […]`, `: list[str] = […]`, `+= […]`, `.extend([…])`, `.append('x')`. */
function list(rest: Statement, all: All): void {
  const isMethod = rest[0]?.text === '.';
  const sign = rest.findIndex(({ text }) => text === '=' || text === '+=');
  if (isMethod ? !methods.has(rest[1]?.text ?? '') : sign === -1) return;
  const values = isMethod ? rest.slice(2) : rest.slice(sign + 1);
  const strings = values.flatMap(({ kind, text }) => (kind === 'string' ? [unquoted(text)] : []));
  const isPlain = values.every(({ kind, text }) => kind === 'string' || /^[()[\],+]$/.test(text));
  if (rest[sign]?.text === '=') {
    all.isOpen = false;
    all.names = new Set();
  }
  for (const name of strings) {
    if (rest[1]?.text === 'remove') all.names.delete(name);
    else if (isPlain && all.names.size < mostNames) all.names.add(name);
  }
  if (!isPlain) all.isOpen = true;
}

function unquoted(literal: string): string {
  return literal.replace(/^("""|'''|"|')([\s\S]*)\1$/, '$2');
}
