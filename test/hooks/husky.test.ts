import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { exec, type Repo, repo } from '../kit/repo.js';
import { picture } from './picture.js';
import { standIn, watched, withStandIn } from './stand-in.js';

const bin = fileURLToPath(new URL('../../node_modules/husky/bin.js', import.meta.url));

/** As `npm install` leaves a repository that has husky: its own program sets `core.hooksPath` and writes `.husky/_`. */
function husky(r: Repo): Repo {
  r.write({ 'package.json': '{"devDependencies":{"husky":"9.1.7"}}\n' });
  const done = spawnSync(process.execPath, [bin], { cwd: r.dir, env: r.env, encoding: 'utf8' });
  expect(done.stdout + done.stderr).toBe('');
  expect(r.git('config', 'core.hooksPath')).toBe('.husky/_');
  return r;
}

function call(r: Repo, command: 'install' | 'uninstall') {
  const result = run(r.dir, [command, '--json'], { env: r.env });
  expect(result.code, result.stderr).toBe(0);
  return result.json();
}

const own = (r: Repo) => {
  const { _, ...files } = picture(join(r.dir, '.husky'));
  return files;
};

/** A line of a husky hook that writes down that it ran. */
const says = (by: string) => `printf 'by ${by}\\nin\\n\\0' >> "$STAND_IN_LOG"`;

