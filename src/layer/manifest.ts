import schema from '../../schemas/manifest.schema.json' with { type: 'json' };
import { validateManifest } from '../schemas.gen.js';
import { localAccount, localRegion, parseLayerArn } from './arn.js';
import type { Declarations, Environment, Layer } from './declarations.js';
import { parseJsonBytes } from './json.js';
import { expand } from './names.js';
import { describeSchemaErrors } from './schema-errors.js';

/** A manifest as the tool writes it; the schema is `schemas/manifest.schema.json`. */
export interface Manifest {
  layer_name: string;
  version: string;
  git_sha: string;
  git_tag?: string | null;
  git_branch?: string | null;
  build_date: string;
  build_user?: string | null;
  size_mb: number;
  size_bytes?: number;
  sha256?: string;
  content_digest?: string;
  dependencies?: Record<string, string>;
  source_path?: string;
  compatible_runtimes?: string[];
  compatible_architectures?: string[];
  notes?: string | null;
  environments?: Record<string, ManifestEnvironment>;
  [mirrored: `aws_arn_${string}`]: string | null;
  [extension: `x-${string}`]: unknown;
}

export interface ManifestEnvironment {
  version: string;
  arn: string;
  sha256: string;
  git_sha: string;
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
  const { value, problems, lines } = parseJsonBytes(bytes);
  const lineOf = (field: string) => lines.get(field) ?? null;
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

/** All problems of a manifest: those of its text, and what contradicts the policy. */
export function manifestProblems(file: ManifestFile, policy: Declarations): ManifestProblem[] {
  const layer = Object.hasOwn(policy.layers, file.layer) ? policy.layers[file.layer] : undefined;
  if (file.manifest === null || layer === undefined) return file.problems;
  return [...file.problems, ...contradictions(file.manifest, layer, policy.environments)];
}

function contradictions(
  manifest: Manifest,
  layer: Layer,
  environments: Record<string, Environment>,
): ManifestProblem[] {
  const problems: ManifestProblem[] = [];
  const say = (kind: 'schema' | 'arn', field: string, what: string) => problems.push({ kind, field, line: null, what });

  const names = Object.keys(environments).map((env) => expand(layer.layerName, { name: layer.name, env }));
  if (!names.includes(manifest.layer_name)) {
    say('schema', '/layer_name', `is "${manifest.layer_name}"; the policy publishes ${names.join(', ')}`);
  }
  const first = Object.keys(environments)[0] ?? 'local';
  if (!Object.hasOwn(manifest, `aws_arn_${first}`)) {
    say('schema', '', `lacks aws_arn_${first} (null as long as it is not published there)`);
  }
  for (const [key, arn] of Object.entries(manifest)) {
    if (!key.startsWith('aws_arn_') || typeof arn !== 'string') continue;
    const env = key.slice('aws_arn_'.length);
    const wrong = wrongArn(arn, layer, env, environments);
    if (wrong !== null) say('arn', `/${key}`, wrong);
    const truth = manifest.environments?.[env]?.arn;
    if (truth !== undefined && truth !== arn) say('arn', `/${key}`, `differs from environments.${env}.arn`);
  }
  for (const [env, published] of Object.entries(manifest.environments ?? {})) {
    const wrong = wrongArn(published.arn, layer, env, environments);
    if (wrong !== null) say('arn', `/environments/${env}/arn`, wrong);
    const before = published.previous && wrongArn(published.previous.arn, layer, env, environments);
    if (before !== null) say('arn', `/environments/${env}/previous/arn`, before);
  }
  return problems;
}

function wrongArn(text: string, layer: Layer, env: string, environments: Record<string, Environment>): string | null {
  const arn = parseLayerArn(text);
  if (arn === null) return `"${text}" is not the ARN of a layer version`;
  const environment = Object.hasOwn(environments, env) ? environments[env] : undefined;
  if (environment === undefined) return `stands for environment "${env}", which the policy does not declare`;
  const local = environment.target === 'local';
  const expected = {
    layerName: expand(layer.layerName, { name: layer.name, env }),
    region: local ? localRegion : environment.region,
    account: local ? localAccount : environment.account,
  };
  if (arn.layerName !== expected.layerName) return `is of layer ${arn.layerName}, not ${expected.layerName}`;
  if (expected.region && arn.region !== expected.region) return `is in ${arn.region}; ${env} is in ${expected.region}`;
  if (expected.account && arn.account !== expected.account) {
    return `is of account ${arn.account}; ${env} is ${expected.account}`;
  }
  return null;
}

function findPlaceholders(value: unknown, pointer: string): { field: string; text: string }[] {
  if (typeof value === 'string') {
    const isFreeText = pointer === '/notes' || pointer.startsWith('/x-');
    return !isFreeText && placeholder.test(value.slice(0, 200)) ? [{ field: pointer, text: value.slice(0, 200) }] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => findPlaceholders(inner, `${pointer}/${key}`));
}

/** Version and commit of a manifest that may otherwise be wrong; null when it names no full commit. */
export function parseManifestVersion(bytes: Uint8Array): { version: string; gitSha: string } | null {
  const { value } = parseJsonBytes(bytes);
  const { version, git_sha: gitSha } = (value ?? {}) as Partial<Manifest>;
  const isCommit = typeof gitSha === 'string' && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(gitSha);
  return isCommit && typeof version === 'string' ? { version, gitSha } : null;
}
