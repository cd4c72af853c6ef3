import { type Amiss, endOfString, hasFieldsBefore } from './strings.js';

export interface Token {
  /** value: a number, or a string with fields, which only running it would tell. */
  kind: 'name' | 'string' | 'value' | 'sign';
  text: string;
}

/** One statement, however many lines it takes; several where semicolons stand between them. */
export interface LogicalLine {
  /** Where it begins in the text, behind its indentation. */
  at: number;
  /** Of its first line: a tab goes to the next multiple of eight. */
  indent: number;
  tokens: readonly Token[];
}

export interface Reading {
  /** Tells by a statement's indentation whether its words are of interest; others come without tokens. */
  wants(indent: number): boolean;
  amiss: Amiss;
}

const indentAhead = /[ \t\f]*/y;
const dullAhead = /[^'"#()[\]{}\\\r\n]*/y;
const blankAhead = /(?:[ \t\f]|\\(?:\r\n?|\n))*/y;
const commentAhead = /[^\r\n]*/y;
const nameAhead = /[A-Za-z_\x80-\uffff][\w\x80-\uffff]*/y;
const numberAhead = /\.?\d[\w.]*/y;
const signAhead = /\*\*=|\/\/=|<<=|>>=|\.\.\.|[-+*/%&|^@<>=!:]=|->|[\s\S]/y;

/**
 * The statements of a Python source, by our own reading: no interpreter is asked, so that every machine says the same.
 * `text` has a character for each character or for each byte.
 */
export function* logicalLines(text: string, { wants, amiss }: Reading): Iterable<LogicalLine> {
  for (let at = afterMark(text); at < text.length; ) {
    const start = match(indentAhead, text, at);
    const indent = width(text.slice(at, start));
    const first = text[start];
    if (first === '#') at = endOfLine(text, match(commentAhead, text, start));
    else if (first === undefined || first === '\r' || first === '\n') at = endOfLine(text, start);
    else {
      const tokens: Token[] = [];
      at = wants(indent) ? read(text, start, amiss, tokens) : pass(text, start, amiss);
      yield { at: start, indent, tokens };
    }
  }
}

/** A byte order mark is one character, or three bytes. */
function afterMark(text: string): number {
  return text.startsWith('\ufeff') ? 1 : text.startsWith('\xef\xbb\xbf') ? 3 : 0;
}

function width(blanks: string): number {
  let columns = 0;
  for (const blank of blanks) columns = blank === '\f' ? 0 : blank === '\t' ? columns - (columns % 8) + 8 : columns + 1;
  return columns;
}

/** Tables of data are statements of any length; what a statement binds stands at its beginning. */
const mostTokens = 20_000;

const prefixes = new Set(['r', 'b', 'u', 'f', 't', 'rb', 'br', 'rf', 'fr', 'rt', 'tr']);

/** Reads one statement into tokens; returns where the next line begins. */
function read(text: string, start: number, amiss: Amiss, tokens: Token[]): number {
  let open = 0;
  for (let at = start; at < text.length; ) {
    at = match(blankAhead, text, at);
    const found = text[at];
    if (found === undefined) break;
    if (found === '#') at = match(commentAhead, text, at);
    else if (found === '\r' || found === '\n') {
      at = endOfLine(text, at);
      if (open === 0) return at;
    } else if (found === '"' || found === "'") {
      const hasFields = hasFieldsBefore(text, at);
      // What stood in front of the quote was no name.
      if (prefixes.has(tokens.at(-1)?.text.toLowerCase() ?? '')) tokens.pop();
      const end = endOfString(text, at, hasFields, amiss);
      const token: Token = hasFields ? { kind: 'value', text: "''" } : { kind: 'string', text: text.slice(at, end) };
      if (tokens.length < mostTokens) tokens.push(token);
      at = end;
    } else {
      const [kind, end] = word(text, at);
      const token = text.slice(at, end);
      if (tokens.length < mostTokens) tokens.push({ kind, text: token });
      open = opened(open, token, amiss);
      at = end;
    }
  }
  if (open > 0) amiss();
  return text.length;
}

function word(text: string, at: number): [kind: Token['kind'], end: number] {
  const name = match(nameAhead, text, at);
  if (name > at) return ['name', name];
  const number = match(numberAhead, text, at);
  return number > at ? ['value', number] : ['sign', match(signAhead, text, at)];
}

/** As `read`, of a statement nobody asks about. */
function pass(text: string, start: number, amiss: Amiss): number {
  let open = 0;
  for (let at = start; ; ) {
    at = match(dullAhead, text, at);
    const found = text[at];
    if (found === undefined) break;
    if (found === '#') at = match(commentAhead, text, at);
    else if (found === '"' || found === "'") at = endOfString(text, at, hasFieldsBefore(text, at), amiss);
    else if (found === '\\') at = endOfLine(text, at + 1);
    else if (found === '\r' || found === '\n') {
      at = endOfLine(text, at);
      if (open === 0) return at;
    } else {
      open = opened(open, found, amiss);
      at += 1;
    }
  }
  if (open > 0) amiss();
  return text.length;
}

function opened(open: number, sign: string, amiss: Amiss): number {
  if (sign === '(' || sign === '[' || sign === '{') return open + 1;
  if (sign !== ')' && sign !== ']' && sign !== '}') return open;
  if (open === 0) amiss();
  return Math.max(open - 1, 0);
}

function endOfLine(text: string, at: number): number {
  return text.startsWith('\r\n', at) ? at + 2 : at + 1;
}

function match(ahead: RegExp, text: string, at: number): number {
  ahead.lastIndex = at;
  return ahead.test(text) ? ahead.lastIndex : at;
}
