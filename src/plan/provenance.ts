import type { LambdaFunction, Layer } from '../layer/declarations.js';
import { lockPath } from '../layer/packages/lock-path.js';
import { type Built, type Input, provenanceOf } from '../layer/provenance.js';
import { jsonText } from '../layer/released-manifest.js';
import type { Env, Tree } from '../ports.js';

/** The text of a provenance: the same on every machine that has the commit. */
export async function provenanceText(
  { git, sha256, version }: Pick<Env, 'git' | 'sha256' | 'version'>,
  built: Built,
  declared: Layer | LambdaFunction,
  versionFile: string,
): Promise<string> {
  const tree = git.tree(built.gitSha);
  const files = [versionFile, declared.source, ...('build' in declared ? [lockPath(declared.source)] : [])];
  const inputs: Input[] = [];
  for (const path of files) inputs.push(...(await inputAt(tree, path, (oid) => git.blob(oid, limit).then(sha256))));
  return jsonText(provenanceOf(built, declared, inputs, version));
}

/** Of a lock with the hashes of many packages, in bytes. */
const limit = 16 * 1024 * 1024;

async function inputAt(tree: Tree, path: string, digest: (oid: string) => Promise<string>): Promise<Input[]> {
  const entry = await tree.entry(path);
  if (entry !== null) return [{ name: path, digest: { gitBlob: entry.oid, sha256: await digest(entry.oid) } }];
  const folder = await tree.folder(path);
  return folder === null ? [] : [{ name: path, digest: { gitTree: folder } }];
}
