import { describe, expect, it } from 'vitest';
import { type CiBase, ciBase } from '../../src/policy/range/ci-base.js';
import { ciTag } from '../../src/policy/range/ci-tag.js';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import type { Repo } from '../kit/repo.js';

const sha = 'a'.repeat(40);
const other = 'b'.repeat(40);
const zeros = '0'.repeat(40);
const actions = { GITHUB_ACTIONS: 'true' };
const gitlab = { GITLAB_CI: 'true', CI_DEFAULT_BRANCH: 'main', CI_COMMIT_BEFORE_SHA: zeros };
const azure = { TF_BUILD: 'True' };
const codebuild = { CODEBUILD_BUILD_ID: '1' };

const pull = {
  ...actions,
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_REF: 'refs/pull/7/merge',
  GITHUB_BASE_REF: 'main',
};

describe('what a system says of the base', () => {
  it.each<[string, Record<string, string>, unknown, Omit<CiBase, 'system'> | null]>([
    ['GitHub, a pull request', { ...pull, GITHUB_SHA: sha }, null, { merge: sha, branch: 'main' }],
    [
      'GitHub, a pull request of a fork, run with the rights of the target',
      {
        ...actions,
        GITHUB_EVENT_NAME: 'pull_request_target',
        GITHUB_REF: 'refs/heads/main',
        GITHUB_SHA: sha,
        GITHUB_BASE_REF: 'main',
      },
      null,
      { branch: 'main' },
    ],
    ['GitHub, a push', { ...actions, GITHUB_EVENT_NAME: 'push' }, { before: sha }, { commit: sha, isPush: true }],
    ['GitHub, a new branch', { ...actions, GITHUB_EVENT_NAME: 'push' }, { before: zeros }, null],
    ['GitHub, a push without its event', { ...actions, GITHUB_EVENT_NAME: 'push' }, null, null],
    [
      'GitHub, a merge queue',
      { ...actions, GITHUB_EVENT_NAME: 'merge_group' },
      { merge_group: { base_sha: sha } },
      { commit: sha },
    ],
    ['GitHub, a schedule', { ...actions, GITHUB_EVENT_NAME: 'schedule' }, {}, null],
    ['GitHub, by hand', { ...actions, GITHUB_EVENT_NAME: 'workflow_dispatch' }, {}, null],
    [
      'GitLab, a merge request',
      { ...gitlab, CI_MERGE_REQUEST_DIFF_BASE_SHA: sha },
      null,
      { commit: sha, branch: 'main' },
    ],
    [
      'GitLab, merged results and merge trains',
      {
        ...gitlab,
        CI_MERGE_REQUEST_DIFF_BASE_SHA: sha,
        CI_MERGE_REQUEST_TARGET_BRANCH_SHA: other,
        CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'next',
      },
      null,
      { commit: other, branch: 'next' },
    ],
    [
      'GitLab, not merged results',
      { ...gitlab, CI_MERGE_REQUEST_TARGET_BRANCH_SHA: '', CI_MERGE_REQUEST_DIFF_BASE_SHA: sha },
      null,
      { commit: sha, branch: 'main' },
    ],
    ['GitLab, a push', { ...gitlab, CI_COMMIT_BEFORE_SHA: sha }, null, { commit: sha, isPush: true, branch: 'main' }],
    ['GitLab, a new branch or a schedule', gitlab, null, { branch: 'main' }],
    [
      'Bitbucket',
      {
        BITBUCKET_BUILD_NUMBER: '1',
        BITBUCKET_PR_DESTINATION_COMMIT: sha.slice(0, 12),
        BITBUCKET_PR_DESTINATION_BRANCH: 'main',
      },
      null,
      { commit: sha.slice(0, 12), branch: 'main' },
    ],
    ['Bitbucket, a branch', { BITBUCKET_BUILD_NUMBER: '1' }, null, null],
    [
      'Azure DevOps, a pull request',
      {
        ...azure,
        BUILD_SOURCEBRANCH: 'refs/pull/7/merge',
        BUILD_SOURCEVERSION: sha,
        SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/main',
      },
      null,
      { merge: sha, branch: 'main' },
    ],
    ['Azure DevOps, a branch', { ...azure, BUILD_SOURCEBRANCH: 'refs/heads/x', BUILD_SOURCEVERSION: sha }, null, null],
    [
      'CodeBuild, a push',
      { ...codebuild, CODEBUILD_WEBHOOK_TRIGGER: 'branch/x', CODEBUILD_WEBHOOK_PREV_COMMIT: sha },
      null,
      { commit: sha, isPush: true },
    ],
    [
      'CodeBuild, a pull request',
      {
        ...codebuild,
        CODEBUILD_WEBHOOK_TRIGGER: 'pr/7',
        CODEBUILD_WEBHOOK_PREV_COMMIT: sha,
        CODEBUILD_WEBHOOK_BASE_REF: 'refs/heads/main',
      },
      null,
      { branch: 'main' },
    ],
    ['Jenkins, a pull request', { JENKINS_URL: 'x', CHANGE_TARGET: 'main' }, null, { branch: 'main' }],
    ['Jenkins, a branch', { JENKINS_URL: 'x', BRANCH_NAME: 'main' }, null, null],
    [
      'CircleCI',
      { CIRCLECI: 'true', CIRCLE_BRANCH: 'x', CIRCLE_PULL_REQUEST: 'https://example.com/pull/7' },
      null,
      null,
    ],
    ['nobody', {}, null, null],
  ])('%s', (_, vars, event, base) => {
    expect(ciBase(vars, event)).toEqual(base && { system: expect.any(String), ...base });
  });
});

