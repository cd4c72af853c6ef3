import { join } from 'node:path';
import { expect } from 'vitest';
import { writeFiles } from '../kit/files.js';
import type { Repo } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';
import { bad, check, governed, pastHooks, pushed } from './governed.js';
import { trap } from './trap.js';

const told = 'no-build-commits .build/x';

/** `check` as a job of GitHub runs it, with what happened in its event file. */
function onGithub(r: Pick<Repo, 'dir' | 'env'>, variables: Record<string, string>, event: object = {}) {
  const folder = tempFolder('event');
  writeFiles(folder, { 'event.json': JSON.stringify(event) });
  const env = { CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_EVENT_PATH: join(folder, 'event.json'), ...variables };
  return check(r, [], { env });
}

const merged = (r: Repo) => ({
  ...{ GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge', GITHUB_BASE_REF: 'develop' },
  GITHUB_SHA: r.head('merged'),
});

/** A pull request as GitHub merges it: the base has an old sin, the branch one that a later commit takes back. */
function pullRequest() {
  const { r } = pushed();
  pastHooks(r, 'old sin', { '.build/old': 'x' });
  r.branch('feature').commit('fine', { 'docs/a.md': 'a' });
  const culprit = pastHooks(r, 'past the hooks', bad);
  pastHooks(r, 'gone again', { '.build/x': null });
  r.branch('develop').commit('meanwhile', { 'docs/b.md': 'b' });
  const base = r.head();
  r.git('checkout', '-q', '-b', 'merged');
  r.git('merge', '-q', '--no-verify', '--no-ff', '--no-edit', 'feature');
  return { r, base, culprit };
}

trap('90', 'the merge of a pull request, whole', () => {
  const { r, base, culprit } = pullRequest();
  const { code, base: from, findings } = onGithub(r, merged(r));
  expect([code, from]).toEqual([1, base]);
  expect(findings).toMatchObject([{ file: '.build/x', commit: culprit }]);
});

trap('90', 'the merge of a pull request, cut off', () => {
  const { r } = pullRequest();
  for (const depth of ['1', '2', '3']) {
    const shallow = r.clone('--depth', depth, '--branch', 'merged');
    const { code, error, stderr } = onGithub(shallow, merged(r));
    expect([depth, code, error]).toEqual([depth, 4, 'shallow']);
    expect(stderr).toContain('fetch-depth: 0');
  }
  const deep = r.clone('--depth', '5', '--branch', 'merged');
  expect(onGithub(deep, merged(r))).toMatchObject({ code: 1, found: [told] });
});

trap('90', 'the head of a pull request, from a fork too', () => {
  const { r } = pullRequest();
  const fork = r.clone('--branch', 'feature');
  const variables = { GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_REF: 'refs/heads/feature' };
  const { code, base, found } = onGithub(fork, { ...variables, GITHUB_BASE_REF: 'develop' });
  expect([code, base, found]).toEqual([1, r.git('merge-base', 'develop', 'feature'), [told]]);
});

trap('90', 'a merge queue: from the entry before', () => {
  const { r } = pullRequest();
  const before = r.head();
  r.commit('the next entry', { 'docs/c.md': 'c' });
  const queue = { GITHUB_EVENT_NAME: 'merge_group', GITHUB_REF: 'refs/heads/gh-readonly-queue/develop/pr-8' };
  const { code, base } = onGithub(r, queue, { merge_group: { base_sha: before, head_sha: r.head() } });
  expect([code, base]).toEqual([0, before]);
});

const push = { GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/develop' };
const zero = '0'.repeat(40);

trap('90', 'a push: from what was there before', () => {
  const { r } = pushed();
  const before = r.head();
  pastHooks(r, 'past the hooks', bad);
  pastHooks(r, 'gone again', { '.build/x': null });
  expect(onGithub(r, push, { before })).toMatchObject({ code: 1, base: before, found: [told] });
  expect(onGithub(r.clone('--depth', '1'), push, { before })).toMatchObject({ code: 4, error: 'shallow' });
});

trap('90', 'a push after one that was refused: from where the branch began', () => {
  const { r } = pushed();
  const start = r.head();
  r.branch('feature');
  const refused = pastHooks(r, 'past the hooks', bad);
  const feature = { ...push, GITHUB_REF: 'refs/heads/feature' };
  const gitlab = { CI: 'true', GITLAB_CI: 'true', CI_DEFAULT_BRANCH: 'develop', CI_COMMIT_BEFORE_SHA: refused };
  for (const changes of [{ 'docs/a.md': 'a' }, { '.build/x': null }]) {
    pastHooks(r, 'nothing of it', changes);
    const again = { code: 1, base: start, findings: [{ file: '.build/x', commit: refused }] };
    expect(onGithub(r, feature, { before: refused })).toMatchObject(again);
    expect(check(r, [], { env: gitlab })).toMatchObject(again);
  }
});

trap('90', 'a push to a clone that has no base branch: from what was there before, and a notice', () => {
  const { r } = pushed();
  const before = r.branch('feature').commit('fine', { 'docs/a.md': 'a' }).head();
  pastHooks(r, 'past the hooks', bad);
  const feature = { ...push, GITHUB_REF: 'refs/heads/feature' };
  const single = r.clone('--single-branch', '--branch', 'feature');
  const { code, base, found, notices } = onGithub(single, feature, { before });
  expect([code, base, found]).toEqual([1, before, [told]]);
  expect(notices.join()).toContain('What an earlier push brought is not judged');
  const shallow = r.clone('--depth', '2', '--branch', 'feature');
  expect(onGithub(shallow, feature, { before })).toMatchObject({ code: 4, error: 'shallow' });
});

trap('90', 'a push of a new branch, and a forced one', () => {
  const { r } = pushed();
  const start = r.head();
  const gone = pastHooks(r, 'rewritten', { 'docs/a.md': 'a' });
  r.git('reset', '-q', '--hard', start);
  r.branch('feature');
  pastHooks(r, 'past the hooks', bad);
  const feature = { ...push, GITHUB_REF: 'refs/heads/feature' };
  // New: zeros. Forced: beside the branch, or not there at all any more.
  for (const before of [zero, gone, 'a'.repeat(40)]) {
    expect([before, onGithub(r, feature, { before })]).toMatchObject([before, { code: 1, base: start, found: [told] }]);
  }
});

trap('90', 'a schedule, on the base branch: the whole tree, and a notice', () => {
  const { r } = pushed();
  pastHooks(r, 'past the hooks', bad);
  r.git('update-ref', 'refs/remotes/origin/develop', 'HEAD');
  const { code, notices, found } = onGithub(r, { GITHUB_EVENT_NAME: 'schedule', GITHUB_REF: 'refs/heads/develop' });
  expect([code, found]).toEqual([1, [told]]);
  expect(notices.join()).toContain('The whole tree is judged');
});

trap('90', 'GitLab: a merge request, and a new branch', () => {
  const { r } = pushed();
  const base = r.head();
  r.branch('feature');
  pastHooks(r, 'past the hooks', bad);
  const gitlab = { CI: 'true', GITLAB_CI: 'true', CI_DEFAULT_BRANCH: 'develop', CI_COMMIT_BEFORE_SHA: zero };
  const request = { ...gitlab, CI_MERGE_REQUEST_DIFF_BASE_SHA: base };
  for (const env of [gitlab, request]) expect(check(r, [], { env })).toMatchObject({ code: 1, base, found: [told] });
});

trap('90', 'a base that is not here', () => {
  const { r } = pushed();
  pastHooks(r.branch('feature'), 'past the hooks', bad);
  r.git('update-ref', '-d', 'refs/remotes/origin/develop');
  r.git('branch', '-q', '-D', 'develop');
  const variables = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/heads/x', GITHUB_BASE_REF: 'develop' };
  const { code, error, stderr } = onGithub(r, variables);
  expect([code, error]).toEqual([4, 'no-base']);
  expect(stderr).toContain('git fetch origin +refs/heads/develop:refs/remotes/origin/develop');
});

trap('94', () => {
  const month = (name: string) => `layer_management/archive/${name}/inbox-core-1.0.0.zip`;
  const r = governed();
  pastHooks(r.at('2031-05-05T00:00:00Z'), 'in a year to come', { [month('2025-11')]: 'PK', [month('2024-02')]: 'PK' });
  const refused = (now: string, TZ: string) =>
    check(r, ['--stage', 'all', '--rule', 'archive-age', '--now', now], { env: { TZ } }).findings.map(({ file }) =>
      file.slice(-7),
    );
  for (const TZ of ['UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Paris']) {
    // 90 days after the last day of a month, the leap day counted.
    expect(refused('2024-05-29', TZ)).toEqual(['2025-11']);
    expect(refused('2024-05-30', TZ)).toEqual(['2024-02', '2025-11']);
    expect(refused('2026-02-28', TZ)).toEqual(['2024-02']);
    expect(refused('2026-02-28T23:59:59Z', TZ)).toEqual(['2024-02']);
    expect(refused('2026-02-28T23:30:00-01:00', TZ)).toEqual(['2024-02', '2025-11']);
    expect(refused('2026-03-01', TZ)).toEqual(['2024-02', '2025-11']);
    expect(refused('2025-11-01', TZ)).toEqual(['2024-02']);
    expect(refused('2025-10-31', TZ)).toEqual(['2024-02', '2025-11']);
  }
});
