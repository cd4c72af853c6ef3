import type { Requirement, RequirementsProblem } from './requirement.js';
import { readOptions } from './requirement-options.js';

/** What one logical line of a requirements file says. */
export type ReadLine =
  | { kind: 'nothing' | 'require-hashes' }
  | { kind: 'requirement'; requirement: Omit<Requirement, 'line'> }
  | Pick<RequirementsProblem, 'kind' | 'what'>;

/** A line after continuation lines were joined; its comment may still stand behind it. */
export function readRequirementLine(line: string): ReadLine {
  const said = withoutComment(line);
  // Readers differ on which blanks and digits of Unicode are some.
  if (/[^\t\x20-\x7e]/.test(said)) return unreadable('it holds a character beyond ASCII');
  const text = said.trim();
  if (text === '') return { kind: 'nothing' };
  if (text.endsWith('\\')) return unreadable('a backslash continues a line only as its very last character');
  if (/\$\{[A-Z0-9_]+\}/.test(text)) return unreadable('it takes a value from the environment');
  // As pip parts them: options begin at the first word with a dash in front.
  const options = / -|^-/.exec(text)?.index ?? text.length;
  const told = readOptions(text.slice(options));
  if ('kind' in told) return told;
  const specified = text.slice(0, options).trim();
  if (specified !== '') return readSpecifier(specified, told.hashes);
  return told.hashes.length > 0
    ? unreadable('a --hash stands without its requirement')
    : { kind: told.requireHashes ? 'require-hashes' : 'nothing' };
}

function unreadable(what: string): ReadLine {
  return { kind: 'unreadable', what };
}

function withoutComment(line: string): string {
  for (let at = line.indexOf('#'); at !== -1; at = line.indexOf('#', at + 1)) {
    if (at === 0 || line[at - 1] === ' ' || line[at - 1] === '\t') return line.slice(0, at);
  }
  return line;
}

const name = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?/;
const archive = /\.(whl|zip|tar|tgz|tbz|txz|tar\.(gz|bz2|xz|lzma))$/i;

function readSpecifier(text: string, hashes: string[]): ReadLine {
  const semicolon = text.indexOf(';');
  const beforeMarker = (semicolon === -1 ? text : text.slice(0, semicolon)).trim();
  const marker = semicolon === -1 ? '' : text.slice(semicolon + 1).trim();
  const named = name.exec(beforeMarker)?.[0];
  const rest = beforeMarker.slice(named?.length ?? 0).trimStart();
  const extras = /^\[[^\]]*\]/.exec(rest)?.[0] ?? '';
  const behind = rest.slice(extras.length).trim();
  if (named !== undefined && named.length > 200) return unreadable('it begins with a name of more than 200 letters');
  if (named !== undefined && behind.startsWith('@')) return { kind: 'url', what: named };
  if (/[/\\]|^\.|^file:/i.test(beforeMarker) || archive.test(beforeMarker)) return { kind: 'url', what: 'this' };
  if (named === undefined) return unreadable('it does not begin with the name of a package');
  if (semicolon !== -1 && marker === '') return unreadable('nothing stands behind the ";"');

  const extraNames = extras
    .slice(1, -1)
    .split(',')
    .map((extra) => extra.trim())
    .filter((extra) => extra !== '');
  if (extraNames.some((extra) => name.exec(extra)?.[0] !== extra)) return unreadable('an extra is no name');
  const clauses = behind === '' ? [] : withoutParentheses(behind).split(',').map(readClause);
  if (!clauses.every((clause) => clause !== null)) return unreadable(`what stands behind ${named} is no version`);
  const [only, ...more] = clauses;
  return {
    kind: 'requirement',
    requirement: {
      name: named,
      extras: extraNames,
      specifier: clauses.map(({ operator, version }) => operator + version).join(','),
      version: only && more.length === 0 && only.isExact ? only.version : null,
      marker,
      hashes,
    },
  };
}

function withoutParentheses(text: string): string {
  return text.startsWith('(') && text.endsWith(')') ? text.slice(1, -1) : text;
}

/** PEP 440, after its appendix. */
const version =
  /^v?(\d+!)?\d+(\.\d+)*([-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?\d*)?(-\d+|[-_.]?(post|rev|r)[-_.]?\d*)?([-_.]?dev[-_.]?\d*)?(\+[a-z0-9]+([-_.][a-z0-9]+)*)?$/i;

function readClause(text: string): { operator: string; version: string; isExact: boolean } | null {
  const [, operator, given] = /^(===|==|~=|!=|<=|>=|<|>)[ \t]*([^\s,;()]+)$/.exec(text.trim()) ?? [];
  if (operator === undefined || given === undefined) return null;
  if (operator === '===') return { operator, version: given, isExact: true };
  const isOpen = (operator === '==' || operator === '!=') && given.endsWith('.*');
  if (!version.test(isOpen ? given.slice(0, -2) : given)) return null;
  return { operator, version: given, isExact: operator === '==' && !isOpen };
}
