import { expandBraces } from './braces.js';

/**
 * Globs in linear time: `*` and `?` within a part, `[…]`, `**` for any number of parts, `{a,b}`. Libraries make regular
 * expressions of them, and a pattern of a pull request can then hang the check for hours (CVE-2026-33671 and its kin).
 */
export function matchesGlob(glob: string, path: string): boolean {
  return globMatcher([glob])(path);
}

/** Whether a path fits one of the globs, which are read once however many paths there are. */
export function globMatcher(globs: readonly string[]): (path: string) => boolean {
  const patterns = globs.flatMap((glob) => expandBraces(glob) ?? []).map(read);
  return (path) => {
    const parts = path.split('/');
    return patterns.some((pattern) => matchParts(pattern, parts));
  };
}

/** As git reads a line of .gitignore: braces are characters like others. */
export function matchesGitGlob(glob: string, path: string): boolean {
  return matchParts(read(glob), path.split('/'));
}

function read(glob: string): Part[] {
  return glob.split('/').map((part) => (part === '**' ? '**' : tokenize(part)));
}

type Part = '**' | Token[];

/** Row by row over the pattern: which beginnings of the path are matched by this beginning of the pattern. */
function matchParts(pattern: Part[], parts: string[]): boolean {
  let reached: boolean[] = new Array(parts.length + 1).fill(false);
  reached[0] = true;
  for (const part of pattern) {
    const next: boolean[] = new Array(parts.length + 1).fill(false);
    if (part === '**') {
      let open = false;
      reached.forEach((isReached, i) => {
        open ||= isReached;
        next[i] = open;
      });
    } else {
      parts.forEach((name, i) => {
        next[i + 1] = reached[i] === true && matchTokens(part, name);
      });
    }
    reached = next;
  }
  return reached[parts.length] === true;
}

/** One part against one name: two pointers, going back to the last star only. */
function matchTokens(tokens: Token[], name: string): boolean {
  let at = 0;
  let i = 0;
  let star = -1;
  let starAt = 0;
  while (i < name.length) {
    const token = tokens[at];
    if (token === '*') {
      star = at++;
      starAt = i;
    } else if (token?.(name[i] ?? '')) {
      at += 1;
      i += 1;
    } else if (star !== -1) {
      at = star + 1;
      i = ++starAt;
    } else return false;
  }
  while (tokens[at] === '*') at += 1;
  return at === tokens.length;
}

type Token = '*' | ((character: string) => boolean);

function tokenize(pattern: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] ?? '';
    const classEnd = character === '[' ? pattern.indexOf(']', at + (/^\[[!^]/.test(pattern.slice(at)) ? 3 : 2)) : -1;
    if (character === '*') {
      if (tokens.at(-1) !== '*') tokens.push('*');
    } else if (character === '?') tokens.push(() => true);
    else if (classEnd !== -1) {
      tokens.push(characterClass(pattern.slice(at + 1, classEnd)));
      at = classEnd;
    } else {
      const literal = character === '\\' && at + 1 < pattern.length ? pattern[++at] : character;
      tokens.push((other) => other === literal);
    }
  }
  return tokens;
}

function characterClass(text: string): (character: string) => boolean {
  const negated = text[0] === '!' || text[0] === '^';
  const members = negated ? text.slice(1) : text;
  return (character) => {
    let found = false;
    for (let i = 0; i < members.length; i++) {
      const from = members[i] ?? '';
      const isRange = members[i + 1] === '-' && i + 2 < members.length;
      const to = isRange ? (members[i + 2] ?? '') : from;
      if (isRange) i += 2;
      found ||= character >= from && character <= to;
    }
    return found !== negated;
  };
}
