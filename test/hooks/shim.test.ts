import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hookNames, hookShim, huskyShim, shimHook } from '../../src/hooks/shim.js';
import { exec, type Repo, repo } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';
import { deaf, pathOf, pathWithout, standIn, watched, withStandIn } from './stand-in.js';

/** The three shims in the hooks folder, by hand: what `install` does is another file's subject. */
function hooked(r: Repo): Repo {
  for (const hook of hookNames) r.write({ [`.git/hooks/${hook}`]: exec(hookShim(hook)) });
  return r;
}

/** Shells of this machine that the text has to work with; `sh` is what git starts. */
const shells = ['sh', 'dash', 'busybox sh', 'bash --posix', 'zsh --emulate sh'].filter(
  (shell) => spawnSync('sh', ['-c', `command -v ${shell.split(' ')[0]}`]).status === 0,
);

describe('the text', () => {
  it.each(shells)('is read by %s', (shell) => {
    const [name = 'sh', ...flags] = shell.split(' ');
    for (const text of [...hookNames.map(hookShim), huskyShim()]) {
      const parsed = spawnSync(name, [...flags, '-n'], { input: text, encoding: 'utf8' });
      expect(parsed.stderr).toBe('');
      expect(parsed.status).toBe(0);
    }
  });

  it('stays short and names its hook', () => {
    for (const hook of hookNames) {
      expect(hookShim(hook).split('\n').length).toBeLessThanOrEqual(61);
      expect(shimHook(hookShim(hook))).toBe(hook);
    }
    expect(shimHook('#!/bin/sh\necho "# layer-policy hook: pre-commit"\n')).toBe(null);
  });

  it.each(shells)('runs, chains and hands the input on in %s', (shell) => {
    const [name = 'sh', ...flags] = shell.split(' ');
    const { repo: r, calls } = watched(withStandIn(hooked(repo())));
    r.write({ '.git/hooks/pre-push.before-layer-policy': standIn('before') });
    const refs = 'refs/heads/main 1111 refs/heads/main 0000\nmain@{1 day ago} 2222 refs/heads/x 0000\n';
    const started = spawnSync(name, [...flags, '.git/hooks/pre-push', 'origin', 'a b'], {
      cwd: r.dir,
      env: r.env,
      input: refs,
    });
    expect(started.stderr.toString()).toBe('');
    expect(started.status).toBe(0);
    expect(calls().map(({ by, args, stdin }) => ({ by, args, stdin }))).toEqual([
      { by: 'before', args: ['origin', 'a b'], stdin: refs },
      { by: 'layer-policy', args: ['check', '--stage', 'pre-push', '--', 'origin', 'a b'], stdin: refs },
    ]);
  });
});

