import type { Requirement, RequirementsProblem } from './requirement.js';
import { type ReadLine, readRequirementLine } from './requirement-line.js';

/**
 * A requirements file as pip reads it, and stricter: what two readers could take for different things is a problem and
 * not a requirement. Includes (`-r`, `-c`) are not followed: a layer's content is known by the one file it declares, and
 * a change in another file would change the layer under the version it has.
 */

export const requirementsLimit = 1024 * 1024;
/** A lock of a thousand packages with all their hashes has fewer. */
const linesLimit = 50_000;

export interface Requirements {
  requirements: Requirement[];
  /** `--require-hashes` stands in the file. */
  requireHashes: boolean;
  problems: RequirementsProblem[];
}

/** Never throws; what is not understood is in `problems`. */
export function parseRequirements(bytes: Uint8Array): Requirements {
  const found: Requirements = { requirements: [], requireHashes: false, problems: [] };
  const unreadable = (what: string, line: number | null = null) =>
    found.problems.push({ kind: 'unreadable', what, line, lastLine: line });

  const text = decode(bytes);
  if (typeof text !== 'string') {
    unreadable(text.problem);
    return found;
  }
  const lines = text.split(/\r?\n/);
  if (lines.length > linesLimit) {
    unreadable(`it has more than ${linesLimit} lines`);
    return found;
  }
  const encoding = lines.slice(0, 2).findIndex(hasOtherEncoding);
  if (encoding !== -1) unreadable('it names an encoding other than UTF-8', encoding + 1);
  for (const { text, line, lastLine } of logicalLines(lines)) {
    const read: ReadLine = otherBreak.test(text)
      ? { kind: 'unreadable', what: 'it holds a character that pip takes for the end of the line' }
      : readRequirementLine(text);
    if (read.kind === 'requirement') found.requirements.push({ ...read.requirement, line });
    else if (read.kind === 'require-hashes') found.requireHashes = true;
    else if ('what' in read) found.problems.push({ ...read, line, lastLine });
  }
  return found;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(bytes: Uint8Array): string | { problem: string } {
  if (bytes.length > requirementsLimit) return { problem: 'it is larger than 1 MiB' };
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { problem: 'it is UTF-16, as PowerShell writes it; save it as UTF-8' };
  }
  if (bytes.includes(0)) return { problem: 'it holds a NUL byte' };
  try {
    const text = utf8.decode(bytes);
    return text.startsWith('\ufeff') ? { problem: 'it begins with a byte order mark' } : text;
  } catch {
    return { problem: 'it is not UTF-8' };
  }
}

/** What Python's `splitlines` ends a line at beside LF: text behind it would be a line of its own to pip alone. */
const otherBreak = /[\r\v\f\x1c-\x1e\x85\u2028\u2029]/;

/** pip obeys the coding comment of Python sources, so the same bytes could be other requirements. */
function hasOtherEncoding(line: string): boolean {
  const named = line.startsWith('#') ? /coding[:=]\s*([-\w.]+)/.exec(line)?.[1] : undefined;
  return named !== undefined && !/^(utf-?8|(us-)?ascii)$/i.test(named);
}

interface LogicalLine {
  text: string;
  line: number;
  lastLine: number;
}

/** Lines joined where one ends in a backslash. As in pip, a comment ends what is continued, and continues nothing. */
function* logicalLines(lines: readonly string[]): Iterable<LogicalLine> {
  let parts: string[] = [];
  for (const [i, text] of lines.entries()) {
    const isComment = /^[ \t]*#/.test(text);
    const continues = text.endsWith('\\') && !isComment && i < lines.length - 1;
    parts.push(continues ? withoutBackslashes(text) : isComment ? ` ${text}` : text);
    if (continues) continue;
    yield { text: parts.join(''), line: i + 2 - parts.length, lastLine: i + 1 };
    parts = [];
  }
}

/** At both ends, as pip has it; by hand, since `/\\+$/` takes a hostile line in quadratic time. */
function withoutBackslashes(text: string): string {
  let [from, to] = [0, text.length];
  while (text[from] === '\\') from += 1;
  while (to > from && text[to - 1] === '\\') to -= 1;
  return text.slice(from, to);
}