it.each<[string, Record<string, string>]>([
  ['GitHub', { ...actions, GITHUB_REF: 'refs/tags/v1.2.3' }],
  ['GitLab', { ...gitlab, CI_COMMIT_TAG: 'v1.2.3' }],
  ['Bitbucket', { BITBUCKET_BUILD_NUMBER: '1', BITBUCKET_TAG: 'v1.2.3' }],
  ['Azure DevOps', { ...azure, BUILD_SOURCEBRANCH: 'refs/tags/v1.2.3' }],
  ['CodeBuild', { ...codebuild, CODEBUILD_WEBHOOK_TRIGGER: 'tag/v1.2.3' }],
  ['CircleCI', { CIRCLECI: 'true', CIRCLE_TAG: 'v1.2.3' }],
  ['Jenkins', { JENKINS_URL: 'x', TAG_NAME: 'v1.2.3' }],
])('%s says which tag it runs for', (_, vars) => {
  expect(ciTag(vars)?.name).toBe('v1.2.3');
  // What another system, or anybody, calls by one of these names is none.
  expect(ciTag({ CI_COMMIT_TAG: 'v1', TAG_NAME: 'v1', GITHUB_REF: 'refs/tags/v1' })).toBeNull();
});

const check = (r: Repo, env: Record<string, string>) =>
  run(r.dir, ['check', '--json'], { env: { ...r.env, CI: 'true', ...env } });

interface Told {
  base: string | null;
  notices: string[];
  findings: { file: string }[];
}

const judged = (r: Repo, env: Record<string, string>) => {
  const { code, json } = check(r, env);
  const { base, notices, findings } = json() as Told;
  return { code, base, notices, files: findings?.map(({ file }) => file) };
};

/** What a pull request is checked out as: a merge of the target and the branch, which has one bad commit or more. */
function merged(more: string[] = []): { r: Repo; target: string; env: Record<string, string> } {
  const r = exampleRepo();
  r.branch('feature').commit('bad', { '.build/x': 'x' });
  for (const name of more) r.commit(name, { [name]: 'x' });
  r.branch('develop').commit('meanwhile', { 'docs/a.md': 'a' });
  const target = r.head();
  r.git('checkout', '-q', '--detach');
  r.merge('feature').git('branch', 'merged');
  return { r, target, env: { ...pull, GITHUB_BASE_REF: 'develop', GITHUB_SHA: r.head() } };
}

