import { expect } from 'vitest';
import { copyExample } from '../kit/example.js';
import { type Repo, repo } from '../kit/repo.js';
import { allowed, bad, check, governed, hookedByHand, pastHooks, pushed, refused, screen } from './governed.js';
import { trap } from './trap.js';

const told = ['no-build-commits', '.build/x'];
const zero = '0'.repeat(40);

const cloneOf = (remote: Repo, ...args: string[]) => hookedByHand(remote.clone(...args));

trap('63', () => {
  const { r, push } = pushed();
  r.git('checkout', '-q', '--detach');
  pastHooks(r, 'past the hooks', bad);
  refused(push('HEAD:refs/heads/x'), ...told);
  refused(push(`${r.head()}:refs/heads/x`), ...told);
  allowed(push('HEAD^:refs/heads/x'));
  refused(push('develop@{0}:refs/heads/y', 'HEAD:refs/heads/z'), ...told, 'refs/heads/z');
});

trap('64', () => {
  const r = governed();
  const remote = repo();
  r.git('remote', 'add', 'origin', remote.dir);
  pastHooks(r, 'past the hooks', bad);
  refused(r.tryGit('push', '-u', 'origin', 'develop:main'), ...told);
  r.git('reset', '-q', '--hard', 'HEAD^');
  allowed(r.tryGit('push', '-u', 'origin', 'develop:main'));
});

trap('65', () => {
  const { r, remote } = pushed();
  pastHooks(r.branch('x'), 'past the hooks', bad);
  for (const url of [remote.dir, `file://${remote.dir}`, './.git']) {
    refused(r.tryGit('push', url, 'x:refs/heads/y'), ...told);
  }
  r.branch('good', 'develop').commit('fine', { 'docs/a.md': 'a' });
  allowed(r.tryGit('push', remote.dir, 'good'));
});

trap('66', () => {
  const { r, push } = pushed();
  pastHooks(r, 'slides', { 'slides.zip': 'PK' });
  r.git('mv', 'slides.zip', 'inbox-core-v6.zip');
  pastHooks(r, 'renamed');
  refused(push('develop'), 'semver-naming', 'inbox-core-v6.zip');
});

trap('67', () => {
  const { r, push } = pushed();
  pastHooks(r, 'past the hooks', { '.build/été à la mer/日本.zip': 'PK' });
  refused(push('develop'), '.build/été à la mer/日本.zip', 'git rm -r --cached');
});

trap('85', () => {
  const { r, push } = pushed();
  pastHooks(r.branch('fonctionnalité/été-日本'), 'past the hooks', bad);
  refused(push('fonctionnalité/été-日本'), ...told, 'refs/heads/fonctionnalité/été-日本');
});

trap('70', () => {
  const { r, push } = pushed();
  r.branch('behind').commit('fine', { 'docs/a.md': 'a' }).branch('develop');
  pastHooks(r, 'old sin', { ...bad, VERSION: 'A=1' });
  r.git('push', '-q', '--no-verify', 'origin', 'develop');
  allowed(push('behind'));
  r.branch('abreast').commit('fine', { 'docs/b.md': 'b' });
  expect(push('abreast').code).toBe(0);
});

/** A push from a clone that knows one branch, with an old sin on it, and no base branch. */
function pushOnto(files: Record<string, string>) {
  const { r, remote } = pushed();
  pastHooks(r.branch('feature'), 'old sin', { '.build/old': 'x' });
  r.git('push', '-q', '--no-verify', 'origin', 'feature');
  remote.git('symbolic-ref', 'HEAD', 'refs/heads/feature');
  const clone = cloneOf(remote, '--single-branch', '--branch', 'feature');
  expect(clone.git('for-each-ref', '--format=%(refname)')).not.toContain('develop');
  pastHooks(clone.branch('mine'), 'mine', files);
  return clone.tryGit('push', 'origin', 'mine');
}

trap('72', () => allowed(pushOnto({ 'docs/a.md': 'a' })));
trap('73', () => refused(pushOnto({ 'docs/a.md': 'a', ...bad }), ...told));

trap('75', () => {
  const { r, push } = pushed();
  r.branch('side').commit('side', { 'docs/b.md': 'b' }).branch('develop').commit('own', { 'docs/a.md': 'a' });
  r.git('merge', '-q', '--no-commit', '--no-ff', 'side');
  pastHooks(r, 'a merge that adds what no parent has', bad);
  refused(push('develop'), ...told, r.head().slice(0, 7));
  r.git('reset', '-q', '--hard', 'HEAD^');
  pastHooks(r.branch('side'), 'past the hooks', bad);
  r.branch('develop').git('merge', '-q', '--no-verify', '--no-ff', '--no-edit', 'side');
  refused(push('develop'), ...told, r.head('side').slice(0, 7));
});

trap('75', 'that takes a bad file of one side over its removal', () => {
  const { r, push } = pushed();
  r.branch('side').commit('side', { 'docs/b.md': 'b' });
  pastHooks(r.branch('develop'), 'known at the remote', bad);
  r.git('push', '-q', '--no-verify', 'origin', 'develop');
  r.commit('gone', { '.build/x': null });
  allowed(push('develop'));
  r.git('merge', '-q', '--no-commit', '--no-ff', 'side');
  pastHooks(r, 'a merge that brings it back', bad);
  refused(push('develop'), ...told, r.head().slice(0, 7));
});

