import schema from '../../schemas/manifest.schema.json' with { type: 'json' };
import type { ParsedJson } from './json.js';
import { judgeManifest, type Manifest } from './manifest.js';

const nullable = ['git_sha', 'build_date', 'size_mb'];
const isNullable = (key: string) => nullable.includes(key) || key.startsWith('aws_arn_');
const patterns = Object.keys(schema.patternProperties).map((pattern) => new RegExp(pattern));
const isKnown = (key: string) => Object.hasOwn(schema.properties, key) || patterns.some((one) => one.test(key));

/**
 * A manifest that people or the original scripts wrote, in the form that a manifest has: placeholders become null, a field
 * of another name becomes `x-`, what has no form goes. Null where it says no version, or is not to be trusted at all.
 * `commit`: the whole id of the one it names in short.
 */
export function mendedManifest(
  path: string,
  layer: string,
  parsed: ParsedJson,
  commit: string | null,
): Manifest | null {
  const { value, problems } = parsed;
  if (problems.length > 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const judge = (draft: unknown) => judgeManifest(path, layer, { ...parsed, value: draft, problems: [] });
  const draft: Record<string, unknown> = {};
  for (const [key, said] of Object.entries(value)) draft[isKnown(key) ? key : `x-${key}`] = said;
  for (const key of nullable) draft[key] ??= null;
  if (commit !== null) draft.git_sha = commit;
  draft.build_date = inUtc(draft.build_date);
  // No zip has no bytes.
  if (draft.size_mb === 0) draft.size_mb = null;
  for (const { field } of judge(draft).problems) {
    const [, key = ''] = field.split('/');
    if (key === '' || !Object.hasOwn(draft, key) || draft[key] === null) continue;
    if (isNullable(key)) draft[key] = null;
    else delete draft[key];
  }
  const { manifest, problems: left } = judge(draft);
  return left.length > 0 ? null : manifest;
}

/** A time that names its zone; one that names none is not known to the hour. */
function inUtc(said: unknown): unknown {
  const isZoned = typeof said === 'string' && /^\d{4}-\d{2}-\d{2}T[\d:.]+[+-]\d{2}:?\d{2}$/.test(said);
  const at = isZoned ? Date.parse(said) : Number.NaN;
  return Number.isNaN(at) ? said : new Date(at).toISOString().replace('.000Z', 'Z');
}
