import { parseLayerArn } from '../layer/arn.js';
import { type Declared, isLayer, publishedName } from '../layer/declared.js';
import { expand } from '../layer/names.js';
import { versionAt } from '../layer/source-commit.js';
import { sourceIdentity } from '../layer/source-identity.js';
import type { Env, Oid } from '../ports.js';
import { readManifestAt } from './look.js';
import type { Request } from './plan.js';
import type { Brought } from './planners/brought.js';

/**
 * What the manifest at HEAD says is in the environment, when it is this very version of this very source and its tag is
 * made; else null. The manifest is the truth of what was published, so nobody is asked; what became of it since is for
 * `status` to find.
 */
export async function settledAs(
  env: Pick<Env, 'git'>,
  declared: Declared,
  versionFile: string,
  commit: Oid,
  { environment, record, tag }: Pick<Request, 'environment' | 'record' | 'tag'>,
): Promise<Brought | null> {
  const { git } = env;
  const { name, source } = declared;
  if (!record) return null;
  const recorded = (await readManifestAt(env, commit, name))?.environments?.[environment];
  if (recorded === undefined || recorded.git_sha === null) return null;
  const { sha256, git_sha: gitSha } = recorded;
  // Under another name it is published again.
  if (isLayer(declared) && parseLayerArn(recorded.arn)?.layerName !== publishedName(declared, environment)) return null;
  const version = await versionAt(git, commit, declared, versionFile).catch(() => null);
  if (version !== recorded.version || (await git.commit(gitSha)) === null) return null;
  const before = await sourceIdentity(git.tree(gitSha), source);
  if (before === null || before !== (await sourceIdentity(git.tree(commit), source))) return null;
  const tagged = tag ? await git.tag(expand(declared.tag, { name, version })) : null;
  if (tag && tagged?.commit !== gitSha) return null;
  return {
    declared,
    artefact: { name, version, sha256, size: 0, gitSha },
    arn: isLayer(declared) ? recorded.arn : null,
  };
}
