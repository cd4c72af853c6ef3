import { logicalLines, type Token } from './python-lines.js';
import { NotPython } from './python-strings.js';

export type Statement = readonly Token[];

/** Simple statements and the heads of blocks that are run when the module is; not what is inside `def` and `class`. */
export function* statements(text: string): Iterable<Statement> {
  const blocks: { indent: number; isHidden: boolean }[] = [{ indent: 0, isHidden: false }];
  let hidesNext = false;
  const innermost = () => blocks[blocks.length - 1] ?? { indent: 0, isHidden: false };
  const enter = (indent: number) => {
    while (blocks.length > 1 && indent < innermost().indent) blocks.pop();
    if (indent > innermost().indent) {
      if (blocks.length > 1000) throw new NotPython('blocks in blocks without an end');
      blocks.push({ indent, isHidden: innermost().isHidden || hidesNext });
    }
    hidesNext = false;
    return !innermost().isHidden;
  };
  for (const { tokens } of logicalLines(text, enter)) {
    if (tokens.length === 0) continue;
    hidesNext = hidesBlock(tokens);
    yield* split(tokens);
  }
}

const heads = new Set(['if', 'elif', 'else', 'for', 'while', 'try', 'except', 'finally', 'with', 'async']);

/** `match` and `case` are names where a sign follows that no expression begins with: `match = 1`. */
function isBlock([first, second]: Statement): boolean {
  if (first?.kind !== 'name') return false;
  if (first.text !== 'match' && first.text !== 'case') return heads.has(first.text);
  return second !== undefined && (second.kind !== 'sign' || /^[-+~*([{]$/.test(second.text));
}

function isDefinition([first, second]: Statement): boolean {
  return first?.text === 'def' || first?.text === 'class' || (first?.text === 'async' && second?.text === 'def');
}

function hidesBlock(tokens: Statement): boolean {
  // What only a type checker sees, and what is run only as a program.
  const isElsewhere = ({ text }: Token) => text === 'TYPE_CHECKING' || text === '__name__';
  return isDefinition(tokens) || (tokens[0]?.text === 'if' && tokens.some(isElsewhere));
}

/** By semicolons; behind the colon of a head in the same line there are statements too. */
function* split(tokens: Statement): Iterable<Statement> {
  if (isDefinition(tokens)) yield tokens;
  if (hidesBlock(tokens)) return;
  let from = 0;
  let open = 0;
  let isHead = isBlock(tokens);
  for (const [at, { kind, text }] of tokens.entries()) {
    if (kind !== 'sign') continue;
    if ('([{'.includes(text)) open += 1;
    else if (')]}'.includes(text)) open -= 1;
    else if (open === 0 && (text === ';' || (text === ':' && isHead))) {
      if (text === ';') yield tokens.slice(from, at);
      isHead = false;
      from = at + 1;
    }
  }
  if (!isHead) yield tokens.slice(from);
}