describe('a pull request', () => {
  it('is judged from the first parent of the merge commit', () => {
    const { r, target, env } = merged();
    expect(judged(r, env)).toMatchObject({ code: 1, base: target, files: ['.build/x'] });
    const { GITHUB_SHA: BUILD_SOURCEVERSION = '' } = env;
    const atAzure = {
      ...azure,
      BUILD_SOURCEVERSION,
      BUILD_SOURCEBRANCH: 'refs/pull/1/merge',
      SYSTEM_PULLREQUEST_TARGETBRANCH: 'develop',
    };
    expect(judged(r, atAzure)).toMatchObject({ code: 1, base: target, files: ['.build/x'] });
  });

  it('whose own head is checked out is judged from where it left the target, not from its last commit but one', () => {
    const { r, env } = merged(['a.md']);
    const clone = r.clone();
    clone.git('checkout', '-q', '--detach', 'origin/feature');
    expect(judged(clone, env)).toMatchObject({ code: 1, base: r.head('develop~1'), files: ['.build/x'] });
  });

  it('cut off at depth 1 is not judged, and the command that helps is said', () => {
    const { r, env } = merged();
    const cut = r.clone('--depth', '1', '--branch', 'merged');
    const { code, stderr } = check(cut, env);
    expect([code, stderr]).toEqual([4, expect.stringContaining('git fetch --unshallow')]);
  });

  it('asked for by a name that lies behind the cut is not judged either', () => {
    const cut = merged().r.clone('--depth', '1', '--branch', 'merged');
    const asked = (rev: string) => run(cut.dir, ['check', '--json', '--from', rev], { env: cut.env });
    expect(asked('HEAD~1')).toMatchObject({ code: 4, stderr: expect.stringContaining('git fetch --unshallow') });
    expect(asked('--output=pwn').code).toBe(2);
  });

  it('at depth 2 is judged where its parents tell all, and else not', () => {
    const r = exampleRepo().branch('feature').commit('bad', { '.build/x': 'x' });
    r.branch('develop').merge('feature').git('branch', 'merged');
    const env = { ...pull, GITHUB_BASE_REF: 'develop', GITHUB_SHA: r.head() };
    const cut = r.clone('--depth', '2', '--branch', 'merged');
    expect(judged(cut, env)).toMatchObject({ code: 1, base: r.head('develop^1'), files: ['.build/x'] });
    const longer = merged(['a.md']);
    const { code, stderr } = check(longer.r.clone('--depth', '2', '--branch', 'merged'), longer.env);
    expect([code, stderr]).toEqual([4, expect.stringContaining('git fetch --unshallow')]);
  });

  it('of Bitbucket, which merges the target into the branch, is judged for what the branch brings', () => {
    const r = exampleRepo().branch('feature').commit('bad', { '.build/x': 'x' });
    r.branch('develop').commit('theirs', { '.build/y': 'y' });
    const target = r.head();
    r.branch('feature').merge('develop');
    const env = {
      BITBUCKET_BUILD_NUMBER: '1',
      BITBUCKET_PR_DESTINATION_COMMIT: target.slice(0, 12),
      BITBUCKET_PR_DESTINATION_BRANCH: 'develop',
    };
    expect(judged(r, env)).toMatchObject({ code: 1, base: target, files: ['.build/x'] });
  });

  it('of GitLab with merged results is judged for what the branch brings', () => {
    const { r, target } = merged();
    const env = {
      ...gitlab,
      CI_MERGE_REQUEST_TARGET_BRANCH_SHA: target,
      CI_MERGE_REQUEST_DIFF_BASE_SHA: r.head('develop~1'),
    };
    expect(judged(r, env)).toMatchObject({ code: 1, base: target, files: ['.build/x'] });
  });

  it('is never compared with a target that is not fetched, nor with a local branch of its name', () => {
    const r = exampleRepo();
    r.git('branch', 'elsewhere');
    const env = { ...azure, SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/elsewhere' };
    const { code, stderr } = check(r, env);
    const command = 'git fetch origin +refs/heads/elsewhere:refs/remotes/origin/elsewhere';
    expect([code, stderr]).toEqual([4, expect.stringContaining(command)]);
    const clone = r.commit('more').clone('--single-branch', '--branch', 'develop');
    expect(check(clone, env).code).toBe(4);
    clone.git(...command.split(' ').slice(1));
    expect(judged(clone.commit('mine', { '.build/x': 'x' }), env)).toMatchObject({
      code: 1,
      base: r.head('elsewhere'),
    });
  });
});

describe('a push', () => {
  it('is judged from before it, and everything new when that is gone', () => {
    const r = exampleRepo();
    const before = r.head();
    r.commit('bad', { '.build/x': 'x' });
    r.write({ '.git/event.json': JSON.stringify({ before }), '.git/gone.json': JSON.stringify({ before: sha }) });
    const env = { ...actions, GITHUB_EVENT_NAME: 'push' };
    expect(judged(r, { ...env, GITHUB_EVENT_PATH: `${r.dir}/.git/event.json` })).toMatchObject({
      code: 1,
      base: before,
    });
    const gone = judged(r, { ...env, GITHUB_EVENT_PATH: `${r.dir}/.git/gone.json` });
    expect(gone).toMatchObject({ code: 1, files: ['.build/x'] });
    expect(gone.notices.join()).toContain('force push');
  });

  it('of GitLab whose commit before is gone is judged from the target, where that is fetched', () => {
    const r = exampleRepo().clone();
    r.branch('feature').commit('bad', { '.build/x': 'x' });
    const env = { ...gitlab, CI_DEFAULT_BRANCH: 'develop', CI_COMMIT_BEFORE_SHA: sha };
    expect(judged(r, env)).toMatchObject({ code: 1, base: r.head('origin/develop'), files: ['.build/x'] });
  });

  it('whose beginning a shallow clone does not have is not judged', () => {
    const origin = exampleRepo().commit('two').commit('three');
    const before = origin.head('HEAD~2');
    const r = origin.clone('--depth', '1').write({ '.git/event.json': JSON.stringify({ before }) });
    const env = { ...actions, GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: `${r.dir}/.git/event.json` };
    expect(check(r, env)).toMatchObject({ code: 4, stderr: expect.stringContaining('git fetch --unshallow') });
  });

  it('of a merge queue is judged from the entry before', () => {
    const r = exampleRepo().commit('the entry before', { 'docs/a.md': 'a' });
    const base = r.head();
    r.commit('bad', { '.build/x': 'x' }).write({
      '.git/event.json': JSON.stringify({ merge_group: { base_sha: base } }),
    });
    const env = { ...actions, GITHUB_EVENT_NAME: 'merge_group', GITHUB_EVENT_PATH: `${r.dir}/.git/event.json` };
    expect(judged(r, env)).toMatchObject({ code: 1, base, files: ['.build/x'] });
  });
});

it('CircleCI, a schedule and whatever names no base are judged from the base branch, or whole', () => {
  const r = exampleRepo().clone();
  for (const env of [
    { CIRCLECI: 'true', CIRCLE_BRANCH: 'feature' },
    { ...actions, GITHUB_EVENT_NAME: 'schedule' },
  ]) {
    r.branch('develop');
    expect(judged(r, env)).toMatchObject({ code: 0, base: null, notices: [expect.stringContaining('whole tree')] });
    r.branch('feature');
    r.commit('bad', { [`.build/${Object.keys(env)[1]}`]: 'x' });
    expect(judged(r, env)).toMatchObject({ code: 1, base: r.head('origin/develop') });
  }
});
