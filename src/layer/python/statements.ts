import type { Token } from './logical-lines.js';

export type Statement = readonly Token[];

/** What is written in one logical line. */
export interface Written {
  /** Of a block, up to its colon: `if x`, `async def f ( )`. Null: the line begins none. */
  head: Statement | null;
  /** The simple statements behind the colon, or of the whole line. */
  statements: Statement[];
}

const heads = new Set([
  'if',
  'elif',
  'else',
  'for',
  'while',
  'try',
  'except',
  'finally',
  'with',
  'def',
  'class',
  'async',
]);
/** Signs that an expression begins with. */
const beginnings = new Set(['-', '+', '~', '*', '(', '[', '{']);

export function written(tokens: Statement): Written {
  const statements: Statement[] = [];
  let head: Statement | null = null;
  let isHead = isBlock(tokens);
  let from = 0;
  let open = 0;
  let lambdas = 0;
  for (const [at, { kind, text }] of tokens.entries()) {
    if (text === 'lambda' && open === 0) lambdas += 1;
    if (kind !== 'sign') continue;
    if ('([{'.includes(text)) open += 1;
    else if (')]}'.includes(text)) open -= 1;
    else if (open > 0) continue;
    else if (text === ';') {
      statements.push(tokens.slice(from, at));
      from = at + 1;
    } else if (text !== ':' || !isHead) continue;
    else if (lambdas > 0) lambdas -= 1;
    else {
      head = tokens.slice(0, at);
      isHead = false;
      from = at + 1;
    }
  }
  return { head, statements: [...statements, tokens.slice(from)].filter(({ length }) => length > 0) };
}

/** `match` and `case` are names where a sign follows that no expression begins with: `match = 1`. */
function isBlock([first, second]: Statement): boolean {
  const word = first?.text ?? '';
  if (word !== 'match' && word !== 'case') return heads.has(word);
  return second !== undefined && (second.kind !== 'sign' || beginnings.has(second.text));
}

/** What stands between the commas of an import, in brackets or not. */
export function items(list: Statement): Statement[] {
  const found: Token[][] = [[]];
  for (const token of list) {
    if (token.text === ',') found.push([]);
    else if (token.text !== '(' && token.text !== ')') found.at(-1)?.push(token);
  }
  return found;
}
