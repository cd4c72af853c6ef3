import { failure } from '../errors.js';
import { parseJsonBytes } from '../layer/json.js';

export interface ParsedConfig {
  value: unknown;
  /** Line of a JSON pointer, where the format tells one. */
  lineOf(pointer: string): number | null;
}

/** The document in a policy file: data and nothing else, whatever its format. */
export async function parseConfig(file: string, bytes: Uint8Array): Promise<ParsedConfig> {
  if (!file.endsWith('.json')) return { value: await parseYaml(file, bytes), lineOf: () => null };
  const { value, problems, lineOf } = parseJsonBytes(bytes);
  if (problems.length > 0) throw invalid(file, problems.map(({ line, what }) => `line ${line}: ${what}`).join('; '));
  return { value, lineOf };
}

/**
 * cosmiconfig's loader on the bytes alone: its explorer would run `.config/config.js` of whoever's folder this is.
 * YAML's references are refused, because a small text can name a huge document with them.
 */
async function parseYaml(file: string, bytes: Uint8Array): Promise<unknown> {
  const { defaultLoaders } = await import('cosmiconfig');
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    value = defaultLoaders['.yaml'](file, text);
  } catch (error) {
    throw invalid(file, (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '');
  }
  if (/^\s*(- )?<<\s*:/m.test(text)) throw invalid(file, 'merge keys (<<) are not taken');
  refuseReferences(file, value, new Set(), 0);
  // Through JSON, so that both formats give the same objects and the same refusals.
  const { value: plain, problems } = parseJsonBytes(
    new TextEncoder().encode(JSON.stringify(value ?? null, dayAsWritten)),
  );
  if (problems.length > 0) throw invalid(file, problems.map(({ what }) => what).join('; '));
  return plain;
}

/** YAML makes a moment of a day without quotes, and JSON a text with a time of that. */
function dayAsWritten(_: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/^(\d{4}-\d{2}-\d{2})T00:00:00\.000Z$/, '$1') : value;
}

function refuseReferences(file: string, value: unknown, seen: Set<object>, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (seen.has(value)) throw invalid(file, 'anchors and aliases (&, *) are not taken');
  if (depth > 32) throw invalid(file, 'nested deeper than 32 levels');
  seen.add(value);
  for (const inner of Object.values(value)) refuseReferences(file, inner, seen, depth + 1);
}

function invalid(file: string, problems: string) {
  return failure('config-invalid', {
    file,
    problems,
    fix: `Correct ${file}. The schema: schemas/config.schema.json`,
  });
}
