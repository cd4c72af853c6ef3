import type { Layer } from '../layer/declarations.js';
import { toMB, zippedLimit } from '../layer/limits.js';
import type { Manifest } from '../layer/manifest.js';
import type { Measured } from '../layer/measured.js';
import { compareVersions } from '../layer/version.js';

/** One line of the checklist of the original scripts. `holds` is null where the question does not arise. */
export interface ChecklistLine {
  item: string;
  title: string;
  holds: boolean | null;
  detail: string;
}

/** What was found after the release, for one layer. */
export interface ReleasedFacts {
  /** Null: it is a function. */
  layer: Pick<Layer, 'natives'> | null;
  version: string;
  gitSha: string;
  /** Path and whether the very bytes lie there. */
  built: { path: string; there: boolean };
  measured: Measured;
  targets: readonly string[];
  /** What each target has of it. */
  arns: ReadonlyMap<string, string>;
  /** A rehearsal records nothing. */
  recorded: boolean;
  /** At HEAD, or for `--no-commit` on disk. */
  manifest: Manifest | null;
  manifestPath: string;
  /** The release before this one; null for the first. */
  previous: { version: string; archivedAs: string | null } | null;
  /** Whether the README changed since then; null when that cannot be told. */
  readmeChanged: boolean | null;
}

/** Eleven lines, from facts. */
export function checklist(facts: ReleasedFacts): ChecklistLine[] {
  const { layer, version, gitSha, built, measured, targets, arns, recorded, manifest, previous, readmeChanged } = facts;
  const rehearsal = 'a rehearsal records nothing';
  const isPublished = targets.every((target) => arns.has(target));
  const isRecorded = targets.every((target) => manifest?.environments?.[target]?.arn === arns.get(target));
  const isMajor = previous !== null && Number.parseInt(version, 10) > Number.parseInt(previous.version, 10);
  const line = (item: string, title: string, holds: boolean | null, detail: string): ChecklistLine => ({
    item,
    title,
    holds,
    detail,
  });
  return [
    line(
      'version-raised',
      'VERSION raised',
      previous === null || compareVersions(version, previous.version) > 0,
      previous === null ? `${version}, the first release` : `${previous.version} → ${version}`,
    ),
    line('source-committed', 'source committed', true, `built from commit ${gitSha.slice(0, 12)}`),
    line('built', 'built', built.there, built.path),
    line(
      'manifest',
      'manifest with the git SHA',
      recorded ? manifest?.git_sha === gitSha && manifest.version === version : null,
      recorded ? facts.manifestPath : rehearsal,
    ),
    line('size', 'below 50 MB zipped', measured.zipped < zippedLimit, `${toMB(measured.zipped).toFixed(2)} MB`),
    line(
      'python-root',
      'python/ at the root',
      layer && measured.hasPythonRoot,
      layer === null ? 'a function has its handler there' : 'every file is below python/',
    ),
    line(
      'no-natives',
      'no native code',
      layer?.natives === 'forbid' ? measured.natives.length === 0 : null,
      layer?.natives === 'forbid' ? 'no .so, .pyd or .dylib' : 'the policy allows it here',
    ),
    line('published', 'published', isPublished, [...arns.values()].join(', ') || 'not published'),
    line(
      'arn-recorded',
      'ARN recorded',
      recorded ? isPublished && isRecorded : null,
      recorded ? targets.map((target) => `environments.${target}.arn`).join(', ') : rehearsal,
    ),
    line(
      'previous-archived',
      'previous version archived',
      recorded && previous !== null ? previous.archivedAs !== null : null,
      !recorded
        ? rehearsal
        : previous === null
          ? 'there is none'
          : (previous.archivedAs ?? `${previous.version} is not in the archive`),
    ),
    line(
      'readme',
      'README on a major version',
      isMajor ? readmeChanged : null,
      !isMajor
        ? 'not a major version'
        : readmeChanged === null
          ? 'the commit before is not in this clone'
          : readmeChanged
            ? 'changed'
            : 'README.md is as it was',
    ),
  ];
}
