/** Where a CI system says that the judged change begins; the first of these that can be found counts. */
export interface CiBase {
  system: string;
  /** The merge into the target that the system made and checked out: then its first parent is the target as it was merged. */
  merge?: string;
  /** A base commit, where the system gives one, since branches move. */
  commit?: string;
  branch?: string;
  /** The commit is what the branch was before it was pushed, and not where it will be merged. */
  isPush?: true;
}

type Vars = Record<string, string | undefined>;

/**
 * Each system's own words, from its documentation of predefined variables; null: no known system, or one that names no
 * base (a schedule, a tag, CircleCI in every run). Then the base branch of the policy counts.
 */
export function ciBase(vars: Vars, event: unknown): CiBase | null {
  if (vars.GITHUB_ACTIONS === 'true') return github(vars, event);
  if (vars.GITLAB_CI === 'true') return gitlab(vars);
  if (vars.BITBUCKET_BUILD_NUMBER) {
    // The target is merged into the source before the steps, so that its commit is part of what is judged.
    const { BITBUCKET_PR_DESTINATION_COMMIT: commit, BITBUCKET_PR_DESTINATION_BRANCH: branch } = vars;
    return found('Bitbucket', { commit, branch });
  }
  if (vars.TF_BUILD) {
    const merge = isPullMerge(vars.BUILD_SOURCEBRANCH) ? vars.BUILD_SOURCEVERSION : undefined;
    return found('Azure DevOps', { merge, branch: vars.SYSTEM_PULLREQUEST_TARGETBRANCH });
  }
  if (vars.CODEBUILD_BUILD_ID) {
    // Of a pull request the commit before is the one of the push before, and judged already only as far as it was right.
    const isPull = vars.CODEBUILD_WEBHOOK_TRIGGER?.startsWith('pr/') ?? false;
    const before = isPull ? undefined : pushed(vars.CODEBUILD_WEBHOOK_PREV_COMMIT);
    return found('CodeBuild', { before, branch: vars.CODEBUILD_WEBHOOK_BASE_REF });
  }
  if (vars.JENKINS_URL) return found('Jenkins', { branch: vars.CHANGE_TARGET });
  return null;
}

/** Where GitHub writes what happened; CodeBuild, CircleCI and others have no such file. */
export const eventFile = (vars: Vars) => (vars.GITHUB_ACTIONS === 'true' ? (vars.GITHUB_EVENT_PATH ?? null) : null);

/** The default branch, in the words of the systems that say it. */
export function defaultBranch(vars: Vars, event: unknown): string | undefined {
  if (vars.GITLAB_CI === 'true') return vars.CI_DEFAULT_BRANCH;
  if (vars.GITHUB_ACTIONS !== 'true') return undefined;
  return text((event as { repository?: { default_branch?: unknown } } | null)?.repository?.default_branch);
}

function github(vars: Vars, event: unknown): CiBase | null {
  const { before, merge_group: queue } = (event ?? {}) as { before?: unknown; merge_group?: { base_sha?: unknown } };
  // In a merge queue the base is the entry before this one; GITHUB_BASE_REF is empty there.
  if (vars.GITHUB_EVENT_NAME === 'merge_group') return found('GitHub', { commit: text(queue?.base_sha) });
  if (vars.GITHUB_BASE_REF) {
    const merge = isPullMerge(vars.GITHUB_REF) ? vars.GITHUB_SHA : undefined;
    return found('GitHub', { merge, branch: vars.GITHUB_BASE_REF });
  }
  return vars.GITHUB_EVENT_NAME === 'push' ? found('GitHub', { before: pushed(text(before)) }) : null;
}

function gitlab(vars: Vars): CiBase | null {
  // The target's commit is given where the target is merged in (merged results, merge trains): it lies nearer then.
  const { CI_MERGE_REQUEST_TARGET_BRANCH_SHA: target, CI_MERGE_REQUEST_DIFF_BASE_SHA: fork } = vars;
  const [commit, before] = [target || fork, pushed(vars.CI_COMMIT_BEFORE_SHA)];
  return found('GitLab', {
    commit,
    before,
    branch: vars.CI_MERGE_REQUEST_TARGET_BRANCH_NAME || vars.CI_DEFAULT_BRANCH,
  });
}

const isPullMerge = (ref: string | undefined) => /^refs\/pull\/\d+\/merge$/.test(ref ?? '');

interface Said {
  merge?: string | undefined;
  commit?: string | undefined;
  /** What the branch was; counts where no commit is said. */
  before?: string | undefined;
  branch?: string | undefined;
}

function found(system: string, { merge, commit: target, before, branch }: Said): CiBase | null {
  const commit = target || before;
  if (!merge && !commit && !branch) return null;
  return {
    system,
    ...(merge && { merge }),
    ...(commit && { commit }),
    ...(commit && !target && { isPush: true as const }),
    ...(branch && { branch: branch.replace(/^refs\/heads\//, '') }),
  };
}

/** A new branch is announced with zeros. */
function pushed(before: string | undefined): string | undefined {
  return before && !/^0+$/.test(before) ? before : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
