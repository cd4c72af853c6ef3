import { failure } from '../errors.js';
import type { Environment } from '../layer/declarations.js';
import { type Manifest, readManifest } from '../layer/manifest.js';
import { manifestPath } from '../layer/names.js';
import { placedManifest } from '../layer/placed-manifest.js';
import type { Env, Oid } from '../ports.js';

/**
 * The manifest of a layer or function in a commit, its entries under the names that `targets` have now; null when there is
 * none. Fails with `manifest-unreadable`.
 */
export async function readManifestAt(
  env: Pick<Env, 'git'>,
  commit: Oid,
  name: string,
  targets: Readonly<Record<string, Environment>>,
): Promise<Manifest | null> {
  const file = manifestPath(name);
  const entry = await env.git.tree(commit).entry(file);
  if (entry === null) return null;
  if (!entry.mode.startsWith('100'))
    throw failure('manifest-unreadable', { file, problem: 'it is a link or a submodule, not a file' });
  const { manifest, problems } = readManifest(file, name, await env.git.blob(entry.oid));
  if (manifest !== null) return placedManifest(manifest, targets);
  const [first] = problems;
  throw failure('manifest-unreadable', {
    file,
    problem: `${first?.field ?? ''} ${first?.what ?? 'it is no manifest'}`.trim(),
  });
}
