import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hookNames, hookShim } from '../../src/hooks/shim.js';
import { picture } from '../hooks/picture.js';
import { deaf, standIn, watched, withStandIn } from '../hooks/stand-in.js';
import { run, withCli } from '../kit/cli.js';
import { exec, type Repo, repo, symlink } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';

interface Document {
  ok: boolean;
  written: string[];
  kept: string[];
  hooks: { hook: string; path: string; state: string; kept: string[]; restored: boolean }[];
  notes: string[];
}

const call = (r: Repo, command: 'install' | 'uninstall', dir = r.dir) => run(dir, [command, '--json'], { env: r.env });
function install(r: Repo, dir = r.dir): Document {
  const result = call(r, 'install', dir);
  expect(result.code, result.stdout + result.stderr).toBe(0);
  return result.json() as Document;
}

const hooksOf = (r: Repo) => picture(join(r.dir, '.git/hooks'));

describe('install', () => {
  it('writes three executable hooks into a folder that is not there yet, and nothing a second time', () => {
    const r = repo();
    expect(install(r)).toMatchObject({
      ok: true,
      written: hookNames.map((hook) => `.git/hooks/${hook}`),
      kept: [],
      hooks: hookNames.map((hook) => ({ hook, path: `.git/hooks/${hook}`, state: 'installed', kept: [] })),
    });
    const first = hooksOf(r);
    expect(first).toEqual(Object.fromEntries(hookNames.map((hook) => [hook, `755 ${hookShim(hook)}`])));
    expect(install(r)).toMatchObject({ written: [], hooks: hookNames.map((hook) => ({ hook, state: 'unchanged' })) });
    expect(hooksOf(r)).toEqual(first);
    expect(r.tryGit('config', 'core.hooksPath').code).toBe(1);
  });

  it('works from a sub folder and for all worktrees at once', () => {
    const { repo: r, calls } = watched(withStandIn(repo()));
    const tree = r.commit('one', { 'sub/a': '1' }).worktree('side');
    install(tree, join(tree.dir, 'sub'));
    r.commit('two', { b: '1' });
    tree.commit('three', { c: '1' });
    expect(calls().map(({ cwd }) => cwd)).toEqual([r.dir, tree.dir]);
    expect(install(r).written).toEqual([]);
  });

  it('brings an older or damaged hook of ours up to date without chaining it', () => {
    const r = repo().write({ '.git/hooks/pre-commit': exec('#!/bin/sh\n# layer-policy hook: pre-commit\nexec old\n') });
    install(r);
    r.write({ '.git/hooks/pre-push': hookShim('pre-push') });
    expect(install(r).hooks.map(({ state }) => state)).toEqual(['unchanged', 'unchanged', 'updated']);
    expect(hooksOf(r)).toEqual(Object.fromEntries(hookNames.map((hook) => [hook, `755 ${hookShim(hook)}`])));
  });

  it('says what would keep the hooks from running', () => {
    const r = repo();
    expect(install(r).notes).toEqual([
      expect.stringMatching(/will not find it\. Run: npm install --global layer-policy$/),
    ]);
    r.write({ 'package.json': '{"devDependencies":{"layer-policy":"1.0.0"}}' });
    expect(install(r).notes).toEqual([expect.stringMatching(/Run: npm install$/)]);
    expect(install(withStandIn(r)).notes).toEqual([]);
    expect(install(withCli(repo())).notes).toEqual([]);
  });

  it('is content without a repository only where npm runs it', () => {
    const dir = tempFolder('nowhere');
    const alone = run(dir, ['install', '--json'], { env: { GIT_CEILING_DIRECTORIES: dir } });
    expect(alone.code).toBe(4);
    expect(alone.json()).toMatchObject({ ok: false, error: { code: 'not-a-repository' } });
    const asScript = run(dir, ['install'], { env: { npm_lifecycle_event: 'prepare' } });
    expect(asScript).toMatchObject({
      code: 0,
      stdout: 'There is no git repository here, so there are no hooks to install.\n',
    });
    const withoutGit = run(dir, ['install'], { env: { npm_lifecycle_event: 'prepare', PATH: dir } });
    expect(withoutGit.code).toBe(0);
  });
});

