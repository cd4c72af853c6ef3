/**
 * JSON as hostile input: JSON.parse takes the last of two equal keys, any depth and `__proto__`, and tells no line.
 * This reader refuses all three and remembers where each value stands, for findings that point at a line.
 */

export interface JsonProblem {
  line: number;
  what: string;
}

export interface ParsedJson {
  /** Objects have no prototype. Undefined when the text is not JSON. */
  value: unknown;
  problems: JsonProblem[];
  /** The line of a JSON pointer (`/environments/dev/arn`). Found when asked: who has nothing to say needs no line. */
  lineOf(pointer: string): number | null;
}

const maxDepth = 32;
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Sticky: they are told where to look. */
const wordAhead = /[-+.\w]+/y;
const stringAhead = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

class JsonError extends Error {}

export function parseJson(text: string): ParsedJson {
  let lines: Map<string, number> | null = null;
  return {
    ...read(text, () => {}),
    lineOf(pointer) {
      lines ??= linesOf(text);
      return lines.get(pointer) ?? null;
    },
  };
}

function linesOf(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  read(text, (keys, line) => lines.set(pointerOf(keys), line));
  return lines;
}

/** `'environments', 'prod/eu'` → `/environments/prod~1eu` */
export function pointerOf(keys: readonly (string | number)[]): string {
  return keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Tells where each value begins, by the keys that lead to it. */
function read(
  text: string,
  tell: (keys: readonly (string | number)[], line: number) => void,
): Omit<ParsedJson, 'lineOf'> {
  const problems: JsonProblem[] = [];
  const keys: (string | number)[] = [];
  let at = 0;
  let lineStart = 0;
  let line = 1;

  try {
    const value = readValue();
    skipBlanks();
    if (at < text.length) throw new JsonError(`${JSON.stringify(text[at])} after the end of the document`);
    return { value, problems };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    skipBlanks();
    return { value: undefined, problems: [...problems, { line, what: error.message }] };
  }

  function readValue(): unknown {
    skipBlanks();
    tell(keys, line);
    if (keys.length > maxDepth) throw new JsonError(`nested deeper than ${maxDepth} levels`);
    const start = text[at];
    if (start === '{') return readObject();
    if (start === '[') return readArray();
    if (start === '"') return readString();
    wordAhead.lastIndex = at;
    const word = wordAhead.exec(text)?.[0];
    if (word === undefined) throw unexpected();
    const value = word === 'true' ? true : word === 'false' ? false : word === 'null' ? null : readNumber(word);
    at += word.length;
    return value;
  }

  function readNumber(word: string): number {
    const value = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/.test(word) ? Number(word) : Number.NaN;
    if (!Number.isFinite(value)) throw new JsonError(`${JSON.stringify(word.slice(0, 40))} is not a JSON value`);
    return value;
  }

  function readObject(): Record<string, unknown> {
    const object: Record<string, unknown> = Object.create(null);
    at += 1;
    skipBlanks();
    if (take('}')) return object;
    do {
      skipBlanks();
      if (text[at] !== '"') throw unexpected('a key in double quotes');
      const keyLine = line;
      const key = readString();
      if (forbiddenKeys.has(key)) problems.push({ line: keyLine, what: `the key "${key}" is not allowed` });
      else if (Object.hasOwn(object, key)) problems.push({ line: keyLine, what: `the key "${key}" stands twice` });
      skipBlanks();
      if (!take(':')) throw unexpected('":"');
      const value = readInside(key);
      if (!forbiddenKeys.has(key)) object[key] = value;
      skipBlanks();
    } while (take(','));
    if (!take('}')) throw unexpected('"," or "}"');
    return object;
  }

  function readArray(): unknown[] {
    const array: unknown[] = [];
    at += 1;
    skipBlanks();
    if (take(']')) return array;
    do {
      array.push(readInside(array.length));
      skipBlanks();
    } while (take(','));
    if (!take(']')) throw unexpected('"," or "]"');
    return array;
  }

  function readInside(key: string | number): unknown {
    keys.push(key);
    const value = readValue();
    keys.pop();
    return value;
  }

  function readString(): string {
    stringAhead.lastIndex = at;
    const literal = stringAhead.exec(text)?.[0];
    if (literal === undefined) throw new JsonError('a text that is not closed, or holds a raw control character');
    at += literal.length;
    return literal.includes('\\') ? JSON.parse(literal) : literal.slice(1, -1);
  }

  function skipBlanks() {
    for (; at < text.length; at++) {
      const character = text[at];
      if (character === '\n') {
        line += 1;
        lineStart = at + 1;
      } else if (character !== ' ' && character !== '\t' && character !== '\r') return;
    }
  }

  function take(character: string): boolean {
    if (text[at] !== character) return false;
    at += 1;
    return true;
  }

  function unexpected(wanted = 'a value'): JsonError {
    const found = at >= text.length ? 'the end of the file' : JSON.stringify(text[at]);
    return new JsonError(`${found} where ${wanted} belongs (column ${at - lineStart + 1})`);
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes of a UTF-8 document without byte order mark. */
export function parseJsonBytes(bytes: Uint8Array): ParsedJson {
  const failed = (what: string): ParsedJson => ({
    value: undefined,
    problems: [{ line: 1, what }],
    lineOf: () => null,
  });
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return failed('it starts with a byte order mark');
  try {
    return parseJson(decoder.decode(bytes));
  } catch (error) {
    if (error instanceof TypeError) return failed('it is not UTF-8');
    throw error;
  }
}
