import type { ArchiveManifest } from '../layer/archive-manifest.js';
import type { Declarations } from '../layer/declarations.js';
import { toBytes } from '../layer/limits.js';
import type { Manifest } from '../layer/manifest.js';
import { mirroredArns } from '../layer/mirrored-arns.js';
import { compareVersions } from '../layer/version.js';
import type { Release } from './overview.js';

type Known = Omit<Release, 'tag' | 'functions'>;

/** Every release that manifests tell of, newest first: the active ones, and what the archive keeps. */
export function releasesIn(
  active: readonly { name: string; manifest: Manifest }[],
  archived: readonly ArchiveManifest[],
  targets: Declarations['environments'],
): Known[] {
  const releases = new Map<string, Known>();
  const put = (one: Known) => void releases.set(`${one.name} ${one.version}`, one);
  for (const { month, artefacts } of archived) {
    for (const one of Object.values(artefacts)) {
      const published = Object.entries(one.arns ?? {}).map(([environment, arn]) => ({ environment, arn, at: null }));
      put({
        ...{ name: one.name, version: one.version, sha256: one.sha256, bytes: one.size_bytes, gitSha: one.git_sha },
        ...{ builtAt: one.build_date, published, archivedIn: month, supersededBy: one.superseded_by },
      });
    }
  }
  for (const { name, manifest } of active) {
    const published = publishedBy(manifest, targets);
    put({
      ...{ name, version: manifest.version, sha256: manifest.sha256 ?? null, gitSha: manifest.git_sha },
      bytes: manifest.size_bytes ?? (manifest.size_mb === null ? null : toBytes(manifest.size_mb)),
      ...{ builtAt: manifest.build_date, published, archivedIn: null, supersededBy: null },
    });
    // An environment may still run an earlier one.
    for (const [environment, { version, arn, published_at: at }] of Object.entries(manifest.environments ?? {})) {
      const earlier = version === manifest.version ? undefined : releases.get(`${name} ${version}`);
      if (earlier === undefined) continue;
      const others = earlier.published.filter((one) => one.environment !== environment);
      put({ ...earlier, published: [...others, { environment, arn, at }] });
    }
  }
  return [...releases.values()].sort(
    (a, b) =>
      compareDates(b.builtAt, a.builtAt) ||
      (a.name < b.name ? -1 : a.name > b.name ? 1 : 0) ||
      compareVersions(b.version, a.version),
  );
}

/** What has no date is older than what has one. */
function compareDates(a: string | null, b: string | null): number {
  return a === b ? 0 : (a ?? '') < (b ?? '') ? -1 : 1;
}

function publishedBy(manifest: Manifest, targets: Declarations['environments']): Known['published'] {
  const recorded = Object.entries(manifest.environments ?? {})
    .filter(([, { version }]) => version === manifest.version)
    .map(([environment, { arn, published_at }]) => ({ environment, arn, at: published_at }));
  const mirrored = mirroredArns(manifest, targets).map(({ target, arn }) => ({ environment: target, arn, at: null }));
  return [...recorded, ...mirrored];
}
