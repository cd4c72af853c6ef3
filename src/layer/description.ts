import type { Oid, PublishedVersion } from '../ports.js';
import type { Version } from './version.js';

/** What a layer version says of itself; by it a run finds again what an interrupted one published. */
export interface LayerDescription {
  name: string;
  version: Version;
  /** null: nobody recorded it. */
  gitSha: Oid | null;
  sha256: string;
}

/** `{layer} {version} git:{sha12} sha256:{hex16} lp1` */
export function describeLayer({ name, version, gitSha, sha256 }: LayerDescription): string {
  return `${describedAs(name, version)}git:${gitSha?.slice(0, 12) ?? 'unknown'} sha256:${sha256.slice(0, 16)} lp1`;
}

/** How every description of this name and version begins. */
export function describedAs(name: string, version: Version): string {
  return `${name} ${version} `;
}

/** Null for a layer version that this tool did not publish. */
export function parseDescription(
  text: string,
): { name: string; version: Version; git12: string | null; sha16: string } | null {
  const found = /^(\S+) (\d+\.\d+\.\d+) git:([0-9a-f]{12}|unknown) sha256:([0-9a-f]{16}) lp1$/.exec(text);
  if (found === null) return null;
  const [, name, version, git12, sha16] = found as unknown as [string, string, Version, string, string];
  return { name, version, git12: git12 === 'unknown' ? null : git12, sha16 };
}

/** Versions published under this name and version, oldest first, and whether they hold these bytes. */
export function publishedAs(
  versions: readonly PublishedVersion[],
  { name, version, sha256 }: { name: string; version: Version; sha256: string },
): { same: PublishedVersion[]; other: PublishedVersion[] } {
  const named = versions
    .filter(({ description }) => {
      const parsed = parseDescription(description);
      return parsed?.name === name && parsed.version === version;
    })
    .sort((a, b) => a.version - b.version);
  // The description is a claim; the digest of what the version holds decides.
  return {
    same: named.filter((one) => one.sha256 === sha256),
    other: named.filter((one) => one.sha256 !== sha256),
  };
}
