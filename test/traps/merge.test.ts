import { expect } from 'vitest';
import { exec } from '../kit/repo.js';
import { allowed, bad, check, governed, pastHooks, pushed, refused } from './governed.js';
import { trap } from './trap.js';

const told = ['no-build-commits', '.build/x'];

/** On `develop`, with a commit of its own; the bad file is on `side`. */
function parted(side = bad as Record<string, string>, own: Record<string, string> = { 'docs/a.md': 'a' }) {
  const r = governed().branch('side');
  pastHooks(r, 'past the hooks', side);
  r.branch('develop').commit('own', own);
  return r;
}

trap('22', () => {
  const r = parted();
  const head = r.head();
  refused(r.tryGit('merge', '--no-edit', 'side'), ...told);
  expect(r.head()).toBe(head);
  r.git('merge', '--abort');
  expect(r.git('status', '--porcelain')).toBe('');
});

trap('22', '--no-commit, and --squash', () => {
  const r = parted();
  r.git('merge', '-q', '--no-commit', 'side');
  refused(r.tryGit('commit', '--no-edit'), ...told);
  r.git('merge', '--abort');
  r.git('merge', '-q', '--squash', 'side');
  refused(r.tryGit('commit', '-m', 'x'), ...told);
});

trap('22', 'of three at once', () => {
  const r = parted();
  r.branch('third', 'develop~1').commit('third', { 'docs/c.md': 'c' }).branch('develop');
  refused(r.tryGit('merge', '--no-edit', 'third', 'side'), ...told);
});

trap('22', 'a conflict, and what its resolution brings', () => {
  const r = parted({ 'README.md': 'theirs\n' }, { 'README.md': 'ours\n' });
  refused(r.tryGit('merge', '--no-edit', 'side'), 'CONFLICT');
  r.stage({ 'README.md': 'both\n', ...bad });
  refused(r.tryGit('commit', '--no-edit'), ...told);
  r.git('rm', '-q', '--cached', '.build/x');
  allowed(r.tryGit('commit', '--no-edit'));
  expect(r.git('rev-list', '--parents', '-1', 'HEAD').split(' ')).toHaveLength(3);
});

const core = (version: string, body: string) => ({
  VERSION: governed().read('VERSION').replace('INBOX_CORE_VERSION=1.0.0', `INBOX_CORE_VERSION=${version}`),
  'src_v2/inbox_core/item.py': body,
});

/** On `mine`, beside an `origin/develop` that went on. */
function behind(mine: Record<string, string>, theirs: Record<string, string>) {
  const { r } = pushed();
  r.branch('mine').commit('mine', mine).branch('theirs', 'develop');
  pastHooks(r, 'theirs', theirs);
  r.git('update-ref', 'refs/remotes/origin/develop', 'theirs');
  return r.branch('mine');
}

trap('22', 'a version that falls in the resolution alone', () => {
  const r = behind(core('1.0.1', 'x = 1\n'), core('1.0.5', 'x = 2\n'));
  refused(r.tryGit('merge', '-q', 'origin/develop'), 'CONFLICT');
  refused(r.stage(core('1.0.1', 'x = 2\n')).tryGit('commit', '--no-edit'), 'fell from 1.0.5 to 1.0.1');
  allowed(r.stage(core('1.0.5', 'x = 2\n')).tryGit('commit', '--no-edit'));
});

trap('22', 'one version taken by both, without a conflict', () => {
  const r = behind(
    { ...core('1.0.1', 'x = 1\n'), 'docs/a.md': 'a' },
    { VERSION: core('1.0.1', '').VERSION, 'src_v2/inbox_core/new.py': 'x = 2\n' },
  );
  refused(r.tryGit('merge', '--no-edit', 'origin/develop'), 'inbox-core changed, but INBOX_CORE_VERSION is 1.0.1');
});

trap('22', 'one version taken by both, and the merge brings nothing that the branch has not', () => {
  const both = core('1.0.1', 'x = 1\n');
  const r = behind({ ...both, 'src_v2/inbox_core/new.py': 'x = 2\n' }, both);
  refused(r.tryGit('merge', '--no-edit', 'origin/develop'), 'inbox-core changed, but INBOX_CORE_VERSION is 1.0.1');
});

trap('22', 'a raise that the base branch forgot is not asked of who merges it', () => {
  const r = behind({ 'docs/a.md': 'a' }, { 'src_v2/inbox_core/new.py': 'x = 2\n' });
  allowed(r.tryGit('merge', '--no-edit', 'origin/develop'));
});

trap('22', 'nor where each commit is asked for its own raise', () => {
  const policy = JSON.parse(governed().read('.layerpolicyrc.json'));
  policy.rules = { 'version-bump': ['error', { per: 'commit' }] };
  const mine = { '.layerpolicyrc.json': JSON.stringify(policy), VERSION: core('1.0.1', '').VERSION };
  const r = behind(mine, { 'src_v2/inbox_core/new.py': 'x = 2\n' });
  allowed(r.tryGit('merge', '--no-edit', '--no-commit', 'origin/develop'));
  refused(r.stage({ 'src_v2/inbox_core/more.py': '' }).tryGit('commit', '--no-edit'), 'inbox-core changed');
  r.git('rm', '-q', '-f', 'src_v2/inbox_core/more.py');
  allowed(r.tryGit('commit', '--no-edit'));
  expect(check(r, []).found).toEqual([]);
});

