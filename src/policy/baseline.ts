import schema from '../../schemas/baseline.schema.json' with { type: 'json' };
import { type Failure, failure } from '../errors.js';
import { blobUpTo } from '../layer/blob.js';
import { fitsSchema } from '../layer/fits-schema.js';
import { parseJsonBytes } from '../layer/json.js';
import { harmlessJson } from '../layer/json-text.js';
import type { Git, Tree } from '../ports.js';
import type { Finding } from './finding.js';

export const baselineFile = '.layerpolicy-baseline.json';

/** Some 80,000 findings: who has more has another problem than those. In bytes. */
const limit = 16 * 1024 * 1024;

/** One finding that passes. Rule and file are those of the finding, so that a reviewer sees what is let pass. */
export type Known = Pick<Finding, 'rule' | 'file' | 'fingerprint'>;

/** What a tree's own baseline lets pass; nothing where it has none. Fails with `config-invalid`. */
export async function readBaseline(git: Git, tree: Tree): Promise<Known[]> {
  const entry = await tree.entry(baselineFile);
  if (entry === null) return [];
  if (!entry.mode.startsWith('100')) throw invalidBaseline('it is a link or a submodule, not a file');
  const bytes = await blobUpTo(git, entry.oid, limit);
  if (bytes === null) throw invalidBaseline('it is larger than 16 MiB');
  return parseBaseline(bytes);
}

/** Fails with `config-invalid` at whatever is not what `baselineText` writes. */
export function parseBaseline(bytes: Uint8Array): Known[] {
  const { value, problems, lineOf } = parseJsonBytes(bytes);
  const [problem] = problems;
  if (problem !== undefined) throw invalidBaseline(`line ${problem.line}: ${problem.what}`);
  if (fitsSchema(schema, value)) return (value as { known: Known[] }).known;
  const { known } = (value ?? {}) as { known?: unknown };
  const wrong = Array.isArray(known) ? known.findIndex((one) => !fitsSchema(schema.properties.known.items, one)) : -1;
  throw invalidBaseline(
    wrong === -1
      ? 'it is not { "schema": 1, "known": […] }'
      : `line ${lineOf(`/known/${wrong}`)}: each entry is { "rule", "file", "fingerprint" } and nothing else`,
  );
}

/** A line for each finding, so that two branches that let different findings pass can be merged. */
export function baselineText(known: readonly Known[]): string {
  const lines = [...known].sort(byPlace).map(({ rule, file, fingerprint }) => {
    const fields = Object.entries({ rule, file, fingerprint }).map(
      ([key, value]) => `"${key}": ${JSON.stringify(value)}`,
    );
    return `    { ${fields.join(', ')} }`;
  });
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return harmlessJson(`{\n  "schema": 1,\n  "known": ${list}\n}\n`);
}

/** Entries to be taken one by one, since each stands for one finding. */
export function tally(known: readonly Known[]): { take(one: Known): boolean; left(): Known[] } {
  const entries = new Map<string, Known[]>();
  for (const one of known) {
    const same = entries.get(nameOf(one));
    if (same) same.push(one);
    else entries.set(nameOf(one), [one]);
  }
  return {
    take: (one) => entries.get(nameOf(one))?.pop() !== undefined,
    left: () => [...entries.values()].flat(),
  };
}

/** Rule and file count too: an entry may not say that it lets pass one thing, and let pass another. */
function nameOf({ rule, file, fingerprint }: Known): string {
  return [file, rule, fingerprint].join('\0');
}

function byPlace(a: Known, b: Known): number {
  return nameOf(a) < nameOf(b) ? -1 : 1;
}

export function invalidBaseline(problems: string): Failure {
  return failure('config-invalid', {
    file: baselineFile,
    problems,
    fix: 'Write it anew: layer-policy check --update-baseline',
  });
}
