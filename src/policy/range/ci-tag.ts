import type { Git, Oid } from '../../ports.js';
import type { TagMove } from '../subject.js';

type Vars = Record<string, string | undefined>;

/** The tag that a run of CI is about. */
export interface CiTag {
  name: string;
  /** GitHub's checkout used to put the commit in the place of an annotated tag. */
  isCommitOnly: boolean;
}

/** In each system's own words; null where a run is about none. */
export function ciTag(vars: Vars): CiTag | null {
  const name = tagName(vars);
  return name ? { name, isCommitOnly: vars.GITHUB_ACTIONS === 'true' } : null;
}

function tagName(vars: Vars): string | undefined {
  if (vars.GITHUB_ACTIONS === 'true') return below('refs/tags/', vars.GITHUB_REF);
  if (vars.GITLAB_CI === 'true') return vars.CI_COMMIT_TAG;
  if (vars.BITBUCKET_BUILD_NUMBER) return vars.BITBUCKET_TAG;
  if (vars.TF_BUILD) return below('refs/tags/', vars.BUILD_SOURCEBRANCH);
  if (vars.CODEBUILD_BUILD_ID) return below('tag/', vars.CODEBUILD_WEBHOOK_TRIGGER);
  if (vars.CIRCLECI) return vars.CIRCLE_TAG;
  return vars.JENKINS_URL ? vars.TAG_NAME : undefined;
}

function below(prefix: string, ref: string | undefined): string | undefined {
  return ref?.startsWith(prefix) ? ref.slice(prefix.length) : undefined;
}

/** Where this clone has no such tag, it stands on the judged commit: it is what CI has checked out. */
export async function ciTags(git: Git, tag: CiTag | null, judged: Oid): Promise<TagMove[]> {
  if (tag === null) return [];
  const object = await git.object(`refs/tags/${tag.name}`);
  const isGuess = object === null || (tag.isCommitOnly && object.type === 'commit');
  return [{ name: tag.name, oid: object?.oid ?? judged, was: null, isGuess }];
}
