import type { Oid, PublishedVersion } from '../ports.js';
import type { Layer } from './declarations.js';
import { publishedName } from './declared.js';
import { toMB } from './limits.js';
import type { Manifest } from './manifest.js';
import { recordedManifest } from './released-manifest.js';
import { compareVersions, type Version } from './version.js';

/** A layer version that functions of an environment run, and what is known of it. */
export interface Adopted {
  layer: Pick<Layer, 'name' | 'layerName'>;
  version: Version;
  /** null: nobody recorded it. */
  gitSha: Oid | null;
  /** Of that commit, ISO 8601 UTC. */
  buildDate: string | null;
  published: PublishedVersion;
  /** The manifest as it is; null: there is none. */
  before: Manifest | null;
}

/** The manifest that says so. What nobody knows is null; nothing that is known is lost. */
export function adoptedManifest(one: Adopted, environment: string, environments: string[]): Manifest {
  const { layer, version, gitSha, published } = one;
  const { sha256, arn, createdAt } = published;
  const facts = { name: layer.name, version, gitSha, sha256, environment, environments, inPlace: 'layer' as const };
  const first = environments[0] ?? environment;
  const there = new Map([[environment, { arn, createdAt }]]);
  return recordedManifest(latest(one, first), { ...facts, at: createdAt, emergency: null }, there);
}

/** What it says of the latest release, which is this one unless a later one is recorded. */
function latest({ layer, version, gitSha, buildDate, published, before }: Adopted, first: string): Manifest {
  const { sha256, size } = published;
  const rise = before === null ? 1 : compareVersions(version, before.version);
  const zip = { sha256, size_bytes: size, size_mb: toMB(size) };
  if (before !== null && rise < 0) return before;
  if (before !== null && rise === 0)
    return { ...before, ...zip, git_sha: before.git_sha ?? gitSha, build_date: before.build_date ?? buildDate };
  const { environments, ...mirrored } = kept(before);
  return {
    layer_name: publishedName(layer, first),
    version,
    git_sha: gitSha,
    git_tag: null,
    git_branch: null,
    build_date: buildDate,
    build_user: null,
    ...mirrored,
    ...zip,
    notes: null,
    ...(environments !== undefined && { environments }),
  };
}

/** Of a manifest about an earlier version: environments, their mirrors, and what is people's own. */
function kept(before: Manifest | null): Partial<Manifest> {
  const entries = Object.entries(before ?? {});
  return Object.fromEntries(entries.filter(([key]) => /^(environments$|aws_arn_|x-)/.test(key)));
}
