import type { Manifest } from './manifest.js';

/** What can be said of one zip, in the fields of a manifest. */
export type ZipFacts = Partial<Pick<Manifest, 'sha256' | 'content_digest' | 'size_bytes'>> & {
  size_mb?: number | null;
};

/** A release as a manifest records it: the latest, or what is published in an environment. */
export interface ManifestRelease {
  /** In front of its fields' names: '' for the latest, `environments.dev.` for an environment. */
  at: string;
  version: string;
  gitSha: string | null;
  zip: ZipFacts;
}

/** The latest first; an environment that runs it says nothing new and is left out. */
export function releasesIn({ version, git_sha: gitSha, environments = {}, ...zip }: Manifest): ManifestRelease[] {
  const published = Object.entries(environments)
    .filter(([, one]) => one.version !== version || one.git_sha !== gitSha || one.sha256 !== zip.sha256)
    .map(([name, one]) => ({
      at: `environments.${name}.`,
      version: one.version,
      gitSha: one.git_sha,
      zip: { sha256: one.sha256 },
    }));
  return [{ at: '', version, gitSha, zip }, ...published];
}

const fields = ['sha256', 'content_digest', 'size_bytes', 'size_mb'] as const;

/** The fields that both speak of and not alike; megabytes only where the bytes do not say it. */
export function disagreements(one: ZipFacts, other: ZipFacts) {
  const found = fields.flatMap((field) => {
    const [here, there] = [one[field], other[field]];
    return here == null || there == null || here === there ? [] : [{ field, here, there }];
  });
  return found.filter(({ field }, i) => field !== 'size_mb' || found[i - 1]?.field !== 'size_bytes');
}
