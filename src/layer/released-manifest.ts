import type { Oid } from '../ports.js';
import type { Layer } from './declarations.js';
import { publishedName } from './declared.js';
import { environmentOf } from './environments.js';
import { toMB } from './limits.js';
import type { Manifest, ManifestEnvironment } from './manifest.js';
import type { Version } from './version.js';

/** What a writing command says of a layer or function in its manifest, but for what only doing it tells. */
export interface EnvironmentFacts {
  name: string;
  version: Version;
  /** null: nobody recorded it. */
  gitSha: Oid | null;
  sha256: string;
  environment: string;
  /** Its targets that it is about; absent: it has but one, which is itself. */
  targets?: string[];
  /** Declared ones, each target, in order; the first is the one whose ARN a manifest always has. */
  environments: string[];
  /** What its ARN is of; `nowhere`: it was stored, and is attached to nothing. */
  inPlace: 'layer' | 'function' | 'nowhere';
  /** When the command was planned, ISO 8601 UTC. */
  at: string;
  /** Past the gate, and why; null: through it. */
  emergency: { reason: string; by: string } | null;
}

/** Of a release, which is about the artefact as well. */
export interface ReleaseFacts extends EnvironmentFacts {
  gitSha: Oid;
  gitTag: string | null;
  gitBranch: string | null;
  /** ISO 8601, UTC. */
  buildDate: string;
  buildUser: string;
  contentDigest: string;
  size: number;
  /** Python packages in it, with their versions. */
  dependencies: Record<string, string>;
  layer: Pick<Layer, 'name' | 'source' | 'build' | 'layerName' | 'runtimes' | 'architectures'>;
}

export type Facts = EnvironmentFacts | ReleaseFacts;

/** `createdAt` null: what has no date of its own. */
export interface Published {
  arn: string;
  createdAt: string | null;
}

/**
 * The manifest after a writing command. After a release everything about the artefact is new, what is known of other
 * environments and what people wrote (`x-*`, and `notes` on the same version) stays; after any other only the environment
 * is new.
 */
export function recordedManifest(
  before: Manifest | null,
  facts: Facts,
  published: ReadonlyMap<string, Published>,
): Manifest {
  const first = environmentOf(facts.environments[0] ?? facts.environment);
  const entries = [...published].map(
    ([target, one]) => [target, entry(before?.environments?.[target], facts, one)] as const,
  );
  const environments = inOrder(facts.environments, { ...before?.environments, ...Object.fromEntries(entries) });
  const mirrored: Record<`aws_arn_${string}`, string | null> = {};
  const targets = Object.keys(environments);
  for (const name of new Set([first, ...facts.environments, ...targets].map(environmentOf))) {
    const target = targets.find((one) => environmentOf(one) === name) ?? name;
    const arn = environments[target]?.arn ?? before?.[`aws_arn_${name}`];
    if (arn != null || name === first) mirrored[`aws_arn_${name}`] = arn ?? null;
  }
  const kept = { ...extensions(before), ...emergencyOf(before, facts) };
  if (isRelease(facts)) return released(before, facts, { first, mirrored, environments, kept });
  if (before === null) throw new Error(`${facts.name} has no manifest, so nothing of it can be brought anywhere`);
  const { 'x-emergency': _gone, ...rest } = before;
  return { ...rest, ...mirrored, ...kept, environments };
}

const isRelease = (facts: Facts): facts is ReleaseFacts => 'contentDigest' in facts;

function released(
  before: Manifest | null,
  facts: ReleaseFacts,
  { first, mirrored, environments, kept }: { first: string } & Record<'mirrored' | 'environments' | 'kept', object>,
): Manifest {
  const { layer } = facts;
  return {
    layer_name: publishedName(layer, first),
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
    ...(layer.runtimes.length > 0 && { compatible_runtimes: [...layer.runtimes] }),
    notes: before?.version === facts.version ? (before.notes ?? null) : null,
    ...kept,
    sha256: facts.sha256,
    content_digest: facts.contentDigest,
    size_bytes: facts.size,
    ...(layer.architectures.length > 0 && { compatible_architectures: [...layer.architectures] }),
    environments,
  } as Manifest;
}

function entry(
  before: ManifestEnvironment | undefined,
  { version, sha256, gitSha, at }: Facts,
  { arn, createdAt }: Published,
): ManifestEnvironment {
  const superseded = before && before.version !== version ? { version: before.version, arn: before.arn } : null;
  // What has no date of its own keeps the one it has as long as it stays.
  const since = before?.version === version && before.sha256 === sha256 ? before.published_at : at;
  return {
    version,
    arn,
    sha256,
    git_sha: gitSha,
    published_at: createdAt ?? since,
    previous: superseded ?? before?.previous ?? null,
  };
}

/** The last one of each environment or target; it goes when the gate is passed there again, or in all of its environment. */
function emergencyOf(before: Manifest | null, { environment, emergency, at }: Facts): Record<`x-${string}`, unknown> {
  const isOther = (name: string) => name !== environment && environmentOf(name) !== environment;
  const others = Object.entries(before?.['x-emergency'] ?? {}).filter(([name]) => isOther(name));
  const all = emergency === null ? others : [...others, [environment, { ...emergency, at }]];
  return all.length === 0 ? {} : { 'x-emergency': Object.fromEntries(all) };
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
  const entries = Object.entries(before ?? {}).filter(([key]) => key.startsWith('x-') && key !== 'x-emergency');
  return Object.fromEntries(entries) as Record<`x-${string}`, unknown>;
}

/** As it stands in the repository: two blanks, a final newline. */
export function jsonText(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
