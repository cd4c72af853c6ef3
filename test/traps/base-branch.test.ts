import { expect } from 'vitest';
import { check, pastHooks, pushed } from './governed.js';
import { atPush, file, ownBase, policy, published, weakened } from './own-base.js';
import { trap } from './trap.js';

trap('B1', 'by CI that is told no base', () => {
  const { r } = ownBase();
  for (const env of [{ CIRCLECI: 'true' }, { JENKINS_URL: 'x', BRANCH_NAME: 'child' }]) {
    const { code, found, base, notices } = check(r, [], { env: { CI: 'true', ...env } });
    expect([code, found, base]).toEqual([1, weakened, r.head('develop')]);
    expect(notices.join()).toContain('origin/develop');
  }
});

trap('B1', 'at the push, of the branch itself too', () => {
  const { r } = ownBase();
  expect(atPush(r, 'child')).toMatchObject({ code: 1, found: weakened, base: r.head('develop') });
  const before = r.head('own');
  pastHooks(r.branch('own'), 'again', { 'docs/b.md': 'b' });
  expect(atPush(r, 'own', before)).toMatchObject({ code: 1, found: weakened });
});

trap('B1', 'where it names a branch that nobody has', () => {
  const { r } = ownBase({ baseBranch: 'nowhere', rules: { 'no-build-commits': 'off' } });
  expect(check(r, ['--stage', 'ci'])).toMatchObject({ code: 1, found: weakened });
  expect(atPush(r, 'child', r.head('own'))).toMatchObject({ code: 1, found: weakened });
});

trap('B1', 'by CI that is told what the branch was before the push', () => {
  const { r } = ownBase();
  const gitlab = { GITLAB_CI: 'true', CI_DEFAULT_BRANCH: 'develop', CI_COMMIT_BEFORE_SHA: r.head('own') };
  const codebuild = { CODEBUILD_BUILD_ID: '1', CODEBUILD_WEBHOOK_PREV_COMMIT: r.head('own') };
  for (const env of [gitlab, codebuild]) {
    expect(check(r, [], { env: { CI: 'true', ...env } })).toMatchObject({ code: 1, found: weakened });
  }
});

trap('B1', 'a branch of this clone alone is no base either', () => {
  const { r } = ownBase();
  r.git('update-ref', '-d', 'refs/remotes/origin/own');
  expect(atPush(r, 'child')).toMatchObject({ code: 1, base: r.head('develop') });
});

trap('B1', 'who merges into another branch, and says so, is compared with that one', () => {
  const { r } = ownBase({});
  const request = { GITLAB_CI: 'true', CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'own', CI_DEFAULT_BRANCH: 'develop' };
  expect(check(r, [], { env: { CI: 'true', ...request } })).toMatchObject({ base: r.head('own') });
  expect(check(r, ['--from', 'own'])).toMatchObject({ base: r.head('own') });
});

/** On `fix`, made of `release/1.x`, which the remote has and whose policy names it; develop has gone on to 1.1.0. */
function maintenance(protectedPolicy: object) {
  const { r, push, remote } = pushed();
  r.commit('what is a base', policy(r, protectedPolicy));
  pastHooks(r.branch('release/1.x'), 'its own base', policy(r, { baseBranch: 'release/1.x' }));
  published(r, 'release/1.x');
  const version = (to: string) => ({
    VERSION: r.read('VERSION').replace(/^INBOX_CORE_VERSION=.*$/m, `INBOX_CORE_VERSION=${to}`),
  });
  r.branch('develop').commit('on', { ...version('1.1.0'), 'src_v2/inbox_core/new.py': 'n = 2\n' });
  published(r, 'develop');
  r.branch('fix', 'release/1.x').commit('fix', { ...version('1.0.1'), 'src_v2/inbox_core/item.py': 'x = 1\n' });
  return { r, push, remote };
}

trap('B2', 'that the base branch lists', () => {
  const { r } = maintenance({ maintenanceBranches: ['release/*'] });
  const base = r.head('release/1.x');
  expect(check(r, ['--stage', 'ci'])).toMatchObject({ code: 0, found: [], base });
  expect(atPush(r, 'fix')).toMatchObject({ code: 0, found: [], base });
  // Its own name is listed nowhere.
  pastHooks(r.branch('mine', 'release/1.x'), 'mine', policy(r, { baseBranch: 'mine' }));
  published(r, 'mine');
  r.branch('child').commit('x', { 'docs/x.md': 'x' });
  const found = [weakened[0]];
  expect(check(r, ['--stage', 'ci'])).toMatchObject({ code: 1, found, base: r.git('merge-base', 'child', 'develop') });
});

