import type { Layer } from '../layer/declarations.js';
import { parseDescription } from '../layer/description.js';
import { environmentOf } from '../layer/environments.js';
import type { Manifest } from '../layer/manifest.js';
import { isVersion, type Version } from '../layer/version.js';
import type { Env, Oid, PublishedVersion } from '../ports.js';

/** What somebody recorded of a layer version that is published; nothing in it is guessed. */
export interface Known {
  version: Version | null;
  gitSha: Oid | null;
}

/**
 * In this order: what manifests say of these very bytes or of this ARN, what this tool wrote in its description, and of the
 * version alone what people name now or the original scripts wrote there.
 */
export async function knownOf(
  env: Pick<Env, 'git'>,
  layer: Layer,
  published: PublishedVersion,
  manifest: Manifest | null,
  { environment, named }: { environment: string; named: Version | null },
): Promise<Known> {
  const recorded = manifest && recordedAs(manifest, published, environment);
  if (recorded) return recorded;
  const ours = parseDescription(published.description);
  if (ours?.name === layer.name && published.sha256.startsWith(ours.sha16)) {
    return { version: ours.version, gitSha: await wholeId(env, ours.git12) };
  }
  const [, said = ''] = /\bversion (\d+\.\d+\.\d+)$/.exec(published.description) ?? [];
  return { version: named ?? (isVersion(said) ? said : null), gitSha: null };
}

function recordedAs(manifest: Manifest, { sha256, arn }: PublishedVersion, environment: string): Known | null {
  const { environments = {} } = manifest;
  const same = [manifest, ...Object.values(environments)].filter((one) => one.sha256 === sha256);
  const [one] = [...same.filter(({ git_sha }) => git_sha !== null), ...same];
  if (one !== undefined) return { version: one.version, gitSha: one.git_sha };
  // Manifests of the original scripts have the ARN alone.
  const isMirrored =
    manifest[`aws_arn_${environmentOf(environment)}`] === arn && environments[environment] === undefined;
  return isMirrored && manifest.sha256 === undefined ? { version: manifest.version, gitSha: manifest.git_sha } : null;
}

/** Twelve digits may be the name of a branch as well. */
async function wholeId({ git }: Pick<Env, 'git'>, git12: string | null): Promise<Oid | null> {
  const commit = git12 === null ? null : await git.commit(git12);
  return commit?.startsWith(git12 ?? '') ? commit : null;
}
