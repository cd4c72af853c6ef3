import { expect } from 'vitest';
import type { Repo } from '../kit/repo.js';
import { check, pastHooks, pushed } from './governed.js';
import { atPush, file, ownBase, policy, published, weakened } from './own-base.js';
import { trap } from './trap.js';

const weak = { rules: { 'no-build-commits': 'off' } };

/** What CI and the push of this branch say, which is the same. */
function toldTwice(r: Repo) {
  const { code, found } = check(r, ['--stage', 'ci']);
  expect(atPush(r, r.git('branch', '--show-current'))).toMatchObject({ code, found });
  return found;
}

trap('B3', 'a merge that keeps the weaker policy of before', () => {
  const { r } = pushed();
  const strict = r.read(file);
  pastHooks(r, 'weak', policy(r, weak));
  pastHooks(r.branch('pr'), 'mine', { 'docs/a.md': 'a' });
  pastHooks(r.branch('develop'), 'strict', { [file]: strict });
  published(r, 'develop');
  r.branch('pr').git('merge', '-q', '--no-verify', '-s', 'ours', '--no-edit', 'develop');
  expect(toldTwice(r)).toEqual([weakened[0]]);
});

trap('B3', 'a merge that drops all of the other side', () => {
  const { r } = pushed();
  pastHooks(r.branch('side'), 'bad', { ...policy(r, weak), '.build/x': 'x' });
  pastHooks(r.branch('pr', 'develop'), 'fine', { 'docs/a.md': 'a' });
  r.git('merge', '-q', '--no-verify', '-s', 'ours', '--no-edit', 'side');
  expect(toldTwice(r)).toEqual(['no-build-commits .build/x']);
});

trap('B3', 'a merge that weakens by itself', () => {
  const { r } = pushed();
  pastHooks(r.branch('side'), 'side', { 'docs/s.md': 's' });
  pastHooks(r.branch('pr', 'develop'), 'fine', { 'docs/a.md': 'a' });
  r.git('merge', '-q', '--no-verify', '--no-commit', '--no-ff', 'side');
  pastHooks(r, 'evil', { ...policy(r, weak), '.build/x': 'x' });
  expect(toldTwice(r)).toEqual([weakened[0]]);
});

trap('B3', 'a policy that is weaker for one commit', () => {
  const { r } = pushed();
  const strict = r.read(file);
  pastHooks(r.branch('pr'), 'weak', policy(r, weak));
  pastHooks(r, 'bad', { '.build/x': 'x' });
  pastHooks(r, 'as before', { [file]: strict });
  expect(toldTwice(r)).toEqual(['no-build-commits .build/x']);
});

trap('B4', 'a branch of the remote', () => {
  const { r } = ownBase();
  for (const name of ['origin/develop', 'develop']) {
    r.git('tag', name, 'own');
    for (const args of [
      ['--from', name],
      ['--base', name],
      ['--from', `${name}~0`],
    ]) {
      const { code, error, stderr } = check(r, args);
      expect([args, code, error]).toEqual([args, 2, 'revision-twice']);
      expect(stderr).toContain(`refs/tags/${name}`);
    }
  }
  const remote = 'refs/remotes/origin/develop';
  expect(check(r, ['--from', remote])).toMatchObject({ code: 1, found: weakened });
  r.git('tag', 'release', 'own');
  expect(check(r, ['--from', 'release'])).toMatchObject({ base: r.head('own') });
});

trap('B4', 'the beginning of the name of a commit', () => {
  const { r } = ownBase();
  const start = r.head('develop');
  const bitbucket = { CI: 'true', BITBUCKET_BUILD_NUMBER: '1', BITBUCKET_PR_DESTINATION_COMMIT: start.slice(0, 12) };
  expect(check(r, [], { env: bitbucket })).toMatchObject({ code: 1, base: start });
  r.git('tag', start.slice(0, 12), 'own');
  expect(check(r, [], { env: bitbucket })).toMatchObject({ code: 4, error: 'no-base' });
});
