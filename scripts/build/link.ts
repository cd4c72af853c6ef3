/**
 * esbuild shares code between ES modules only, and their loader costs a hook a tenth of its time. So what it printed is
 * made plain functions here: an import becomes a lookup, the exports become the value. No module of ours assigns to
 * what it exports, so a value does for a binding; and none does anything by being loaded, so their order is free.
 */
import { parse } from 'es-module-lexer';

/** What stands between two pieces of code. */
interface Import {
  specifier: string;
  statement: string;
  start: number;
  end: number;
  kind: 'names' | 'order' | 'on demand';
}

/** An ES module as the body of a function that returns what it exports; `lookup`: the expression for another module. */
export function functionBody(module: string, lookup: (specifier: string) => string): string {
  const constants: string[] = [];
  let code = '';
  let at = 0;
  for (const { specifier, statement, start, end, kind } of importsOf(module)) {
    code += module.slice(at, start);
    at = kind !== 'on demand' && module[end] === ';' ? end + 1 : end;
    if (kind === 'names') constants.push(constant(statement, lookup(specifier)));
    if (kind === 'on demand') code += later(specifier, lookup(specifier));
  }
  code += module.slice(at);
  const [exported = '', names = ''] = /export\{([^}]*)\};?\s*$/.exec(code) ?? [];
  const first = constants.length === 0 ? '' : `const ${constants.join(',')};`;
  return `${first}${code.slice(0, code.length - exported.length)};return{${pairs(names, 1, 0)}}`;
}

/** The modules that a module cannot begin without. */
export function neededAtOnce(module: string): string[] {
  return importsOf(module).flatMap(({ kind, specifier }) => (kind === 'names' ? [specifier] : []));
}

function importsOf(module: string): Import[] {
  return parse(module)[0].map(({ n: specifier = '', d: dynamic, ss: start, se: end }) => {
    const statement = module.slice(start, end);
    const kind = dynamic !== -1 ? 'on demand' : /^import\s*"/.test(statement) ? 'order' : 'names';
    return { specifier, statement, start, end, kind };
  });
}

/** Of `import{a as b}from"x"`, `import*as a from"x"` or `import a from"node:x"`: a part of `const …`. */
function constant(statement: string, value: string): string {
  const names = /^import\s*\{(.*)\}/.exec(statement)?.[1];
  if (names !== undefined) return `{${pairs(names, 0, 1)}}=${value}`;
  const whole = /^import\s*\*as ([\w$]+) from/.exec(statement) ?? /^import ([\w$]+) from"node:/.exec(statement);
  if (whole === null) throw new Error(`an import of a kind that is not expected: ${statement}`);
  return `${whole[1]}=${value}`;
}

/** Of `a as b,c`: `a:b,c:c`, or the other way round. */
function pairs(names: string, key: 0 | 1, value: 0 | 1): string {
  const parts = names.split(',').flatMap((name) => (name === '' ? [] : [name.split(' as ')]));
  return parts
    .map((part) => [part[0], part.at(-1)])
    .map((part) => `${part[key]}:${part[value]}`)
    .join(',');
}

/** The value of an `import()`; `default` is all of a CommonJS package. */
function later(specifier: string, value: string): string {
  const all = specifier.startsWith('.') ? value : `{const all=${value};return{default:all,...all}}`;
  return `Promise.resolve().then(()=>${all})`;
}
