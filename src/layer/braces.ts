/** More alternatives than this are a mistake or an attack: twenty times `{a,b}` are a million. */
export const mostAlternatives = 64;

/**
 * `a/{b,c{d,e}}` → `a/b`, `a/cd`, `a/ce`. Braces without a comma stand for themselves, as in a shell; so does what
 * stands after `\` or in `[…]`. Null where there would be more than `mostAlternatives`.
 */
export function expandBraces(glob: string): string[] | null {
  const done: string[] = [];
  const open = [glob];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (done.length + open.length >= mostAlternatives) return null;
    const group = firstGroup(next);
    if (group === null) done.push(next);
    else for (const part of group.parts.reverse()) open.push(group.before + part + group.after);
  }
  return done;
}

interface Group {
  before: string;
  parts: string[];
  after: string;
}

/** The first braces that hold a comma. */
function firstGroup(glob: string): Group | null {
  for (let at = 0; at < glob.length; at++) {
    at = afterLiteral(glob, at);
    if (glob[at] !== '{') continue;
    const commas = [at];
    let depth = 0;
    for (let i = at; i < glob.length; i++) {
      i = afterLiteral(glob, i);
      if (glob[i] === '{') depth += 1;
      else if (glob[i] === ',' && depth === 1) commas.push(i);
      else if (glob[i] === '}' && --depth === 0) {
        if (commas.length === 1) break;
        const ends = [...commas.slice(1), i];
        return {
          before: glob.slice(0, at),
          parts: ends.map((end, n) => glob.slice((commas[n] ?? 0) + 1, end)),
          after: glob.slice(i + 1),
        };
      }
    }
  }
  return null;
}

/** Past an escaped character or a class, to what may be a brace. */
export function afterLiteral(glob: string, from: number): number {
  let at = from;
  for (;;) {
    if (glob[at] === '\\') at += 2;
    else if (glob[at] === '[') {
      const end = classEnd(glob, at);
      if (end === -1) return at;
      at = end + 1;
    } else return at;
  }
}

/** Where the class that begins at `at` ends; -1 where it does not. A `]` that comes first stands for itself. */
export function classEnd(glob: string, at: number): number {
  return glob.indexOf(']', at + (/^[!^]/.test(glob.slice(at + 1, at + 2)) ? 3 : 2));
}
