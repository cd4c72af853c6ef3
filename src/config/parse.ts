import { failure } from '../errors.js';
import { parseJsonBytes } from '../layer/json.js';
import { mostBreaches } from './breach.js';

export interface ParsedConfig {
  value: unknown;
  /** Line of a JSON pointer, where the format tells one. */
  lineOf(pointer: string): number | null;
}

/** Nobody writes longer ones, and some of the patterns they are held against take the square of their length. */
const longestText = 4096;

/** The document in a policy file: data and nothing else, whatever its format. */
export async function parseConfig(file: string, bytes: Uint8Array): Promise<ParsedConfig> {
  const isJson = file.endsWith('.json');
  const { value, problems, lineOf } = parseJsonBytes(isJson ? bytes : await yamlAsJson(file, bytes));
  if (problems.length > 0) {
    // The lines of YAML are lost by now.
    const said = problems.slice(0, mostBreaches).map(({ line, what }) => (isJson ? `line ${line}: ${what}` : what));
    throw invalid(file, said.join('; '));
  }
  if (hasLongText(value)) throw invalid(file, `it holds a text of more than ${longestText} characters`);
  return { value, lineOf: isJson ? lineOf : () => null };
}

function hasLongText(value: unknown): boolean {
  if (typeof value === 'string') return value.length > longestText;
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => key.length > longestText || hasLongText(inner));
}

/**
 * cosmiconfig's loader on the bytes alone: its explorer would run `.config/config.js` of whoever's folder this is.
 * Everything that makes one text mean another (anchors, aliases, tags, merge keys) is refused, used or not.
 */
async function yamlAsJson(file: string, bytes: Uint8Array): Promise<Uint8Array> {
  const { defaultLoaders } = await import('cosmiconfig');
  const load = (text: string): unknown => defaultLoaders['.yaml'](file, text);
  try {
    const text = decoder.decode(bytes);
    if (text.startsWith('\ufeff')) throw new Error('it starts with a byte order mark');
    refuseReferences(load, text);
    // Through JSON, so that both formats give the same objects and the same refusals.
    return new TextEncoder().encode(JSON.stringify(load(text) ?? null, dayAsWritten));
  } catch (error) {
    throw invalid(file, reasonOf(error));
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Where `&`, `!` or `<<` begin something of their own, a `*` in their place is an alias without a name; within a text or a
 * comment it is one character for another. So the parser itself says which it was, and no alias is ever followed.
 */
function refuseReferences(load: (text: string) => unknown, text: string): void {
  const replaced = text.replace(/[&!]|<(?=<)/g, '*');
  if (replaced === text) return;
  try {
    load(replaced);
  } catch {
    // What is broken as it was written is told by its own error.
    load(text);
    throw new Error('anchors, aliases, tags and merge keys (&, *, !, <<) are not taken; quote such a text');
  }
}

/** YAML makes a moment of a day without quotes, and JSON a text with a time of that. */
function dayAsWritten(_: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/^(\d{4}-\d{2}-\d{2})T00:00:00\.000Z$/, '$1') : value;
}

/** The loader puts the file in a line of its own before the reason, and an excerpt behind it. */
function reasonOf(error: unknown): string {
  if (error instanceof TypeError) return 'it is not UTF-8';
  const lines = (error instanceof Error ? error.message : String(error)).split('\n');
  return (lines[0]?.startsWith('YAML Error') ? lines[1] : lines[0]) ?? '';
}

function invalid(file: string, problems: string) {
  return failure('config-invalid', {
    file,
    problems,
    fix: `Correct ${file}. The schema: schemas/config.schema.json`,
  });
}