describe('a hook that is there', () => {
  const odd = '#!/bin/sh\n# no newline at the end, bytes beyond ASCII: \xe9';

  it.each<[string, (hooks: string) => void]>([
    ['a script of mode 711', (hooks) => put(hooks, 'pre-commit', odd, 0o711)],
    ['one that is not executable', (hooks) => put(hooks, 'pre-push', odd, 0o640)],
    ['a relative link', (hooks) => symlinkSync('../../scripts/check', join(hooks, 'pre-commit'))],
    ['a link to nothing', (hooks) => symlinkSync('nowhere', join(hooks, 'pre-merge-commit'))],
    ['an empty file', (hooks) => put(hooks, 'pre-commit', '', 0o755)],
  ])('comes back as it was: %s', (_, make) => {
    const r = repo().write({ 'scripts/check': exec('#!/bin/sh\nexit 0\n') });
    const hooks = join(r.dir, '.git/hooks');
    mkdirSync(hooks);
    make(hooks);
    const before = hooksOf(r);
    const [name = ''] = Object.keys(before);
    expect(install(r).kept).toEqual([`.git/hooks/${name}.before-layer-policy`]);
    const installed = hooksOf(r);
    expect(Object.keys(installed)).toHaveLength(4);
    expect(install(r).written).toEqual([]);
    expect(hooksOf(r)).toEqual(installed);
    expect(call(r, 'uninstall').code).toBe(0);
    expect(hooksOf(r)).toEqual(before);
  });

  it('still runs through a link, beside the file it leads to', () => {
    const { repo: r, calls } = watched(withStandIn(repo()));
    r.write({ 'scripts/check': standIn('linked'), '.git/hooks/pre-commit': symlink('../../scripts/check') });
    install(r);
    r.commit('one', { a: '1' });
    expect(calls().map(({ by }) => by)).toEqual(['linked', 'layer-policy']);
  });

  it('may be a link to our own hook, which is no hook to chain', () => {
    const { repo: r, calls } = watched(withStandIn(repo()));
    r.write({ '.git/hooks/pre-commit': standIn('before'), '.git/hooks/pre-merge-commit': symlink('pre-commit') });
    const before = hooksOf(r);
    expect(install(r).hooks.map(({ state }) => state)).toEqual(['installed', 'unchanged', 'installed']);
    r.commit('base', { a: '1' }).branch('side').commit('s', { b: '1' }).branch('develop').commit('o', { c: '1' });
    calls();
    r.merge('side');
    expect(calls().map(({ by }) => by)).toEqual(['before', 'layer-policy']);
    call(r, 'uninstall');
    expect(hooksOf(r)).toEqual(before);
  });

  it('is refused when it is a folder', () => {
    const r = repo();
    mkdirSync(join(r.dir, '.git/hooks/pre-commit'), { recursive: true });
    expect(call(r, 'install').json()).toMatchObject({ error: { code: 'file-system' } });
  });
});

describe('after another tool took the place', () => {
  /** Both hooks run once, ours once, and no copy of ours is left under another name. */
  function expectAll(r: Repo, calls: () => { by: string }[], names: string[]) {
    calls();
    r.commit('judged', {});
    expect(calls().map(({ by }) => by)).toEqual([...names, 'layer-policy']);
    const ours = Object.entries(hooksOf(r)).filter(([, text]) => text.includes('# layer-policy hook: pre-commit'));
    expect(ours.map(([name]) => name)).toEqual(['pre-commit']);
  }

  it('keeps both when it wrote over ours', () => {
    const { repo: r, calls } = watched(withStandIn(repo()));
    install(r.write({ '.git/hooks/pre-commit': standIn('first') }));
    r.write({ '.git/hooks/pre-commit': deaf('second') });
    expect(install(r).kept).toEqual([
      '.git/hooks/pre-commit.before-layer-policy',
      '.git/hooks/pre-commit.before-layer-policy.2',
    ]);
    expectAll(r, calls, ['first', 'second']);
    expect(install(r).written).toEqual([]);
    // Only one fits into the place; the newest was there last. The other is left, and said to be.
    const { kept, hooks } = call(r, 'uninstall').json() as Document;
    expect(kept).toEqual(['.git/hooks/pre-commit.before-layer-policy']);
    expect(hooks[0]).toMatchObject({ state: 'removed', restored: true });
    expect(r.read('.git/hooks/pre-commit')).toBe(deaf('second').text);
  });

  it.each(['legacy', 'old'])('drops the copy of ours it set aside as .%s', (suffix) => {
    const { repo: r, calls } = watched(withStandIn(repo()));
    install(r.write({ '.git/hooks/pre-commit': standIn('first') }));
    r.write({
      [`.git/hooks/pre-commit.${suffix}`]: exec(hookShim('pre-commit')),
      '.git/hooks/pre-commit': deaf('second'),
    });
    install(r);
    expectAll(r, calls, ['first', 'second']);
  });

  it('drops the older of two files of one manager', () => {
    const { repo: r, calls } = watched(withStandIn(repo()));
    const lefthook = (by: string) =>
      exec(`${deaf(by).text.replace('exit 0', '')}call_lefthook() { :; }\ncall_lefthook run\n`);
    install(r.write({ '.git/hooks/pre-commit': lefthook('older') }));
    install(r.write({ '.git/hooks/pre-commit': lefthook('newer') }));
    expectAll(r, calls, ['newer']);
    install(r.write({ '.git/hooks/pre-commit': lefthook('newer') }));
    expectAll(r, calls, ['newer']);
    call(r, 'uninstall');
    expect(r.read('.git/hooks/pre-commit')).toBe(lefthook('newer').text);
  });

  it('takes the place back when a manager syncs its hooks in the middle of a commit', () => {
    const { repo: r, calls } = watched(withCli(repo()));
    // As lefthook does when its configuration changed: what is there goes to .old, its own file comes instead.
    const manager = (by: string) =>
      exec(`${deaf(by).text.replace('exit 0', '')}call_lefthook() {
  [ -e sync ] || return 0
  rm sync
  mv .git/hooks/pre-commit .git/hooks/pre-commit.old
  cp next .git/hooks/pre-commit
}
call_lefthook
`);
    r.write({
      '.git/hooks/pre-commit': manager('older'),
      next: manager('newer'),
      '.layerpolicyrc.json': '{"layers":{}}',
      sync: '',
    });
    install(r);
    const { code, stderr } = r.tryGit('commit', '--allow-empty', '-m', 'synced meanwhile');
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('.git/hooks/pre-commit        installed');
    expect(calls().map(({ by }) => by)).toEqual(['older']);
    expect(r.stage({ '.build/x': '1' }).tryGit('commit', '-m', 'judged').stderr).toContain('no-build-commits');
    expect(calls().map(({ by }) => by)).toEqual(['newer']);
    expect(Object.keys(hooksOf(r))).toEqual([
      'pre-commit',
      'pre-commit.before-layer-policy',
      'pre-merge-commit',
      'pre-push',
    ]);
  });

  it('goes on where a stopped run left a kept hook and no other', () => {
    const { repo: r, calls } = watched(withStandIn(repo()));
    r.write({ '.git/hooks/pre-commit.before-layer-policy': standIn('first') });
    install(r);
    expectAll(r, calls, ['first']);
  });
});

