/** Where a CI system says that the judged change begins. */
export type CiBase = { system: string } & ({ commit: string } | { branch: string });

type Vars = Record<string, string | undefined>;

/**
 * Each system's own words, from its documentation of predefined variables. A base commit is taken where the system gives
 * one, since branches move; null: no known system, or one that names no base (a schedule, a tag).
 */
export function ciBase(vars: Vars, event: unknown): CiBase | null {
  if (vars.GITHUB_ACTIONS === 'true') return github(vars, event);
  if (vars.GITLAB_CI === 'true') {
    return found(
      'GitLab',
      vars.CI_MERGE_REQUEST_DIFF_BASE_SHA ?? pushed(vars.CI_COMMIT_BEFORE_SHA),
      vars.CI_DEFAULT_BRANCH,
    );
  }
  if (vars.BITBUCKET_BUILD_NUMBER) {
    return found('Bitbucket', vars.BITBUCKET_PR_DESTINATION_COMMIT, vars.BITBUCKET_PR_DESTINATION_BRANCH);
  }
  if (vars.TF_BUILD) return found('Azure DevOps', undefined, vars.SYSTEM_PULLREQUEST_TARGETBRANCH);
  if (vars.CODEBUILD_BUILD_ID) {
    return found('CodeBuild', pushed(vars.CODEBUILD_WEBHOOK_PREV_COMMIT), vars.CODEBUILD_WEBHOOK_BASE_REF);
  }
  if (vars.JENKINS_URL) return found('Jenkins', undefined, vars.CHANGE_TARGET);
  return null;
}

/** Where GitHub writes what happened; CodeBuild, CircleCI and others have no such file. */
export const eventFile = (vars: Vars) => (vars.GITHUB_ACTIONS === 'true' ? (vars.GITHUB_EVENT_PATH ?? null) : null);

function github(vars: Vars, event: unknown): CiBase | null {
  const { before, merge_group: queue } = (event ?? {}) as { before?: unknown; merge_group?: { base_sha?: unknown } };
  // In a merge queue the base is the entry before this one; GITHUB_BASE_REF is empty there.
  if (vars.GITHUB_EVENT_NAME === 'merge_group') return found('GitHub', text(queue?.base_sha), undefined);
  // The checked out commit is the merge that GitHub made: its first parent is the target as it was merged.
  if (/^refs\/pull\/\d+\/merge$/.test(vars.GITHUB_REF ?? '')) return { system: 'GitHub', commit: 'HEAD^1' };
  if (vars.GITHUB_BASE_REF) return found('GitHub', undefined, vars.GITHUB_BASE_REF);
  return vars.GITHUB_EVENT_NAME === 'push' ? found('GitHub', pushed(text(before)), undefined) : null;
}

function found(system: string, commit: string | undefined, branch: string | undefined): CiBase | null {
  if (commit) return { system, commit };
  return branch ? { system, branch: branch.replace(/^refs\/heads\//, '') } : null;
}

/** A new branch is announced with zeros. */
function pushed(before: string | undefined): string | undefined {
  return before && !/^0+$/.test(before) ? before : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
