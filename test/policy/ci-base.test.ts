import { expect, it } from 'vitest';
import { ciBase } from '../../src/policy/range/ci-base.js';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import type { Repo } from '../kit/repo.js';

const sha = 'a'.repeat(40);
const zeros = '0'.repeat(40);
const actions = { GITHUB_ACTIONS: 'true' };

it.each([
  [
    'a pull request',
    { ...actions, GITHUB_REF: 'refs/pull/7/merge', GITHUB_BASE_REF: 'main' },
    null,
    { commit: 'HEAD^1' },
  ],
  [
    'a pull request whose head is checked out',
    { ...actions, GITHUB_REF: 'refs/heads/x', GITHUB_BASE_REF: 'main' },
    null,
    { branch: 'main' },
  ],
  ['a push', { ...actions, GITHUB_EVENT_NAME: 'push' }, { before: sha }, { commit: sha }],
  ['a new branch', { ...actions, GITHUB_EVENT_NAME: 'push' }, { before: zeros }, null],
  [
    'a merge queue',
    { ...actions, GITHUB_EVENT_NAME: 'merge_group' },
    { merge_group: { base_sha: sha } },
    { commit: sha },
  ],
  ['a schedule', { ...actions, GITHUB_EVENT_NAME: 'schedule' }, {}, null],
  [
    'a merge request',
    { GITLAB_CI: 'true', CI_MERGE_REQUEST_DIFF_BASE_SHA: sha, CI_COMMIT_BEFORE_SHA: zeros },
    null,
    { commit: sha },
  ],
  [
    'a GitLab branch of zeros',
    { GITLAB_CI: 'true', CI_COMMIT_BEFORE_SHA: zeros, CI_DEFAULT_BRANCH: 'main' },
    null,
    { branch: 'main' },
  ],
  ['Bitbucket', { BITBUCKET_BUILD_NUMBER: '1', BITBUCKET_PR_DESTINATION_COMMIT: sha }, null, { commit: sha }],
  ['Azure DevOps', { TF_BUILD: 'True', SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/main' }, null, { branch: 'main' }],
  ['CodeBuild', { CODEBUILD_BUILD_ID: '1', CODEBUILD_WEBHOOK_BASE_REF: 'refs/heads/main' }, null, { branch: 'main' }],
  ['Jenkins', { JENKINS_URL: 'x', CHANGE_TARGET: 'main' }, null, { branch: 'main' }],
  ['nobody', {}, null, null],
])('%s', (_, vars, event, base) => {
  const found = ciBase(vars, event);
  if (base === null) expect(found).toBeNull();
  else expect(found).toMatchObject(base);
});

const check = (r: Repo, env: Record<string, string>) =>
  run(r.dir, ['check', '--json'], { env: { ...r.env, CI: 'true', ...env } });
const judged = (r: Repo, env: Record<string, string>) => {
  const { code, json } = check(r, env);
  const { base, notices, findings } = json() as {
    base: string | null;
    notices: string[];
    findings: { file: string }[];
  };
  return { code, base, notices, files: findings.map(({ file }) => file) };
};

it('judges a pull request from the first parent of its merge commit', () => {
  const r = exampleRepo();
  r.branch('feature').commit('bad', { '.build/x': 'x' });
  r.branch('develop').commit('meanwhile', { 'docs/a.md': 'a' });
  const target = r.head();
  r.git('checkout', '-q', '--detach');
  r.merge('feature');
  const env = { ...actions, GITHUB_REF: 'refs/pull/1/merge', GITHUB_BASE_REF: 'develop' };
  expect(judged(r, env)).toMatchObject({ code: 1, base: target, files: ['.build/x'] });
  const shallow = r.git('rev-parse', 'HEAD');
  r.git('branch', 'merged', shallow);
  const cut = r.clone('--depth', '1', '--branch', 'merged');
  expect(check(cut, env)).toMatchObject({ code: 4 });
  expect(check(cut, env).stderr).toContain('git fetch --unshallow');
});

it('judges a push from before it, and everything new when that is gone', () => {
  const r = exampleRepo();
  const before = r.head();
  r.commit('bad', { '.build/x': 'x' });
  r.write({ '.git/event.json': JSON.stringify({ before }), '.git/gone.json': JSON.stringify({ before: sha }) });
  const env = { ...actions, GITHUB_EVENT_NAME: 'push' };
  expect(judged(r, { ...env, GITHUB_EVENT_PATH: `${r.dir}/.git/event.json` })).toMatchObject({ code: 1, base: before });
  const gone = judged(r, { ...env, GITHUB_EVENT_PATH: `${r.dir}/.git/gone.json` });
  expect(gone).toMatchObject({ code: 1, files: ['.build/x'] });
  expect(gone.notices.join()).toContain('force push');
});

it('never guesses a target that is not fetched', () => {
  const r = exampleRepo();
  const { code, stderr } = check(r, { TF_BUILD: 'True', SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/elsewhere' });
  expect([code, stderr]).toEqual([4, expect.stringContaining('git fetch origin elsewhere')]);
});
