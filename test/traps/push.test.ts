import { expect } from 'vitest';
import { allowed, bad, check, pastHooks, pushed, refused } from './governed.js';
import { trap } from './trap.js';

const told = ['no-build-commits', '.build/x'];

trap('50', () => {
  const { r, remote, push } = pushed();
  pastHooks(r.branch('new'), 'past the hooks', bad);
  refused(push('new'), ...told);
  expect(remote.git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/develop');
});

trap('51', () => {
  const { r, remote, push } = pushed();
  const before = remote.head('develop');
  pastHooks(r.commit('fine', { 'docs/a.md': 'a' }), 'past the hooks', bad);
  refused(push('develop'), ...told);
  expect(remote.head('develop')).toBe(before);
  r.git('reset', '-q', '--hard', 'HEAD^');
  allowed(push('develop'));
});

trap('52', () => {
  const { r, remote, push } = pushed();
  pastHooks(r.branch('zbad'), 'past the hooks', bad);
  r.branch('good', 'develop').commit('fine', { 'docs/a.md': 'a' });
  for (const refs of [['good', 'zbad'], ['zbad', 'good'], ['--all'], ['--mirror'], ['refs/heads/*:refs/heads/*']]) {
    refused(push(...refs), ...told, 'refs/heads/zbad');
  }
  allowed(push('good'));
  expect(remote.git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/develop\nrefs/heads/good');
});

trap('55', () => {
  const { r, remote, push } = pushed();
  const before = remote.head('develop');
  const culprit = pastHooks(r, 'past the hooks', { ...bad, 'src_v2/arn.txt': 'not in the root' });
  r.git('rm', '-q', '--cached', '.build/x');
  pastHooks(r, 'no longer tracked');
  r.commit('fine', { 'docs/a.md': 'a' });
  expect(check(r, ['--stage', 'all']).found).toEqual([]);
  refused(push('develop'), ...told, culprit.slice(0, 7), `git rebase -i ${culprit.slice(0, 12)}~1`);
  expect(remote.head('develop')).toBe(before);
  // The way out that the screen names.
  r.write({ '.git/drop': `drop ${culprit}\n` });
  r.with({ GIT_SEQUENCE_EDITOR: 'sed -i -e "1s/^pick/drop/;2s/^pick/drop/"' }).git(
    'rebase',
    '-q',
    '-i',
    `${culprit}~1`,
  );
  allowed(push('develop'));
});

trap('56', () => {
  const { r, push } = pushed();
  r.commit('fine', { 'docs/a.md': 'a' }).stage(bad).write({ VERSION: 'A=1', '.layerpolicyrc.json': '{' });
  allowed(push('develop'));
});

trap('56', 'wrong in the commit, right or gone in the work tree', () => {
  const { r, push } = pushed();
  const version = r.read('VERSION');
  pastHooks(r, 'past the hooks', { ...bad, VERSION: 'INBOX_CORE_VERSION=1.0.0' });
  r.stage({ '.build/x': null, VERSION: version });
  refused(push('develop'), ...told, 'version-file');
  r.remove('.build', 'VERSION', 'src_v2');
  refused(push('develop'), ...told, 'version-file');
});

trap('58', () => {
  const { r, remote, push } = pushed();
  r.git('push', '-q', '--no-verify', 'origin', 'develop:other', 'develop:another');
  pastHooks(r, 'past the hooks', bad);
  allowed(push('--delete', 'other'));
  refused(push(':another', 'develop'), ...told);
  allowed(push(':another'));
  expect(remote.git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/develop');
});

trap('60', () => {
  const { r, remote, push } = pushed();
  const culprit = pastHooks(r.branch('side').commit('fine', { 'docs/a.md': 'a' }), 'past the hooks', bad);
  r.git('push', '-q', '--no-verify', 'origin', 'side');
  r.git('reset', '-q', '--hard', 'HEAD^');
  allowed(push('--force', 'side'));
  expect(remote.head('side')).toBe(r.head());
  // The remote knows the commit still, and no ref of it does: brought back it counts again.
  refused(push(`${culprit}:refs/heads/side`), ...told);
});

trap('61', () => {
  const { r, push } = pushed();
  r.branch('side').commit('fine', { 'docs/a.md': 'a' });
  allowed(push('side'));
  r.git('reset', '-q', '--hard', 'HEAD^');
  pastHooks(r, 'past the hooks', bad);
  refused(push('side'), 'non-fast-forward');
  refused(push('--force', 'side'), ...told);
  refused(push('+side'), ...told);
  refused(push('--force-with-lease', 'side'), ...told);
});

trap('F5', () => {
  const { r } = pushed();
  const base = r.head();
  r.branch('feature').stage({ ...bad, 'core_arn.txt': 'x' });
  refused(r.tryGit('commit', '-m', 'x'), ...told, 'no-root-arn');
  r.git('commit', '-q', '--no-verify', '-m', 'x');
  r.git('push', '-q', '--no-verify', 'origin', 'feature');
  const found = ['no-build-commits .build/x', 'no-root-arn core_arn.txt'];
  const ci = check(r, ['--stage', 'ci'], { env: { LAYER_POLICY_SKIP: 'no-build-commits,no-root-arn' } });
  expect([ci.code, ci.base, ci.found]).toEqual([1, base, found]);
  expect(check(r, ['--stage', 'release'])).toMatchObject({ code: 1, found });
});
