import type { Oid } from '../ports.js';
import type { Layer } from './declarations.js';
import { toMB } from './limits.js';
import type { Manifest, ManifestEnvironment } from './manifest.js';
import { expand } from './names.js';
import type { Version } from './version.js';

/** What a release says in the manifest, but for what only publishing tells. */
export interface ReleaseFacts {
  name: string;
  version: Version;
  gitSha: Oid;
  gitTag: string | null;
  gitBranch: string | null;
  /** ISO 8601, UTC. */
  buildDate: string;
  buildUser: string;
  sha256: string;
  contentDigest: string;
  size: number;
  /** Python packages in it, with their versions. */
  dependencies: Record<string, string>;
  environment: string;
  /** Declared ones, in order; the first is the one whose ARN a manifest always has. */
  environments: string[];
  layer: Pick<Layer, 'name' | 'source' | 'build' | 'layerName' | 'runtimes' | 'architectures'>;
}

/**
 * The manifest after a release: everything about the artefact is new, what is known of other environments and what people
 * wrote (`x-*`, and `notes` on the same version) stays.
 */
export function releasedManifest(
  before: Manifest | null,
  facts: ReleaseFacts,
  published: { arn: string; createdAt: string },
): Manifest {
  const { layer, environment } = facts;
  const first = facts.environments[0] ?? environment;
  const environments = inOrder(facts.environments, {
    ...before?.environments,
    [environment]: entry(before?.environments?.[environment], facts, published),
  });
  const mirrored: Record<`aws_arn_${string}`, string | null> = {};
  for (const name of new Set([first, ...facts.environments, ...Object.keys(environments)])) {
    const arn = environments[name]?.arn ?? before?.[`aws_arn_${name}`];
    if (arn != null || name === first) mirrored[`aws_arn_${name}`] = arn ?? null;
  }
  return {
    layer_name: expand(layer.layerName, { name: layer.name, env: first }),
    version: facts.version,
    git_sha: facts.gitSha,
    git_tag: facts.gitTag,
    git_branch: facts.gitBranch,
    build_date: facts.buildDate,
    build_user: facts.buildUser,
    ...mirrored,
    size_mb: toMB(facts.size),
    dependencies: facts.dependencies,
    source_path: layer.build === 'source' ? `${layer.source}/` : layer.source,
    compatible_runtimes: [...layer.runtimes],
    notes: before?.version === facts.version ? (before.notes ?? null) : null,
    ...extensions(before),
    sha256: facts.sha256,
    content_digest: facts.contentDigest,
    size_bytes: facts.size,
    compatible_architectures: [...layer.architectures],
    environments,
  };
}

function entry(
  before: ManifestEnvironment | undefined,
  { version, sha256, gitSha }: ReleaseFacts,
  { arn, createdAt }: { arn: string; createdAt: string },
): ManifestEnvironment {
  const superseded = before && before.version !== version ? { version: before.version, arn: before.arn } : null;
  return {
    version,
    arn,
    sha256,
    git_sha: gitSha,
    published_at: createdAt,
    previous: superseded ?? before?.previous ?? null,
  };
}

function inOrder<Value>(order: string[], record: Record<string, Value>): Record<string, Value> {
  const names = new Set([...order, ...Object.keys(record)]);
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const value = record[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

function extensions(before: Manifest | null): Record<`x-${string}`, unknown> {
  const entries = Object.entries(before ?? {}).filter(([key]) => key.startsWith('x-'));
  return Object.fromEntries(entries) as Record<`x-${string}`, unknown>;
}

/** As it stands in the repository: two blanks, a final newline. */
export function jsonText(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
