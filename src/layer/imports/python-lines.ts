/** A logical line of Python: comments gone, strings empty, blanks single, brackets and `\` closed up. */
export interface PythonLine {
  /** Columns in front of it; a tab leads to the next multiple of eight. */
  indent: number;
  /** Where it begins, counted from 1. */
  line: number;
  code: string;
}

const opening = '([{';
const closing = ')]}';

/** Reads as Python's tokenizer does, as far as imports need it, in one pass. What is no Python gives lines all the same. */
export function* pythonLines(text: string): Iterable<PythonLine> {
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  let depth = 0;
  let current = { indent: 0, line: 1, code: '' };
  let isStart = true;
  // Blanks count for one, and only between two things.
  let isApart = false;
  const put = (code: string) => {
    current.code += isApart ? ` ${code}` : code;
    isApart = false;
  };
  const apart = () => {
    isApart = current.code !== '';
  };

  const isEnd = (char: string | undefined) => char === '\n' || char === '\r';
  /** Behind the line end at `at`. */
  const step = () => {
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1;
    line += 1;
  };

  while (at < text.length) {
    const char = text[at] ?? '';
    if (isEnd(char)) {
      step();
      if (depth > 0) apart();
      else {
        if (current.code !== '') yield current;
        current = { indent: 0, line, code: '' };
        isStart = true;
        isApart = false;
      }
    } else if (char === ' ' || char === '\t' || char === '\f') {
      if (!isStart) apart();
      else if (char === '\f') current.indent = 0;
      else current.indent = char === ' ' ? current.indent + 1 : (current.indent | 7) + 1;
      at += 1;
    } else if (char === '#') {
      while (at < text.length && !isEnd(text[at])) at += 1;
    } else if (char === '\\' && isEnd(text[at + 1])) {
      at += 1;
      step();
      apart();
    } else {
      if (isStart) current.line = line;
      isStart = false;
      if (char === '"' || char === "'") skipString(char);
      else {
        if (opening.includes(char)) depth += 1;
        else if (closing.includes(char)) depth = Math.max(0, depth - 1);
        put(char);
        at += 1;
      }
    }
  }
  if (current.code !== '') yield current;

  function skipString(quote: string): void {
    const isLong = text.startsWith(quote.repeat(3), at);
    const end = isLong ? quote.repeat(3) : quote;
    at += end.length;
    put("''");
    while (at < text.length && !text.startsWith(end, at)) {
      if (text[at] === '\\') at += 1;
      if (at >= text.length) return;
      if (!isEnd(text[at])) at += 1;
      // A short string ends with its line, closed or not; one that goes on had a backslash in front.
      else if (isLong || text[at - 1] === '\\') step();
      else return;
    }
    at += end.length;
  }
}