trap('B2', 'that nobody but itself calls one is told how', () => {
  const { r } = maintenance({});
  const { code, found, notices } = atPush(r, 'fix');
  expect([code, found]).toEqual([1, [weakened[0], 'version-bump VERSION']]);
  expect(notices.join()).toContain('maintenanceBranches');
});

trap('B2', 'and a merge request into it says so itself', () => {
  const { r } = maintenance({});
  const env = { CI: 'true', GITLAB_CI: 'true', CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'release/1.x' };
  published(r, 'release/1.x');
  expect(check(r, [], { env })).toMatchObject({ code: 0, base: r.head('release/1.x') });
});

trap('B1', 'a policy of its own on a commit from before there was one', () => {
  const { r } = pushed();
  const text = r.read(file);
  r.git('checkout', '-q', '--orphan', 'old');
  pastHooks(r, 'before', { [file]: null });
  const old = r.head();
  pastHooks(r, 'adopted', { [file]: text });
  published(r, 'old');
  r.git('update-ref', 'refs/remotes/origin/develop', 'HEAD');
  const weak = JSON.stringify({ ...JSON.parse(text), rules: { 'no-build-commits': 'off' } });
  const gitlab = { CI: 'true', GITLAB_CI: 'true', CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'develop' };
  for (const name of [file, '.layerpolicyrc.yaml']) {
    pastHooks(r.branch(`own${name}`, old), 'own', { [name]: weak, '.build/x': 'x' });
    const found = [`policy-change ${name}`];
    expect(check(r, ['--stage', 'ci'])).toMatchObject({ code: 1, found });
    expect(check(r, [], { env: gitlab })).toMatchObject({ code: 1, found });
    expect(atPush(r, `own${name}`)).toMatchObject({ code: 1, found });
  }
  // Without one it is judged by that of the base.
  r.branch('none', old).commit('fine', { 'docs/x.md': 'x' });
  expect(check(r, ['--stage', 'ci'])).toMatchObject({ code: 0, found: [] });
});

/** `pr` is made of a `main` that somebody pushed beside the default branch `develop`. */
function usualName() {
  const { r } = pushed();
  const weak = policy(r, { baseBranch: 'main', rules: { 'no-build-commits': 'off' } });
  pastHooks(r.branch('main'), 'mine', { ...weak, '.build/x': 'x' });
  published(r, 'main');
  pastHooks(r.branch('pr'), 'more', { '.build/y': 'y' });
  return r;
}

trap('B1', 'a usual name that was free', () => {
  const r = usualName();
  const unclear = { code: 4, error: 'base-unclear' };
  expect(check(r, ['--stage', 'ci'])).toMatchObject({ ...unclear, stderr: expect.stringContaining('set-head') });
  expect(atPush(r, 'pr')).toMatchObject(unclear);
  expect(check(r, [], { env: { CI: 'true', GITLAB_CI: 'true', CI_DEFAULT_BRANCH: 'develop' } })).toMatchObject({
    code: 1,
  });
  r.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/develop');
  expect(check(r, ['--stage', 'ci'])).toMatchObject({ code: 1, found: weakened });
  expect(atPush(r, 'pr')).toMatchObject({ code: 1, found: weakened });
});

trap('B1', 'a branch that is called HEAD', () => {
  const { r } = ownBase();
  r.git('update-ref', 'refs/remotes/origin/HEAD', 'own');
  expect(check(r, ['--stage', 'ci'])).toMatchObject({ code: 1, found: weakened });
  expect(atPush(r, 'child')).toMatchObject({ code: 1, found: weakened });
  r.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/develop');
  r.git('pack-refs', '--all');
  expect(check(r.worktree('side'), ['--stage', 'ci'])).toMatchObject({ code: 1, found: weakened });
});

trap('B1', 'a usual name that was free is no matter to who says where the change begins', () => {
  const r = usualName();
  expect(check(r, ['--from', 'origin/develop'])).toMatchObject({ code: 1, found: weakened, base: r.head('develop') });
});

trap('B1', 'a usual name beside the branch that its policy names', () => {
  const { r } = pushed();
  r.git('update-ref', 'refs/remotes/origin/main', 'develop');
  r.git('update-ref', 'refs/remotes/origin/master', r.git('commit-tree', '-m', 'no policy', r.feed('', 'mktree')));
  r.commit('on', { 'docs/a.md': 'a' });
  published(r, 'develop');
  r.branch('pr').commit('mine', { 'docs/b.md': 'b' });
  expect(check(r, ['--stage', 'ci'])).toMatchObject({ code: 0, base: r.head('develop') });
});
