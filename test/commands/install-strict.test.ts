import { expect, it } from 'vitest';
import { hookNames, strictHook } from '../../src/hooks/shim.js';
import { run } from '../kit/cli.js';
import type { Repo } from '../kit/repo.js';
import { repo } from '../kit/repo.js';
import { allowed, bad, governed, pastHooks, refused } from '../traps/governed.js';

function strict(r: Repo): Repo {
  expect(run(r.dir, ['install', '--strict'], { env: r.env }).code).toBe(0);
  return r;
}

const told = ['no-build-commits', '.build/x'];

it('what no other hook sees is refused on the spot, and can be taken back', () => {
  const r = governed().branch('side');
  const culprit = pastHooks(r, 'past the hooks', bad);
  pastHooks(r, 'gone again', { '.build/x': null });
  r.branch('develop').commit('own', { 'docs/a.md': 'a' });
  const before = strict(r).head();

  refused(r.tryGit('cherry-pick', culprit), ...told);
  r.git('cherry-pick', '--abort');
  refused(r.tryGit('rebase', '-q', 'develop', 'side'), ...told);
  r.git('rebase', '--abort');
  r.branch('side');
  refused(r.tryGit('revert', '--no-edit', 'HEAD'), ...told);
  r.git('reset', '-q', '--hard');
  r.branch('develop').stage(bad);
  refused(r.tryGit('commit', '--no-verify', '-m', 'x'), ...told);
  r.git('reset', '-q', '--hard');
  expect([r.head(), r.git('status', '--porcelain')]).toEqual([before, '']);
});

it('what is right passes, by every way', () => {
  const r = strict(governed()).branch('side').commit('one', { 'docs/b.md': 'b' });
  r.branch('develop').commit('own', { 'docs/a.md': 'a' });
  allowed(r.tryGit('cherry-pick', 'side'));
  allowed(r.tryGit('revert', '--no-edit', 'HEAD'));
  allowed(r.tryGit('commit', '--amend', '-q', '-m', 'another word'));
  allowed(r.tryGit('merge', '-q', '--no-edit', 'side'));
  allowed(r.tryGit('rebase', '-q', 'develop', 'side'));
});

it('stays strict until it is uninstalled', () => {
  const r = repo();
  const hooks = (...args: string[]) =>
    (run(r.dir, [...args, '--json'], { env: r.env }).json() as { hooks: { hook: string }[] }).hooks.map(
      ({ hook }) => hook,
    );
  expect(hooks('install')).toEqual([...hookNames]);
  expect(hooks('install', '--strict')).toEqual([...hookNames, strictHook]);
  expect(hooks('install')).toEqual([...hookNames, strictHook]);
  expect(hooks('uninstall')).toEqual([...hookNames, strictHook]);
  expect(hooks('install')).toEqual([...hookNames]);
});

it("is a line in husky's hook where there is husky, and not asked for by a hook of others", () => {
  const r = repo().write({ '.husky/_/husky.sh': '', '.git/hooks/prepare-commit-msg': '# mine\n' });
  expect(run(r.dir, ['install'], { env: r.env }).code).toBe(0);
  expect(r.read('.git/hooks/prepare-commit-msg')).toBe('# mine\n');
  const husky = repo().write({ 'package.json': '{"devDependencies":{"husky":"9.1.7"}}', '.husky/pre-commit': '' });
  expect(run(husky.dir, ['install', '--strict'], { env: husky.env }).code).toBe(0);
  expect(husky.read('.husky/prepare-commit-msg')).toContain('. "$layer_policy_top/.husky/layer-policy.sh"');
  expect(run(husky.dir, ['uninstall'], { env: husky.env }).code).toBe(0);
  expect(husky.exists('.husky/prepare-commit-msg')).toBe(false);
});
