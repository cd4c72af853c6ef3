import { fill } from '../errors.js';
import { isVersion, type Version } from './version.js';

/**
 * VERSION, byte by byte: lines `KEY=value`, `#` and blank lines, LF, a final newline. A shell, Python and this tool must
 * read the same value, so whatever two of them could read differently is a problem and not a value.
 */

export const versionFileLimit = 65_536;

/** What is wrong, as data; `versionFileProblems` has the prose. */
export type VersionFileProblemKind = keyof typeof versionFileProblems;

export const versionFileProblems = {
  'too-large': 'it is larger than 64 KiB',
  bom: 'it begins with a byte order mark',
  'not-utf8': 'the line is not UTF-8',
  nul: 'the line holds a NUL byte',
  'carriage-return': 'lines end in CR LF (or hold a CR); LF alone is allowed',
  'no-final-newline': 'the last line has no newline, so a line appended later would run into it',
  'bad-line': 'the line is not KEY=value (no blanks, quotes or `export`), a # comment or blank',
  'duplicate-key': '{key} was given before, and readers differ on which one holds',
} as const;

export interface VersionFileProblem {
  /** Counted from 1; null when the problem is not at a line. */
  line: number | null;
  problem: VersionFileProblemKind;
  /** Of `duplicate-key`. */
  key?: string;
  /** Of `bad-line`: the line. */
  text?: string;
}

export interface VersionFile {
  /** Key to value, as written: a declared key's value may still be no version. Of a duplicate key the first holds. */
  values: Map<string, string>;
  /** Key to the line its value is on, counted from 1. */
  lines: Map<string, number>;
  problems: VersionFileProblem[];
}

const assignment = /^([A-Za-z_][\w.-]*)=([^\s"'`\u0000-\u001f\u007f-\u009f]+)$/;
const passedOver = /^(?:#[^\u0000-\u001f\u007f-\u009f]*|[ \t]*)$/;
// Unicode's classes are slow to compile, so only lines that need one pay for it.
const ascii = /^[\x00-\x7f]*$/;
const format = /\p{Cf}/u;
// ignoreBOM keeps one in the text, where it makes a bad line instead of vanishing.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const newline = 10;
const carriageReturn = 13;

/** Never throws; what is not understood is in `problems`. */
export function parseVersionFile(bytes: Uint8Array): VersionFile {
  if (bytes.length > versionFileLimit) return tooLarge();
  const file: VersionFile = { values: new Map(), lines: new Map(), problems: [] };
  const hasBom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  if (hasBom) file.problems.push({ line: 1, problem: 'bom' });
  let saidReturn = false;
  let line = 0;
  for (let at = hasBom ? 3 : 0; at < bytes.length; ) {
    line++;
    const end = bytes.indexOf(newline, at);
    const whole = bytes.subarray(at, end === -1 ? bytes.length : end);
    at = end === -1 ? bytes.length : end + 1;
    // One finding for a file with Windows line ends, not one a line.
    if (!saidReturn && whole.includes(carriageReturn)) {
      file.problems.push({ line, problem: 'carriage-return' });
      saidReturn = true;
    }
    readLine(whole.at(-1) === carriageReturn ? whole.subarray(0, -1) : whole, line, file);
    if (end === -1) file.problems.push({ line, problem: 'no-final-newline' });
  }
  return file;
}

/** What is said of a file beyond the limit, which nobody has to read for that. */
export function tooLarge(): VersionFile {
  return { values: new Map(), lines: new Map(), problems: [{ line: null, problem: 'too-large' }] };
}

function readLine(bytes: Uint8Array, line: number, { values, lines, problems }: VersionFile): void {
  if (bytes.includes(0)) {
    problems.push({ line, problem: 'nul' });
    return;
  }
  const text = decode(bytes);
  if (text === null) {
    problems.push({ line, problem: 'not-utf8' });
    return;
  }
  if (passedOver.test(text) || bytes.includes(carriageReturn)) return;
  const [, key, value] = assignment.exec(text) ?? [];
  if (key === undefined || value === undefined || (!ascii.test(value) && format.test(value))) {
    problems.push({ line, problem: 'bad-line', text });
  } else if (values.has(key)) {
    problems.push({ line, problem: 'duplicate-key', key });
  } else {
    values.set(key, value);
    lines.set(key, line);
  }
}

function decode(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

/** A problem as part of a sentence: `line 3: CORE_VERSION was given before, …`. */
export function describeProblem(problem: VersionFileProblem): string {
  const text = fill(versionFileProblems[problem.problem], { ...problem });
  return problem.line === null ? text : `line ${problem.line}: ${text}`;
}

/** The version a key has, or why it has none that one may build or release from. */
export function versionOf(file: VersionFile, key: string): { version: Version } | { problem: string } {
  const [first] = file.problems;
  if (first !== undefined) return { problem: describeProblem(first) };
  const value = file.values.get(key);
  if (value === undefined) return { problem: `it has no line ${key}=X.Y.Z` };
  if (!isVersion(value)) return { problem: `line ${file.lines.get(key)}: ${key}=${value} is not X.Y.Z` };
  return { version: value };
}

/** Gives a key a version in place; comments, order and all other lines stay. A missing key becomes the last line. */
export function setVersion(text: string, key: string, version: Version): string {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  const at = lines.findIndex((line) => line.startsWith(`${key}=`));
  lines.splice(at === -1 ? lines.length : at, 1, `${key}=${version}`);
  return `${lines.join('\n')}\n`;
}