describe('core.hooksPath', () => {
  it('of a folder that others share is refused, and the fix on screen is the fix', () => {
    const shared = tempFolder('shared hooks');
    const config = join(tempFolder('config'), 'gitconfig');
    writeFileSync(config, `[core]\n\thooksPath = ${shared}\n`);
    const r = withStandIn(repo()).with({ GIT_CONFIG_GLOBAL: config });
    const refused = run(r.dir, ['install'], { env: r.env });
    expect(refused.code).toBe(4);
    expect(refused.stderr).toContain(`core.hooksPath is '${shared}', outside of this repository`);
    expect(readdirSync(shared)).toEqual([]);
    const [, fix] = /run: (git config .*?) && layer-policy install\./.exec(refused.stderr) ?? [];
    expect(spawnSync('sh', ['-c', fix ?? 'false'], { cwd: r.dir, env: r.env }).status).toBe(0);
    expect(install(r).written).toEqual(hookNames.map((hook) => `.git/hooks/${hook}`));
  });

  it('that leads nowhere is refused, and the fix on screen is the fix', () => {
    const r = repo();
    r.git('config', 'core.hooksPath', 'gone/hooks');
    const refused = run(r.dir, ['install'], { env: r.env });
    expect(refused).toMatchObject({ code: 4, stderr: expect.stringContaining('there is no such folder') });
    const [, fix] = /Run: (git config .*?) && layer-policy install/.exec(refused.stderr) ?? [];
    expect(spawnSync('sh', ['-c', fix ?? 'false'], { cwd: r.dir, env: r.env }).status).toBe(0);
    install(r);
  });

  it('of a folder of this repository is used, and never changed', () => {
    const { repo: r, calls } = watched(withStandIn(repo()));
    r.write({ '.githooks/pre-commit': standIn('team') }).git('config', 'core.hooksPath', '.githooks');
    expect(install(r).kept).toEqual(['.githooks/pre-commit.before-layer-policy']);
    r.commit('one', { a: '1' });
    expect(calls().map(({ by }) => by)).toEqual(['team', 'layer-policy']);
    expect(r.git('config', 'core.hooksPath')).toBe('.githooks');
    call(r, 'uninstall');
    expect(picture(join(r.dir, '.githooks'))).toEqual({ 'pre-commit': `755 ${standIn('team').text}` });
  });

  it('aside, a hooks folder that is a link out of the repository is refused', () => {
    const shared = tempFolder('elsewhere');
    const r = repo();
    symlinkSync(shared, join(r.dir, '.git/hooks'));
    expect(call(r, 'install').json()).toMatchObject({
      error: { code: 'hook-foreign', hint: expect.stringContaining('rm ') },
    });
    expect(readdirSync(shared)).toEqual([]);
  });
});

function put(folder: string, name: string, text: string, mode: number) {
  writeFileSync(join(folder, name), text, 'latin1');
  chmodSync(join(folder, name), mode);
}