describe('with husky', () => {
  it('puts one line into each of its hooks, and takes exactly that out again', () => {
    const { repo: r } = watched(withStandIn(husky(repo())));
    r.write({ '.husky/pre-commit': exec('npm test'), '.husky/pre-push': '', '.husky/commit-msg': 'true\n' });
    const before = own(r);
    expect(call(r, 'install')).toMatchObject({
      written: ['.husky/pre-commit', '.husky/pre-merge-commit', '.husky/pre-push'],
      notes: ['These are files of the repository. Run: git add -- :/.husky'],
    });
    const top = 'layer_policy_top=$(git rev-parse --show-toplevel);';
    const line = `${top} . "$layer_policy_top/.husky/layer-policy.sh" # layer-policy`;
    expect(own(r)).toMatchObject({
      'commit-msg': '644 true\n',
      'pre-commit': `755 npm test\n${line}`,
      'pre-merge-commit': `755 #!/bin/sh\n# Made by \`layer-policy install\`.\n${line}\n`,
      'pre-push': `644 ${line}\n`,
    });
    const installed = own(r);
    expect(call(r, 'install')).toMatchObject({ written: [], notes: [] });
    expect(own(r)).toEqual(installed);
    expect(r.exists('.git/hooks')).toBe(false);
    expect(r.git('config', 'core.hooksPath')).toBe('.husky/_');
    call(r, 'uninstall');
    expect(own(r)).toEqual(before);
    expect(call(r, 'uninstall')).toMatchObject({ removed: [] });
  });

  it('judges the commit after what the hook did to it, wherever it went meanwhile', () => {
    const { repo: r, calls } = watched(withStandIn(husky(repo())));
    r.write({ '.husky/pre-commit': `mkdir -p 'a b'\ncd 'a b'\n${says('lint-staged')}\nexit 0\n` });
    call(r, 'install');
    r.stage({ 'sub/x': '1' }).git('-C', 'sub', 'commit', '-q', '-m', 'one');
    expect(calls()).toMatchObject([
      { by: 'lint-staged' },
      { by: 'layer-policy', args: ['check', '--stage', 'pre-commit'] },
    ]);
  });

  it('refuses the commit, the merge and the push when the policy says no', () => {
    const { repo: r, calls } = watched(withStandIn(husky(repo())));
    r.commit('base', { a: '1' }).branch('side').commit('s', { b: '1' }).branch('develop').commit('o', { c: '1' });
    const remote = r.clone('--bare');
    call(r, 'install');
    withStandIn(r, 1);
    calls();
    expect(r.tryGit('commit', '--allow-empty', '-m', 'x').code).not.toBe(0);
    expect(r.tryGit('merge', '--no-edit', 'side').code).not.toBe(0);
    expect(r.tryGit('push', '-q', remote.dir, 'HEAD:refs/heads/new').code).not.toBe(0);
    expect(calls().map(({ args }) => args[2])).toEqual(['pre-commit', 'pre-commit', 'pre-push']);
    expect(r.git('log', '--format=%s')).toBe('o\nbase');
    expect(remote.tryGit('rev-parse', '-q', '--verify', 'new').code).not.toBe(0);
  });

  it('gives the list of refs to the CLI and to the commands that follow', () => {
    const { repo: r, calls } = watched(withStandIn(husky(repo())));
    const remote = r.commit('base', { a: '1' }).clone('--bare');
    r.write({ 'lfs.sh': standIn('lfs'), '.husky/pre-push': './lfs.sh "$@"\n' });
    call(r, 'install');
    const head = r.head();
    const names = Array.from({ length: 900 }, (_, i) => `refs/heads/a-rather-long-branch-name-to-fill-the-pipe-${i}`);
    r.feed(names.map((name) => `create ${name} ${head}\n`).join(''), 'update-ref', '--stdin');
    for (const refs of ['develop', 'HEAD:refs/heads/x', 'refs/heads/*:refs/heads/*']) {
      r.git('push', '-q', remote.dir, refs);
      const [cli, lfs] = calls();
      expect([cli?.by, lfs?.by]).toEqual(['layer-policy', 'lfs']);
      expect(cli?.args).toEqual(['check', '--stage', 'pre-push', '--', remote.dir, remote.dir]);
      expect(lfs?.stdin).toBe(cli?.stdin);
      expect(cli?.stdin.split('\n').length).toBe({ develop: 1, 'HEAD:refs/heads/x': 2 }[refs] ?? 901);
    }
  });

  it('leaves the variables of the commands that follow alone', () => {
    const { repo: r, calls } = watched(withStandIn(husky(repo())), { NODE_OPTIONS: '--no-warnings' });
    const remote = r.commit('base', { a: '1' }).clone('--bare');
    r.write({ 'after.sh': standIn('after'), '.husky/pre-push': './after.sh\n' });
    call(r, 'install');
    r.git('push', '-q', remote.dir, 'HEAD:refs/heads/x');
    expect(calls().map(({ by, vars }) => [by, vars.includes('NODE_OPTIONS=--no-warnings')])).toEqual([
      ['layer-policy', false],
      ['after', true],
    ]);
  });

  it('refuses loudly where the CLI is missing', () => {
    const r = husky(repo());
    call(r, 'install');
    const { code, stderr } = r.stage({ a: '1' }).tryGit('commit', '-m', 'one');
    expect(code).not.toBe(0);
    expect(stderr).toContain('✖ layer-policy cannot check this commit, so it is refused');
    expect(stderr).toContain('→ Run: npm install --save-dev layer-policy');
  });

  it('says that git runs none of its hooks in a work tree where it was not set up', () => {
    const { repo: r } = watched(withStandIn(husky(repo())));
    call(r, 'install');
    r.git('add', 'package.json', '.husky');
    const tree = withStandIn(r.commit('set up', {}).worktree('side'));
    expect(call(tree, 'install')).toMatchObject({
      written: [],
      notes: [expect.stringMatching(/none of its hooks yet\. Run: npx husky$/)],
    });
    // A fresh clone, before its first npm install: core.hooksPath is not set, and the files are there already.
    const fresh = withStandIn(r.clone());
    expect(call(fresh, 'install')).toMatchObject({ written: [], notes: [expect.stringContaining('npx husky')] });
    expect(fresh.exists('.git/hooks')).toBe(false);
  });

  it('knows the folder of older versions, whose hooks git runs themselves', () => {
    const { repo: r, calls } = watched(withStandIn(repo()));
    const older = '#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/husky.sh"\n\n';
    r.write({
      'package.json': '{"devDependencies":{"husky":"8.0.3"}}',
      '.husky/_/husky.sh':
        'if [ -z "$husky_skip_init" ]; then\nexport husky_skip_init=1\nsh -e "$0" "$@"\nexit $?\nfi\n',
      '.husky/pre-push': exec(`${older}cat >/dev/null\n`),
    }).git('config', 'core.hooksPath', '.husky');
    const before = own(r);
    call(r, 'install');
    const remote = r.commit('one', { a: '1' }).clone('--bare');
    expect(calls()).toMatchObject([{ args: ['check', '--stage', 'pre-commit'] }]);
    r.git('push', '-q', remote.dir, 'HEAD:refs/heads/x');
    expect(calls()).toMatchObject([{ stdin: expect.stringMatching(/ refs\/heads\/x /) }]);
    call(r, 'uninstall');
    expect(own(r)).toEqual(before);
  });
});
