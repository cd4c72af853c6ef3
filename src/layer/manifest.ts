import schema from '../../schemas/manifest.schema.json' with { type: 'json' };
import { validateManifest } from '../schemas.gen.js';
import { type ParsedJson, parseJsonBytes, pointerOf } from './json.js';
import { describeSchemaErrors } from './schema-errors.js';

/** A manifest as the tool writes it; the schema is `schemas/manifest.schema.json`. */
export interface Manifest {
  layer_name: string;
  version: string;
  /** null: it was made by other means, from a commit that nobody recorded. */
  git_sha: string | null;
  git_tag?: string | null;
  git_branch?: string | null;
  build_date: string | null;
  build_user?: string | null;
  size_mb: number | null;
  size_bytes?: number;
  sha256?: string;
  content_digest?: string;
  dependencies?: Record<string, string>;
  source_path?: string;
  compatible_runtimes?: string[];
  compatible_architectures?: string[];
  notes?: string | null;
  /** By environment; where that has several targets by each of them, `prod/eu`. */
  environments?: Record<string, ManifestEnvironment>;
  [mirrored: `aws_arn_${string}`]: string | null;
  [extension: `x-${string}`]: unknown;
}

export interface ManifestEnvironment {
  version: string;
  arn: string;
  sha256: string;
  git_sha: string | null;
  /** ISO 8601, UTC. */
  published_at: string;
  previous: { version: string; arn: string } | null;
}

/** What is wrong with a manifest, and where. `field` is a JSON pointer, empty for the whole file. */
export interface ManifestProblem {
  kind: 'json' | 'placeholder' | 'schema' | 'arn';
  field: string;
  line: number | null;
  what: string;
}

export interface ManifestFile {
  path: string;
  /** The folder's name: the layer's config key. */
  layer: string;
  /** null unless the file is a manifest by its schema. */
  manifest: Manifest | null;
  problems: ManifestProblem[];
}

/** The short words only where they begin the text and stand alone: `todo-app` is a name. */
const placeholder =
  /to[-_ ]?be[-_ ]?(updated|defined|done|filled)|^(todo|tbd|fixme|changeme|placeholder)(?![-\w./])|change[-_]me|^unknown$|^x{3,}$|^<.*>$/i;

export function readManifest(path: string, layer: string, bytes: Uint8Array): ManifestFile {
  return judgeManifest(path, layer, parseJsonBytes(bytes));
}

export function judgeManifest(path: string, layer: string, { value, problems, lineOf }: ParsedJson): ManifestFile {
  const found: ManifestProblem[] = problems.map(({ line, what }) => ({ kind: 'json', field: '', line, what }));
  if (value === undefined) return { path, layer, manifest: null, problems: found };

  const placeholders = findPlaceholders(value, '').map(({ field, text }): ManifestProblem => {
    return { kind: 'placeholder', field, line: lineOf(field), what: text };
  });
  // A placeholder breaks its pattern as well; saying it once is enough.
  const named = new Set(placeholders.map(({ field }) => field));
  const valid = validateManifest(value);
  const breaches = describeSchemaErrors(validateManifest.errors ?? [], schema)
    .filter(({ field }) => !named.has(field))
    .map(({ field, what }): ManifestProblem => ({ kind: 'schema', field, line: lineOf(field), what }));
  return {
    path,
    layer,
    manifest: valid ? (value as Manifest) : null,
    problems: [...found, ...placeholders, ...breaches],
  };
}

function findPlaceholders(value: unknown, pointer: string): { field: string; text: string }[] {
  if (typeof value === 'string') {
    const isFreeText = pointer === '/notes' || pointer.startsWith('/x-');
    return !isFreeText && placeholder.test(value.slice(0, 200)) ? [{ field: pointer, text: value.slice(0, 200) }] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => findPlaceholders(inner, pointer + pointerOf([key])));
}
