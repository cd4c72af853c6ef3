import { describe, expect, it } from 'vitest';
import { run, withCli } from '../kit/cli.js';
import { type GitResult, type Repo, repo } from '../kit/repo.js';

/** Real hooks, the real program, a real git: a repository as `init` leaves it, committed past its own hooks. */
function governed(): Repo {
  const r = withCli(repo());
  r.write({ 'src/core/__init__.py': '', 'src/core/a.py': 'x = 1\n' });
  expect(run(r.dir, ['init', '--yes'], { env: r.env }).code).toBe(0);
  r.git('add', '.');
  return r.commit('set up', {});
}

const bad = { '.build/x': 'made\n' };

/** The refusal names rule and path, and says what to run. */
function expectRefused(result: GitResult, path = '.build/x') {
  expect(result.code, result.stdout + result.stderr).not.toBe(0);
  const screen = result.stdout + result.stderr;
  expect(screen).toContain('no-build-commits');
  expect(screen).toContain(path);
  expect(screen).toMatch(/git (rm|restore|reset|rebase|filter)/);
}

/** Rule and file of what CI finds in a range, as `check --json` tells it. */
function findings(r: Repo, ...args: string[]): string[] {
  const document = run(r.dir, ['check', '--json', ...args], { env: r.env }).json() as {
    findings: { rule: string; file: string }[];
  };
  return document.findings.map(({ rule, file }) => `${rule} ${file}`);
}

describe('a commit is refused, and nothing is lost', () => {
  it('as people do it: git add -f, git commit; and the fix on screen works', () => {
    const r = governed();
    const head = r.head();
    r.write({ ...bad, 'src/core/a.py': 'x = 2 # not staged\n' }).git('add', '-f', '.build/x');
    const refused = r.tryGit('commit', '-m', 'x');
    expectRefused(refused);
    expect(r.head()).toBe(head);
    expect(r.git('diff', '--cached', '--name-only')).toBe('.build/x');
    expect(r.read('src/core/a.py')).toBe('x = 2 # not staged\n');
    const [, fix = ''] = /(git rm [^\n]*)/.exec(refused.stdout + refused.stderr) ?? [];
    const [, ...words] = fix.trim().split(' ');
    r.git(...words);
    expect(r.read('.build/x')).toBe('made\n');
    r.commit('fine now', {});
  });

  it('with -a, when what is committed differs from what is staged', () => {
    const r = governed();
    r.stage(bad).git('commit', '-q', '--no-verify', '-m', 'past the hooks');
    r.write({ '.build/x': 'changed\n' });
    expect(r.git('diff', '--cached', '--name-only')).toBe('');
    expectRefused(r.tryGit('commit', '-a', '-m', 'x'));
  });

  it('of a path, when the bad one is among those named, and only then', () => {
    const r = governed().stage(bad);
    r.write({ 'src/core/a.py': 'x = 3\n', VERSION: 'CORE_VERSION=0.2.0\n' });
    expectRefused(r.tryGit('commit', '-m', 'x', '--', '.build/x', 'src/core/a.py', 'VERSION'));
    expect(r.tryGit('commit', '-m', 'x', '--', 'src/core/a.py', 'VERSION')).toMatchObject({ code: 0 });
    expect(r.git('show', '--name-only', '--format=', 'HEAD')).toBe('VERSION\nsrc/core/a.py');
    expect(r.git('diff', '--cached', '--name-only')).toBe('.build/x');
  });

  it('the very first one', () => {
    const r = withCli(repo());
    run(r.dir, ['init', '--yes'], { env: r.env });
    r.git('add', '.');
    expectRefused(r.stage(bad).tryGit('commit', '-m', 'first'));
    expect(r.tryGit('rev-parse', '-q', '--verify', 'HEAD').code).not.toBe(0);
    r.git('rm', '-q', '--cached', '.build/x');
    r.git('commit', '-q', '-m', 'first');
  });

  it('in a linked worktree, from a sub folder', () => {
    const r = governed();
    const tree = r.worktree('side').stage(bad);
    expectRefused(tree.tryGit('-C', 'src', 'commit', '-m', 'x'));
    tree.git('rm', '-q', '--cached', '.build/x');
    tree.commit('fine', { 'README.md': 'x\n' });
  });

  it('of a merge that brings it', () => {
    const r = governed();
    r.branch('side').stage(bad).git('commit', '-q', '--no-verify', '-m', 'past the hooks');
    r.branch('develop').commit('own', { 'README.md': 'x\n' });
    const head = r.head();
    expectRefused(r.tryGit('merge', '--no-edit', 'side'));
    expect(r.head()).toBe(head);
  });

  it('with the same findings as CI has for the same change', () => {
    const r = governed();
    const base = r.head();
    const change = {
      ...bad,
      'core_arn.txt': 'x\n',
      'layer_management/archive/2026-01/core_v6.zip': 'x',
      'src/core/a.py': 'x = 4\n',
    };
    r.stage(change);
    const staged = findings(r, '--stage', 'pre-commit');
    const { code, stdout, stderr } = r.tryGit('commit', '-m', 'x');
    expect(code).not.toBe(0);
    for (const finding of staged) expect(stdout + stderr).toContain(finding.split(' ')[1]);
    r.git('commit', '-q', '--no-verify', '-m', 'x');
    expect(staged.map((finding) => finding.split(' ')[0])).toEqual(
      expect.arrayContaining(['no-build-commits', 'no-root-arn', 'semver-naming', 'version-bump']),
    );
    expect(findings(r, '--from', base, '--to', 'HEAD')).toEqual(staged);
  });
});