trap('77', () => {
  const { r } = pushed();
  const tree = r.worktree('side');
  pastHooks(tree, 'past the hooks', bad);
  refused(tree.tryGit('push', 'origin', 'side'), ...told);
  allowed(tree.tryGit('push', 'origin', 'side^:refs/heads/side'));
});

/** Pushes from a clone of depth one, whose one commit has an old sin: to its branch, and to a new one. */
function pushShallow(files: Record<string, string>) {
  const { r, remote } = pushed();
  pastHooks(r, 'old sin', bad);
  r.git('push', '-q', '--no-verify', 'origin', 'develop');
  const shallow = cloneOf(remote, '--depth', '1');
  pastHooks(shallow, 'mine', files);
  return ['develop', 'HEAD:refs/heads/other'].map((ref) => shallow.tryGit('push', '--dry-run', 'origin', ref));
}

trap('78', () => {
  for (const result of pushShallow({ '.build/new': 'x' })) {
    refused(result, 'no-build-commits', '.build/new');
    expect(screen(result)).not.toContain('.build/x');
  }
});

trap('79', () => {
  for (const result of pushShallow({ 'docs/a.md': 'a' })) allowed(result);
});

trap('G10', () => {
  const { r } = pushed();
  pastHooks(r, 'past the hooks', bad);
  const refs = ['refs/heads/--upload-pack=touch pwned'.replace(' ', '_'), 'refs/tags/-rf', 'refs/heads/-c'];
  for (const ref of refs) {
    r.git('update-ref', ref, 'HEAD');
    refused(r.tryGit('push', 'origin', ref), ...told, ref);
    expect(check(r, ['--from', 'HEAD^', `--to=${ref}`])).toMatchObject({ code: 1, found: [told.join(' ')] });
  }
  expect(check(r, ['--from', 'HEAD^', '--to=--upload-pack=touch_pwned'])).toMatchObject({ code: 1 });
  expect(r.exists('pwned')).toBe(false);
});

trap('G15', 'a tag on a commit that no branch has', () => {
  const { r, push } = pushed();
  r.git('checkout', '-q', '--detach');
  pastHooks(r, 'past the hooks', bad);
  r.git('tag', 'light');
  r.git('tag', '-a', '-m', 'x', 'heavy');
  r.git('tag', '-a', '-m', 'x', 'of-a-tag', 'heavy');
  r.branch('develop').commit('fine', { 'docs/a.md': 'a' });
  for (const tag of ['light', 'heavy', 'of-a-tag']) refused(push(tag), ...told, `refs/tags/${tag}`);
  refused(push('develop', '--tags'), ...told);
  r.git('config', 'push.followTags', 'true');
  allowed(push('develop'));
  r.git('tag', 'a-tree', 'HEAD^{tree}');
  allowed(push('a-tree'));
});

trap('G15', 'five hundred refs', () => {
  const { r, push } = pushed();
  const good = r.head();
  const refs = Array.from({ length: 499 }, (_, i) => `create refs/heads/feature/${i} ${good}\n`);
  r.commit('fine', { 'docs/a.md': 'a' });
  r.feed(refs.join(''), 'update-ref', '--stdin');
  allowed(push('--all'));
  pastHooks(r.branch('zbad'), 'past the hooks', bad);
  r.feed(
    refs.map((line) => line.replace(good, r.head('develop')).replace('feature', 'more')).join(''),
    'update-ref',
    '--stdin',
  );
  refused(push('--all'), ...told, 'refs/heads/zbad');
});

trap('G15', 'SHA-256', () => {
  const r = hookedByHand(repo({ objectFormat: 'sha256' }));
  copyExample(r.dir);
  r.git('add', '-A');
  const remote = r.commit('init').clone('--bare');
  r.git('remote', 'add', 'origin', remote.dir);
  r.branch('x');
  allowed(r.tryGit('push', 'origin', 'x:refs/heads/y'));
  pastHooks(r, 'past the hooks', bad);
  refused(r.tryGit('push', 'origin', 'x:refs/heads/y'), ...told);
  allowed(r.tryGit('push', 'origin', ':y'));
});

trap('G15', 'notes, and other refs that hold no tree of ours', () => {
  const { r, push } = pushed();
  r.git('notes', 'add', '-m', 'reviewed');
  allowed(push('refs/notes/commits'));
  r.git('switch', '-q', '--orphan', 'gh-pages');
  r.git('commit', '-q', '--no-verify', '--allow-empty', '-m', 'pages');
  pastHooks(r, 'pages', { 'index.html': '<p>' });
  allowed(push('gh-pages'));
  pastHooks(r, 'pages', bad);
  refused(push('gh-pages'), ...told);
});

trap('G15', 'a deletion and an empty push from standard input', () => {
  const { r } = pushed();
  pastHooks(r, 'past the hooks', bad);
  for (const stdin of ['', `(delete) ${zero} refs/heads/x ${r.head()}\n`]) {
    expect(check(r, ['--stage', 'pre-push', '--', 'origin', 'url'], { stdin }).code).toBe(0);
  }
});
