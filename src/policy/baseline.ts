import { failure } from '../errors.js';
import { parseJsonBytes } from '../layer/json.js';
import type { Git, Tree } from '../ports.js';
import type { Finding } from './finding.js';

export const baselineFile = '.layerpolicy-baseline.json';

interface Known {
  rule: string;
  file: string;
  fingerprint: string;
}

/** The fingerprints that the judged tree's own baseline lets pass; none where there is no baseline. */
export async function readBaseline(git: Git, tree: Tree): Promise<ReadonlySet<string>> {
  const entry = await tree.entry(baselineFile);
  if (!entry?.mode.startsWith('100')) return new Set();
  const { value, problems } = parseJsonBytes(await git.blob(entry.oid, 16 * 1024 * 1024));
  const { schema, known } = (value ?? {}) as { schema?: unknown; known?: Known[] };
  const isBaseline = schema === 1 && Array.isArray(known) && known.every((one) => typeof one?.fingerprint === 'string');
  if (!isBaseline || problems.length > 0) {
    throw failure('config-invalid', {
      file: baselineFile,
      problems: problems[0]?.what ?? 'it is not a baseline',
      fix: 'Write it anew: layer-policy check --update-baseline',
    });
  }
  return new Set(known.map(({ fingerprint }) => fingerprint));
}

/** The baseline that knows exactly these findings. */
export function baselineText(findings: readonly Finding[]): string {
  const known = findings.map(({ rule, file, fingerprint }): Known => ({ rule, file, fingerprint }));
  return `${JSON.stringify({ schema: 1, known }, null, 2)}\n`;
}
