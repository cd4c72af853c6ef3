import { minorOf } from '../inside/runtime.js';
import type { Place } from '../problems/demands.js';
import { keeps } from './pep440.js';

/** What a requirement's marker (PEP 508) may ask about, as it is on Lambda; null for an extra: nobody asked for one. */
export type Surroundings = Readonly<Record<string, string>>;

export function surroundingsOf({ runtime, architecture }: Place): Surroundings {
  const version = `3.${minorOf(runtime)}`;
  return {
    python_version: version,
    // Which patch of it Lambda runs is not said; markers that ask tell betas of a version from the version.
    python_full_version: `${version}.99`,
    implementation_version: `${version}.99`,
    implementation_name: 'cpython',
    platform_python_implementation: 'CPython',
    os_name: 'posix',
    sys_platform: 'linux',
    platform_system: 'Linux',
    platform_machine: architecture === 'arm64' ? 'aarch64' : architecture,
    platform_release: '',
    platform_version: '',
    extra: '',
  };
}

const versions = new Set(['python_version', 'python_full_version', 'implementation_version']);
const names: Record<string, string> = {
  'os.name': 'os_name',
  'sys.platform': 'sys_platform',
  'platform.machine': 'platform_machine',
  'platform.version': 'platform_version',
  'platform.python_implementation': 'platform_python_implementation',
  python_implementation: 'platform_python_implementation',
};

/** Whether a marker holds; '' always does. Null: it is none that we understand. */
export function holds(marker: string, there: Surroundings): boolean | null {
  if (marker.trim() === '') return true;
  const words = marker.length > 10_000 ? null : wordsOf(marker);
  if (words === null) return null;
  const reader = { words, at: 0, depth: 0 };
  const value = either(reader, there);
  return reader.at === words.length ? value : null;
}

interface Reader {
  words: string[];
  at: number;
  depth: number;
}

/** Null where something is no word of a marker. */
function wordsOf(marker: string): string[] | null {
  const words: string[] = [];
  const word = /\s*("[^"]*"|'[^']*'|[()]|===|==|~=|!=|<=|>=|<|>|[A-Za-z_.]+)/y;
  const text = marker.trimEnd();
  while (word.lastIndex < text.length) {
    const found = word.exec(text);
    if (found === null) return null;
    words.push(found[1] ?? '');
  }
  return words;
}

function either(reader: Reader, there: Surroundings): boolean | null {
  return joined(reader, there, 'or', both, (a, b) => a || b);
}

function both(reader: Reader, there: Surroundings): boolean | null {
  return joined(reader, there, 'and', one, (a, b) => a && b);
}

function joined(
  reader: Reader,
  there: Surroundings,
  by: string,
  read: (reader: Reader, there: Surroundings) => boolean | null,
  join: (a: boolean, b: boolean) => boolean,
): boolean | null {
  let value = read(reader, there);
  while (value !== null && reader.words[reader.at] === by) {
    reader.at++;
    const next = read(reader, there);
    value = next === null ? null : join(value, next);
  }
  return value;
}

function one(reader: Reader, there: Surroundings): boolean | null {
  if (reader.words[reader.at] === '(') {
    if (reader.depth++ > 50) return null;
    reader.at++;
    const value = either(reader, there);
    reader.depth--;
    return reader.words[reader.at++] === ')' ? value : null;
  }
  const [left = '', first = '', second = ''] = reader.words.slice(reader.at, reader.at + 3);
  const isNegated = first === 'not' && second === 'in';
  const operator = isNegated ? 'not in' : first;
  const right = reader.words[reader.at + (isNegated ? 3 : 2)];
  reader.at += isNegated ? 4 : 3;
  return right === undefined ? null : compared(left, operator, right, there);
}

function compared(left: string, operator: string, right: string, there: Surroundings): boolean | null {
  const [a, b] = [meaning(left, there), meaning(right, there)];
  if (a === null || b === null) return null;
  if (operator === 'in') return b.value.includes(a.value);
  if (operator === 'not in') return !b.value.includes(a.value);
  const asked = a.variable ?? b.variable;
  if (asked !== null && versions.has(asked)) return keeps(a.value, operator + b.value);
  const [x, y] = asked === 'extra' ? [extraName(a.value), extraName(b.value)] : [a.value, b.value];
  switch (operator) {
    case '==':
    case '===':
      return x === y;
    case '!=':
      return x !== y;
    case '<=':
      return x <= y;
    case '>=':
      return x >= y;
    case '<':
      return x < y;
    case '>':
      return x > y;
    default:
      return null;
  }
}

function meaning(word: string, there: Surroundings): { value: string; variable: string | null } | null {
  if (/^["']/.test(word)) return { value: word.slice(1, -1), variable: null };
  const variable = names[word] ?? word;
  const value = Object.hasOwn(there, variable) ? there[variable] : undefined;
  return value === undefined ? null : { value, variable };
}

function extraName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
