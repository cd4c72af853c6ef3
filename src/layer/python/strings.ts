/** Where Python's string literals end. */

/** Told what makes a text no Python. It may throw; where it does not, reading goes on as if the thing ended there. */
export type Amiss = () => void;

/** Python itself takes no more f-strings in f-strings. */
const deepest = 150;

const plainAhead = { "'": /[^'\\\r\n]*/y, '"': /[^"\\\r\n]*/y } as const;
const longAhead = { "'": /[^'\\]*/y, '"': /[^"\\]*/y } as const;
const fieldsAhead = /[^'"\\\r\n{}]*/y;
const expressionAhead = /[^'"#()[\]{}:]*/y;

/** `at` is the opening quote, behind the prefix; returns where what follows the literal begins. */
export function endOfString(text: string, at: number, hasFields: boolean, amiss: Amiss, depth = 0): number {
  const quote = text[at] as "'" | '"';
  const isLong = text.startsWith(quote.repeat(3), at);
  const start = at + (isLong ? 3 : 1);
  if (hasFields) return endOfFields(text, start, isLong ? quote.repeat(3) : quote, amiss, depth);
  const ahead = (isLong ? longAhead : plainAhead)[quote];
  for (let next = start; ; ) {
    next = skip(ahead, text, next);
    const found = text[next];
    if (found === '\\') next = afterEscaped(text, next);
    else if (found !== quote) return stop(next, amiss);
    else if (!isLong) return next + 1;
    else if (text.startsWith(quote.repeat(3), next)) return next + 3;
    else next += 1;
  }
}

/** Of an f-string or t-string: what stands in braces is code, with strings of its own, since 3.12 in any quotes. */
function endOfFields(text: string, start: number, quotes: string, amiss: Amiss, depth: number): number {
  if (depth > deepest) return stop(text.length, amiss);
  for (let at = start; ; ) {
    at = skip(fieldsAhead, text, at);
    const found = text[at];
    // A brace is one behind a backslash as well.
    if (found === '\\') at = text[at + 1] === '{' ? at + 1 : afterEscaped(text, at);
    else if (text.startsWith(quotes, at)) return at + quotes.length;
    else if (found === '{' && text[at + 1] !== '{') at = endOfField(text, at + 1, quotes, amiss, depth);
    else if (found === '{') at += 2;
    else if (found === undefined || (quotes.length === 1 && (found === '\n' || found === '\r'))) return stop(at, amiss);
    else at += 1;
  }
}

function endOfField(text: string, start: number, quotes: string, amiss: Amiss, depth: number): number {
  let open = 0;
  for (let at = start; ; ) {
    at = skip(expressionAhead, text, at);
    const found = text[at];
    if (found === undefined) return stop(at, amiss);
    if (found === '"' || found === "'") {
      // Before 3.12 the quote of the string itself can only be its end, and the field was no field.
      at = endOfString(text, at, hasFieldsBefore(text, at), amiss, depth + 1);
    } else if (found === '#') at = skip(/[^\r\n]*/y, text, at);
    else if (found === '}' && open === 0) return at + 1;
    else if (found === ':' && open === 0) return endOfFormat(text, at + 1, quotes, amiss, depth);
    else {
      if ('([{'.includes(found)) open += 1;
      if (')]}'.includes(found)) open -= 1;
      at += 1;
    }
  }
}

/** What follows the colon is text again, with fields of its own. */
function endOfFormat(text: string, start: number, quotes: string, amiss: Amiss, depth: number): number {
  if (depth > deepest) return stop(text.length, amiss);
  for (let at = start; ; ) {
    at = skip(fieldsAhead, text, at);
    const found = text[at];
    if (found === '}') return at + 1;
    if (found === undefined || text.startsWith(quotes, at)) return stop(at, amiss);
    if (found === '{') at = endOfField(text, at + 1, quotes, amiss, depth + 1);
    else at += 1;
  }
}

/** Whether the letters in front of a quote make it an f-string (or, from 3.14, a t-string). */
export function hasFieldsBefore(text: string, quote: number): boolean {
  return /(?:^|[^\w\x80-\uffff])(?:[ft]r?|r[ft])$/i.test(text.slice(Math.max(quote - 3, 0), quote));
}

/** A line end of two characters is one, behind a backslash too. */
function afterEscaped(text: string, backslash: number): number {
  return Math.min(backslash + (text.startsWith('\r\n', backslash + 1) ? 3 : 2), text.length);
}

function stop(at: number, amiss: Amiss): number {
  amiss();
  return at;
}

function skip(ahead: RegExp, text: string, at: number): number {
  ahead.lastIndex = at;
  ahead.test(text);
  return ahead.lastIndex;
}