trap('22', 'a raise that a later commit takes back', () => {
  const r = behind(core('1.0.1', 'x = 1\n'), { 'docs/a.md': 'a' });
  const { VERSION } = core('1.0.0', '');
  refused(r.stage({ VERSION }).tryGit('commit', '-m', 'x'), 'inbox-core changed, but INBOX_CORE_VERSION is 1.0.0');
});

trap('39', () => {
  const { r, push } = pushed();
  r.branch('side');
  pastHooks(r, 'past the hooks', bad);
  r.branch('develop').git('merge', '-q', '--ff-only', 'side');
  expect(r.git('status', '--porcelain')).toBe('');
  refused(push('develop'), ...told);
});

trap('21', () => {
  const { r, push, remote } = pushed();
  const before = remote.head('develop');
  pastHooks(r, 'past the hooks', bad);
  r.tryGit('commit', '--amend', '-q', '-m', 'another word');
  refused(push('develop'), ...told, r.head().slice(0, 7));
  r.git('rm', '-q', '--cached', '.build/x');
  allowed(r.tryGit('commit', '--amend', '--no-edit', '--allow-empty'));
  allowed(push('develop'));
  expect(remote.head('develop')).not.toBe(before);
});

trap('38', 'cherry-pick', () => {
  const { r, push } = pushed();
  r.branch('side');
  const culprit = pastHooks(r, 'past the hooks', bad);
  r.branch('picked', 'develop').commit('own', { 'docs/a.md': 'a' }).git('cherry-pick', culprit);
  refused(push('picked'), ...told, r.head().slice(0, 7));
});

trap('38', 'revert', () => {
  const { r, push, remote } = pushed();
  pastHooks(r, 'past the hooks', bad);
  pastHooks(r, 'gone again', { '.build/x': null });
  // The remote has both: what comes back is what counts.
  r.git('push', '-q', '--no-verify', 'origin', 'develop');
  r.git('revert', '--no-edit', 'HEAD');
  refused(push('develop'), ...told);
  expect(remote.head('develop')).toBe(r.head('HEAD^'));
});

trap('38', 'rebase', () => {
  const { r, push } = pushed();
  r.branch('side');
  pastHooks(r, 'past the hooks', bad);
  r.commit('on top', { 'docs/b.md': 'b' }).branch('onto', 'develop').commit('base', { 'docs/a.md': 'a' });
  r.branch('side').git('rebase', '-q', 'onto');
  expect(r.head('side~2')).toBe(r.head('onto'));
  refused(push('side'), ...told, r.head('side^').slice(0, 7));
});

trap('38', 'am', () => {
  const { r, push } = pushed();
  r.branch('side');
  pastHooks(r, 'past the hooks', bad);
  const patch = r.git('format-patch', '-1', '--stdout');
  r.branch('mailed', 'develop').feed(`${patch}\n`, 'am', '-q');
  refused(push('mailed'), ...told);
});

trap('G17', () => {
  const r = governed();
  const states: [string, () => unknown][] = [
    ['plain', () => r.stage({ 'docs/a.md': 'a' })],
    ['amend', () => r.git('commit', '-q', '--amend', '--no-edit')],
    ['detached', () => r.git('checkout', '-q', '--detach')],
    ['unborn', () => r.git('switch', '-q', '--orphan', 'nothing')],
    ['emptied', () => r.git('rm', '-q', '-r', '--cached', '--ignore-unmatch', '.')],
    ['born again', () => r.git('switch', '-q', 'develop')],
    ['in a conflict', () => conflict()],
    ['in a cherry-pick', () => r.git('merge', '--abort') + r.tryGit('cherry-pick', 'side').stdout],
    ['in a revert', () => r.git('cherry-pick', '--abort') + r.tryGit('revert', '--no-edit', 'HEAD~1').stdout],
    ['in a rebase', () => r.git('revert', '--abort') + r.tryGit('rebase', 'side').stdout],
    ['in a bisect', () => r.git('rebase', '--abort') + r.git('bisect', 'start', 'HEAD', 'HEAD~1')],
  ];
  function conflict() {
    r.branch('side').commit('side', { 'README.md': 'theirs\n' });
    r.branch('develop').commit('one', { 'README.md': 'one\n' }).commit('two', { 'README.md': 'two\n' });
    refused(r.tryGit('merge', 'side'), 'CONFLICT');
  }
  for (const [state, enter] of states) {
    enter();
    expect([state, check(r, ['--stage', 'pre-commit']).code]).toEqual([state, 0]);
    if (state === 'unborn') expect(check(r, ['--stage', 'all'])).toMatchObject({ code: 2, error: 'no-commit' });
  }
});

trap('G17', 'rebase -x that checks each commit', () => {
  const r = governed().branch('side').commit('one', { 'docs/a.md': 'a' });
  const culprit = pastHooks(r, 'past the hooks', bad);
  r.commit('three', { 'docs/b.md': 'b' }).write({ '.git/each': exec('layer-policy check --stage all --quiet\n') });
  refused(r.tryGit('rebase', '-q', '--no-ff', '-x', '.git/each', 'develop'), ...told);
  expect(r.git('log', '-1', '--format=%s')).toBe('past the hooks');
  expect(r.git('show', '--name-only', '--format=', culprit)).toBe('.build/x');
});
