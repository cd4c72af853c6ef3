import { describe, expect, it } from 'vitest';
import { hookShim } from '../../src/hooks/shim.js';
import { run } from '../kit/cli.js';
import { exec, repo } from '../kit/repo.js';

const foreign = exec('#!/bin/sh\necho other\n');

describe('uninstall', () => {
  it('has nothing to do where nothing was installed, and says so', () => {
    const r = repo().write({ '.git/hooks/pre-commit': foreign });
    const result = run(r.dir, ['uninstall'], { env: r.env });
    expect(result).toMatchObject({ code: 0, stdout: 'There is no hook of layer-policy in this clone.\n' });
    expect(r.read('.git/hooks/pre-commit')).toBe(foreign.text);
  });

  it('removes what install wrote, and a second run finds nothing', () => {
    const r = repo();
    run(r.dir, ['install'], { env: r.env });
    const first = run(r.dir, ['uninstall', '--json'], { env: r.env }).json();
    const paths = ['.git/hooks/pre-commit', '.git/hooks/pre-merge-commit', '.git/hooks/pre-push'];
    expect(first).toMatchObject({ ok: true, removed: paths, kept: [] });
    expect(paths.some((path) => r.exists(path))).toBe(false);
    expect(run(r.dir, ['uninstall', '--json'], { env: r.env }).json()).toMatchObject({ removed: [], hooks: [] });
  });

  it('leaves the hook that took our place, and says what is kept beside it', () => {
    const r = repo().write({ '.git/hooks/pre-commit': exec('first\n') });
    run(r.dir, ['install'], { env: r.env });
    r.write({ '.git/hooks/pre-commit': foreign });
    const result = run(r.dir, ['uninstall'], { env: r.env });
    expect(result.stdout).toContain('.git/hooks/pre-commit.before-layer-policy  kept; something else is in its place');
    expect(r.read('.git/hooks/pre-commit')).toBe(foreign.text);
    expect(r.read('.git/hooks/pre-commit.before-layer-policy')).toBe('first\n');
  });

  it('puts the kept hook where a manager had moved ours', () => {
    const r = repo().write({ '.git/hooks/pre-commit': exec('first\n') });
    run(r.dir, ['install'], { env: r.env });
    r.write({ '.git/hooks/pre-commit.legacy': exec(hookShim('pre-commit')), '.git/hooks/pre-commit': foreign });
    run(r.dir, ['uninstall'], { env: r.env });
    expect(r.read('.git/hooks/pre-commit')).toBe(foreign.text);
    expect(r.read('.git/hooks/pre-commit.legacy')).toBe('first\n');
    expect(r.exists('.git/hooks/pre-commit.before-layer-policy')).toBe(false);
  });

  it('brings a kept hook back that a stopped run had left alone', () => {
    const r = repo().write({ '.git/hooks/pre-push.before-layer-policy': foreign });
    expect(run(r.dir, ['uninstall'], { env: r.env }).stdout).toContain('the hook that was here before is back');
    expect(r.read('.git/hooks/pre-push')).toBe(foreign.text);
  });
});
