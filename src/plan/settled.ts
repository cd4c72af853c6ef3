import { parseLayerArn } from '../layer/arn.js';
import type { Declarations } from '../layer/declarations.js';
import { type Declared, isLayer, publishedName } from '../layer/declared.js';
import { expand } from '../layer/names.js';
import { versionAt } from '../layer/source-commit.js';
import { sourceIdentity } from '../layer/source-identity.js';
import type { Env, Oid } from '../ports.js';
import { readManifestAt } from './manifest-at.js';
import type { Request } from './plan.js';
import type { Brought } from './planners/brought.js';
import type { Target } from './target.js';

/**
 * What the manifest at HEAD says is in every target, when it is this very version of this very source and its tag is
 * made; else null. The manifest is the truth of what was published, so nobody is asked; what became of it since is for
 * `status` to find.
 */
export async function settledAs(
  env: Pick<Env, 'git'>,
  declared: Declared,
  { versionFile, environments, commit }: Pick<Declarations, 'versionFile' | 'environments'> & { commit: Oid },
  targets: readonly Target[],
  { record, tag }: Pick<Request, 'record' | 'tag'>,
): Promise<Brought | null> {
  const { git } = env;
  const { name, source } = declared;
  if (!record) return null;
  const entries = (await readManifestAt(env, commit, name, environments))?.environments ?? {};
  const all = targets.map(({ environment }) => [environment.name, entries[environment.name]] as const);
  const [, recorded] = all[0] ?? [];
  if (recorded === undefined || recorded.git_sha === null) return null;
  const { sha256, git_sha: gitSha } = recorded;
  const arns = new Map<string, string>();
  for (const [target, there] of all) {
    if (there?.sha256 !== sha256 || there.version !== recorded.version || there.git_sha !== gitSha) return null;
    if (!isLayer(declared)) continue;
    // Under another name it is published again.
    if (parseLayerArn(there.arn)?.layerName !== publishedName(declared, target)) return null;
    arns.set(target, there.arn);
  }
  const version = await versionAt(git, commit, declared, versionFile).catch(() => null);
  if (version !== recorded.version || (await git.commit(gitSha)) === null) return null;
  const before = await sourceIdentity(git.tree(gitSha), source);
  if (before === null || before !== (await sourceIdentity(git.tree(commit), source))) return null;
  const tagged = tag ? await git.tag(expand(declared.tag, { name, version })) : null;
  if (tag && tagged?.commit !== gitSha) return null;
  return {
    declared,
    artefact: { name, version, sha256, size: 0, gitSha },
    targets: targets.map(({ environment }) => environment.name),
    arns,
  };
}