describe('a push is refused', () => {
  /** Pushed up to the set-up commit. */
  function pushed(): { r: Repo; remote: Repo; push(...refs: string[]): GitResult } {
    const r = governed();
    const remote = r.clone('--bare');
    r.git('remote', 'add', 'origin', remote.dir);
    r.git('fetch', '-q', 'origin');
    return { r, remote, push: (...refs) => r.tryGit('push', '-q', 'origin', ...refs) };
  }
  const pastHooks = (r: Repo, ...args: string[]) => r.git('commit', '-q', '--no-verify', ...args);

  it('when one commit adds what the next one removes', () => {
    const { r, remote, push } = pushed();
    const before = remote.head('develop');
    r.commit('fine', { 'README.md': 'x\n' });
    r.stage(bad);
    pastHooks(r, '-m', 'adds it');
    const culprit = r.head();
    r.stage({ '.build/x': null });
    pastHooks(r, '-m', 'removes it');
    const result = push('develop');
    expectRefused(result);
    expect(result.stdout + result.stderr).toContain(culprit.slice(0, 7));
    expect(remote.head('develop')).toBe(before);
  });

  it('after an amend, a rebase and a cherry-pick, which no hook of a commit sees', () => {
    const { r, push } = pushed();
    r.branch('amended').stage(bad);
    r.git('commit', '-q', '--amend', '--no-verify', '--no-edit');
    expectRefused(push('amended'));

    r.branch('picked', 'develop').git('cherry-pick', '--allow-empty', 'amended');
    expectRefused(push('picked'));

    r.branch('rebased', 'amended').commit('on top', { 'b.txt': 'x\n' });
    r.branch('onto', 'develop').commit('base', { 'c.txt': 'x\n' });
    r.branch('rebased').git('rebase', '-q', 'onto');
    expect(r.git('merge-base', 'rebased', 'onto')).toBe(r.head('onto'));
    expectRefused(push('rebased'));
  });

  it('for the second of two refs, and for a branch that is not checked out', () => {
    const { r, push, remote } = pushed();
    r.branch('zbad').stage(bad);
    pastHooks(r, '-m', 'adds it');
    r.branch('good', 'develop').commit('fine', { 'README.md': 'x\n' });
    expectRefused(push('good', 'zbad'));
    expect(remote.tryGit('rev-parse', '-q', '--verify', 'good').code).not.toBe(0);
    expect(push('good')).toMatchObject({ code: 0 });
    expectRefused(push('zbad'));
  });

  it('from a linked worktree, and not for what is only in the work tree', () => {
    const { r, push } = pushed();
    const tree = r.worktree('side').stage(bad);
    pastHooks(tree, '-m', 'adds it');
    expectRefused(tree.tryGit('push', '-q', 'origin', 'side'));
    r.stage(bad).branch('clean');
    expect(push('clean')).toMatchObject({ code: 0 });
  });

  it('never for taking a branch away', () => {
    const { r, push, remote } = pushed();
    r.branch('other').commit('fine', { 'README.md': 'x\n' });
    expect(push('other').code).toBe(0);
    r.stage(bad);
    pastHooks(r, '-m', 'adds it');
    expect(push('--delete', 'other')).toMatchObject({ code: 0 });
    expect(remote.tryGit('rev-parse', '-q', '--verify', 'other').code).not.toBe(0);
  });
});
