import { logicalLines } from '../python/logical-lines.js';
import { type Statement, written } from '../python/statements.js';

export class NotPython extends Error {}

/**
 * Simple statements, and the heads of functions and classes, that are run when the module is; not what is inside these.
 * Throws `NotPython`.
 */
export function* statements(text: string): Iterable<Statement> {
  const blocks: { indent: number; isHidden: boolean }[] = [];
  let hidesNext = false;
  const innermost = () => blocks.at(-1) ?? { indent: 0, isHidden: false };
  const wants = (indent: number) => {
    while (indent < innermost().indent) blocks.pop();
    if (indent > innermost().indent) {
      if (blocks.length > 1000) amiss();
      blocks.push({ indent, isHidden: innermost().isHidden || hidesNext });
    }
    return !innermost().isHidden;
  };
  for (const { tokens } of logicalLines(text, { wants, amiss })) {
    const { head, statements } = written(tokens);
    hidesNext = head !== null && (isDefinition(head) || isElsewhere(head));
    if (head !== null && isDefinition(head)) yield head;
    if (!hidesNext) yield* statements;
  }
}

function amiss(): never {
  throw new NotPython();
}

function isDefinition([first, second]: Statement): boolean {
  return first?.text === 'def' || first?.text === 'class' || (first?.text === 'async' && second?.text === 'def');
}

/** What only a type checker sees, and what is run only as a program. */
function isElsewhere(head: Statement): boolean {
  return head[0]?.text === 'if' && head.some(({ text }) => text === 'TYPE_CHECKING' || text === '__name__');
}
