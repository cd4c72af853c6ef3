import type { LoadedConfig } from '../config/load.js';
import { failure } from '../errors.js';
import { type Declarations, declaredNames } from '../layer/declarations.js';
import { artefactKey, declaredAs } from '../layer/declared.js';
import type { Manifest } from '../layer/manifest.js';
import { mirroredArns } from '../layer/mirrored-arns.js';
import { baseName, parseArtefactFile } from '../layer/names.js';
import { shellWord } from '../layer/shell.js';
import type { Env, Oid } from '../ports.js';
import { readManifestAt } from './manifest-at.js';
import type { MovedFile } from './steps/store-archive.js';

/**
 * What an environment runs, or would go back to, is looked for in that environment and not in the archive bucket. So a zip
 * leaves the repository only when each environment that names it has the same bytes under their key. Fails with
 * `archive-referenced`.
 */
export async function refuseOnlyCopies(
  env: Env,
  { declarations }: LoadedConfig,
  commit: Oid,
  files: readonly MovedFile[],
): Promise<void> {
  for (const { path, sha256 } of files) {
    const artefact = parseArtefactFile(baseName(path), declaredNames(declarations));
    const manifest = artefact && (await readManifestAt(env, commit, artefact.name, declarations.environments));
    if (!artefact || !manifest) continue;
    const { name, version } = artefact;
    for (const environment of Object.values(declarations.environments)) {
      const how = referenceIn(manifest, environment.name, version, declarations.environments);
      if (how === null) continue;
      const key = artefactKey(declaredAs(declarations, name), version);
      if ((await (await env.registry(environment)).head(key))?.sha256 === sha256) continue;
      const fix =
        environment.target === 'aws'
          ? `aws s3 cp ${shellWord(path)} s3://${environment.bucket}/${key}`
          : `layer-policy deploy ${name}@${version} --env ${environment.name} --no-attach`;
      throw failure('archive-referenced', { path, name, version, environment: environment.name, how, key, fix });
    }
  }
}

/** How an environment needs a version; null: it does not. */
function referenceIn(
  manifest: Manifest,
  environment: string,
  version: string,
  targets: Declarations['environments'],
): string | null {
  const recorded = manifest.environments?.[environment];
  if (recorded?.version === version) return 'runs';
  if (recorded?.previous?.version === version) return 'would go back to';
  // Written by the original scripts: they knew one version, and where it is published.
  const isOld = manifest.environments === undefined && manifest.version === version;
  return isOld && mirroredArns(manifest, targets).some(({ target }) => target === environment) ? 'runs' : null;
}