describe('a commit', () => {
  it('starts no process but the CLI: no tool is needed to get there', () => {
    const { repo: r, calls } = watched(hooked(repo()));
    r.write({ 'node_modules/.bin/layer-policy': deaf('layer-policy') });
    const only = tempFolder('only-node');
    symlinkSync(process.execPath, join(only, 'node'));
    for (const hook of hookNames) {
      const done = spawnSync('/bin/sh', [`.git/hooks/${hook}`], {
        cwd: r.dir,
        env: { ...r.env, PATH: only },
        input: '',
      });
      expect([done.status, done.stderr.toString()]).toEqual([0, '']);
    }
    expect(calls()).toHaveLength(3);
  });

  it('is judged in a folder whose name a shell could stumble over', () => {
    const dir = join(tempFolder('odd'), `it's a "$HOME" *; folder`);
    mkdirSync(dir);
    const { repo: r, calls } = watched(withStandIn(hooked(repo({ dir }))));
    r.write({ '.git/hooks/pre-commit.before-layer-policy': standIn('before') }).commit('one', { a: '1' });
    expect(calls()).toMatchObject([{ by: 'before' }, { by: 'layer-policy', cwd: r.dir }]);
  });

  it('is judged at its top folder, from a sub folder with a blank in its name too', () => {
    const { repo: r, calls } = watched(withStandIn(hooked(repo())));
    r.write({ 'a b/x': '1' }).git('add', 'a b');
    r.git('-C', 'a b', 'commit', '-q', '-m', 'one');
    expect(calls()).toMatchObject([{ by: 'layer-policy', cwd: r.dir, args: ['check', '--stage', 'pre-commit'] }]);
  });

  it('is refused when the policy says no, and nothing is committed', () => {
    const { repo: r } = watched(withStandIn(hooked(repo()), 1));
    expect(r.stage({ x: '1' }).tryGit('commit', '-m', 'one').code).not.toBe(0);
    expect(r.tryGit('rev-parse', '-q', '--verify', 'HEAD').code).not.toBe(0);
  });

  it('keeps what git says of the commit and drops what bends answers', () => {
    const bent = {
      GIT_LITERAL_PATHSPECS: '1',
      GIT_ICASE_PATHSPECS: '',
      GIT_EXTERNAL_DIFF: 'false',
      GIT_DIFF_OPTS: '-u0',
    };
    const node = { NODE_OPTIONS: '--require /nowhere.js', NODE_EXTRA_CA_CERTS: '/nowhere.pem', NODE_PATH: '/kept' };
    const { repo: r, calls } = watched(withStandIn(hooked(repo())), { ...bent, ...node });
    r.write({ 'd/x': '1' }).with({ GIT_LITERAL_PATHSPECS: undefined, GIT_ICASE_PATHSPECS: undefined }).git('add', '.');
    r.write({ 'd/x': '2' }).git('-C', 'd', 'commit', '-q', '-a', '-m', 'one');
    const vars = calls()[0]?.vars ?? [];
    const names = vars.map((pair) => pair.split('=')[0]);
    expect(names).toEqual(expect.arrayContaining(['GIT_INDEX_FILE', 'GIT_PREFIX', 'NODE_PATH']));
    expect(vars).toContain(`GIT_INDEX_FILE=${r.dir}/.git/index.lock`);
    for (const name of [...Object.keys(bent), 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS']) expect(names).not.toContain(name);
  });

  it('of a merge runs the pre-merge-commit hook at the same stage', () => {
    const { repo: r, calls } = watched(withStandIn(repo()));
    r.commit('base', { a: '1' }).branch('side').commit('side', { b: '1' }).branch('develop').commit('own', { c: '1' });
    hooked(r).merge('side');
    expect(calls()).toMatchObject([{ args: ['check', '--stage', 'pre-commit'] }]);
  });
});

describe('finding the CLI', () => {
  it("takes the main worktree's for a linked worktree without packages", () => {
    const { repo: r, calls } = watched(withStandIn(hooked(repo())));
    const tree = r.commit('one', { a: '1' }).worktree('side');
    calls();
    tree.stage({ 'sub/b': '1' }).git('-C', 'sub', 'commit', '-q', '-m', 'two');
    expect(calls()).toMatchObject([{ by: 'layer-policy', cwd: tree.dir }]);
    tree.write({ 'node_modules/.bin/layer-policy': standIn('own packages') });
    tree.commit('three', { c: '1' });
    expect(calls()).toMatchObject([{ by: 'own packages', cwd: tree.dir }]);
  });

  it('takes PATH last', () => {
    const bin = tempFolder('bin with blank');
    const { repo: r, calls } = watched(hooked(repo()), {});
    writeFileSync(join(bin, 'layer-policy'), standIn('on PATH').text);
    chmodSync(join(bin, 'layer-policy'), 0o755);
    const onPath = r.with({ PATH: pathOf(bin, r.env.PATH ?? '') });
    onPath.commit('one', { a: '1' });
    expect(calls()).toMatchObject([{ by: 'on PATH' }]);
    withStandIn(onPath).commit('two', { b: '1' });
    expect(calls()).toMatchObject([{ by: 'layer-policy' }]);
  });

  it('refuses loudly without it, with the command that fits the repository', () => {
    const r = hooked(repo()).with({ PATH: pathWithout() });
    const refusal = (files: Record<string, string>) => r.stage(files).tryGit('commit', '-m', 'one');
    expect(refusal({ a: '1' })).toMatchObject({
      code: 1,
      stderr: `✖ layer-policy cannot check this commit, so it is refused: layer-policy is neither in node_modules/.bin nor on PATH.
  → Run: npm install --global layer-policy    In a Git GUI, where a terminal finds it: sudo ln -sf "$(command -v layer-policy)" /usr/local/bin/
  → To do without it in this clone: npx layer-policy uninstall
`,
    });
    expect(refusal({ 'package.json': '{}' }).stderr).toContain('→ Run: npm install --save-dev layer-policy\n');
    expect(refusal({ 'package.json': '{"devDependencies":{"layer-policy":"1"}}' }).stderr).toContain(
      '→ Run: npm install\n',
    );
    expect(r.tryGit('rev-parse', '-q', '--verify', 'HEAD').code).not.toBe(0);
  });

  it('refuses loudly without node, and says what a Git GUI needs', () => {
    const path = pathWithout('node');
    const r = withStandIn(hooked(repo())).with({ PATH: path });
    const { code, stderr } = r.stage({ a: '1' }).tryGit('commit', '-m', 'one');
    expect(code).toBe(1);
    expect(stderr).toContain('✖ layer-policy cannot check this commit, so it is refused: node is not on PATH (');
    expect(stderr).toContain(path);
    expect(stderr).toMatch(/GUI.*\n.*nvm.*ln -sf "\$\(command -v node\)".*Volta/);
  });

  it('names what it refuses', () => {
    const r = repo()
      .commit('base', { a: '1' })
      .branch('side')
      .commit('s', { b: '1' })
      .branch('develop')
      .commit('o', { c: '1' });
    hooked(r);
    const bare = r.with({ PATH: pathWithout() });
    expect(bare.tryGit('merge', '--no-edit', 'side').stderr).toContain('cannot check this merge');
    const remote = r.clone('--bare');
    expect(bare.tryGit('push', remote.dir, 'HEAD:refs/heads/x').stderr).toContain('cannot check this push');
  });
});

describe('the hook that was there before', () => {
  it("runs first, and its failure is the commit's", () => {
    const { repo: r, calls } = watched(withStandIn(hooked(repo())));
    r.write({ '.git/hooks/pre-commit.before-layer-policy': standIn('before') }).commit('one', { a: '1' });
    expect(calls().map(({ by }) => by)).toEqual(['before', 'layer-policy']);
    r.write({ '.git/hooks/pre-commit.before-layer-policy': standIn('before', 3) });
    expect(r.stage({ b: '1' }).tryGit('commit', '-m', 'two').code).not.toBe(0);
    expect(calls().map(({ by }) => by)).toEqual(['before']);
  });

  it('gives its own exit status', () => {
    const { repo: r } = watched(withStandIn(hooked(repo())));
    for (const hook of ['pre-commit', 'pre-push']) {
      r.write({ [`.git/hooks/${hook}.before-layer-policy`]: standIn('before', 37) });
      expect(spawnSync('sh', [`.git/hooks/${hook}`], { cwd: r.dir, env: r.env, input: '' }).status).toBe(37);
    }
  });

  it('is passed over when git would not have run it', () => {
    const { repo: r, calls } = watched(withStandIn(hooked(repo())));
    r.write({ '.git/hooks/pre-commit.before-layer-policy': standIn('before').text });
    mkdirSync(join(r.dir, '.git/hooks/pre-commit.before-layer-policy.2'));
    r.commit('one', { a: '1' });
    expect(calls().map(({ by }) => by)).toEqual(['layer-policy']);
  });

  it('sees the variables as they are, the second one too', () => {
    const { repo: r, calls } = watched(withStandIn(hooked(repo())), { NODE_OPTIONS: '--no-warnings' });
    r.write({
      '.git/hooks/pre-commit.before-layer-policy': standIn('first'),
      '.git/hooks/pre-commit.before-layer-policy.2': standIn('second'),
    }).commit('one', { a: '1' });
    const seen = calls();
    expect(seen.map(({ by }) => by)).toEqual(['first', 'second', 'layer-policy']);
    expect(seen.map(({ vars }) => vars.includes('NODE_OPTIONS=--no-warnings'))).toEqual([true, true, false]);
  });

  it.each([
    ['reads the refs', standIn],
    ['reads none of them', deaf],
  ])('of a push %s, and the CLI gets all of them', (_, hook) => {
    const { repo: r, calls } = watched(withStandIn(repo()));
    const remote = r.commit('one', { a: '1' }).clone('--bare');
    const names = Array.from({ length: 900 }, (_, i) => `refs/heads/a-rather-long-branch-name-to-fill-the-pipe-${i}`);
    const head = r.head();
    r.feed(names.map((name) => `create ${name} ${head}\n`).join(''), 'update-ref', '--stdin');
    hooked(r).write({ '.git/hooks/pre-push.before-layer-policy': hook('before') });
    r.git('push', '-q', remote.dir, 'refs/heads/*:refs/heads/*');
    const [before, cli] = calls();
    expect(before?.by).toBe('before');
    expect(cli?.args).toEqual(['check', '--stage', 'pre-push', '--', remote.dir, remote.dir]);
    expect(cli?.stdin.split('\n').length).toBeGreaterThan(900);
    expect(cli?.stdin.length).toBeGreaterThan(128 * 1024);
    if (hook === standIn) expect(before?.stdin).toBe(cli?.stdin);
  });

  it('of a push with nothing to push gets an empty input, and so does the CLI', () => {
    const { repo: r, calls } = watched(withStandIn(hooked(repo())));
    const remote = r.commit('one', { a: '1' }).clone('--bare');
    calls();
    r.write({ '.git/hooks/pre-push.before-layer-policy': standIn('before') });
    r.git('push', '-q', remote.dir, 'develop');
    expect(calls().map(({ by, stdin }) => [by, stdin])).toEqual([
      ['before', ''],
      ['layer-policy', ''],
    ]);
  });

  it('may lead back here without an end', () => {
    // What pre-commit's own install makes of a hook that we had already kept: legacy is our file, and calls it again.
    const manager = (name: string) =>
      exec(`#!/bin/sh\nprintf 'by %s\\nin\\n\\0' ${name} >> "$STAND_IN_LOG"\n"\${0%/*}/pre-commit.legacy" "$@"\n`);
    const { repo: r, calls } = watched(withStandIn(repo()));
    r.write({
      '.git/hooks/pre-commit': manager('new'),
      '.git/hooks/pre-commit.legacy': exec(hookShim('pre-commit')),
      '.git/hooks/pre-commit.before-layer-policy': manager('old'),
    }).commit('one', { a: '1' });
    expect(calls().map(({ by }) => by)).toEqual(['new', 'old', 'layer-policy']);
    r.write({ '.git/hooks/pre-commit.before-layer-policy': manager('new') }).commit('two', { b: '1' });
    expect(calls().map(({ by }) => by)).toEqual(['new', 'layer-policy']);
  });

  it('may push to a mirror, which is judged as well', () => {
    const { repo: r, calls } = watched(withStandIn(repo()));
    const remote = r.commit('one', { a: '1' }).clone('--bare');
    const mirror = r.clone('--bare');
    r.commit('two', { b: '1' });
    const push = `#!/bin/sh\n[ "$2" = '${mirror.dir}' ] || git push -q '${mirror.dir}' develop\n`;
    hooked(r).write({ '.git/hooks/pre-push.before-layer-policy': exec(push) });
    r.git('push', '-q', remote.dir, 'develop');
    expect(calls().map(({ args }) => args.at(-1))).toEqual([mirror.dir, remote.dir]);
    expect(mirror.head('develop')).toBe(r.head());
  });
});
