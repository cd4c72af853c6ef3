import { spawn } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { pathWithout } from '../hooks/stand-in.js';
import { cliPath, installCli } from '../kit/cli.js';
import { writeFiles } from '../kit/files.js';
import { exec, type Repo, symlink } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';
import { allowed, bad, check, governed, pastHooks, pushed, refused } from './governed.js';
import { trap } from './trap.js';

const told = ['no-build-commits', '.build/x'];

/** As a clone whose packages npm installed: the program is in node_modules and nowhere else. */
function withPackages(): Repo {
  const r = installCli(governed().with({ PATH: pathWithout() }));
  return r.stage({ 'package.json': '{"devDependencies":{"layer-policy":"1.0.0"}}\n' }).commit('packages');
}

trap('41', () => {
  const r = withPackages();
  const tree = r.worktree('side');
  expect(tree.exists('node_modules')).toBe(false);
  refused(tree.stage(bad).tryGit('commit', '-m', 'x'), ...told);
  rmSync(join(r.dir, 'node_modules'), { recursive: true });
  tree.git('rm', '-q', '--cached', '.build/x');
  refused(tree.stage({ 'docs/a.md': 'a' }).tryGit('commit', '-m', 'x'), 'Run: npm install');
});

trap('42', () => {
  const r = withPackages();
  r.stage({ 'docs/a.md': 'a' });
  r.git('clean', '-fdxq');
  expect(r.exists('node_modules')).toBe(false);
  refused(r.tryGit('commit', '-m', 'x'), 'cannot check this commit, so it is refused', 'Run: npm install');
  allowed(installCli(r).tryGit('commit', '-m', 'x'));
});

describe('the policy', () => {
  const broken: [what: string, text: string | null, says: string][] = [
    ['missing', null, 'There is no policy'],
    ['half written', '{"layers": {', '.layerpolicyrc.json'],
    ['with a key nobody knows', '{"layer": {}}', 'did you mean "layers"'],
    ['with a rule nobody knows', '{"layers": {}, "rules": {"no-build-comits": "off"}}', 'no-build-commits'],
    ['empty', '', '.layerpolicyrc.json'],
    ['of a wrong type', '{"layers": []}', 'layers'],
  ];
  for (const [what, text, says] of broken) {
    trap('43', what, () => {
      const { r, push } = pushed();
      r.git('update-ref', '-d', 'refs/remotes/origin/develop');
      r.git('branch', '-q', '-m', 'feature');
      r.stage({ '.layerpolicyrc.json': text, 'docs/a.md': 'a' });
      expect(check(r, ['--stage', 'pre-commit']).code).toBe(2);
      refused(r.tryGit('commit', '-m', 'x'), says);
      pastHooks(r, 'x');
      refused(push('feature'), says);
      expect(check(r, ['--stage', 'all']).code).toBe(2);
      expect(check(r, ['--stage', 'ci', '--from', 'HEAD^']).code).toBe(2);
    });
  }

  trap('43', 'in YAML, half written', () => {
    const r = governed().stage({ '.layerpolicyrc.json': null, '.layerpolicyrc.yaml': 'layers: {\nrules\n' });
    refused(r.tryGit('commit', '-m', 'x'), '.layerpolicyrc.yaml');
    refused(r.stage({ '.layerpolicyrc.json': '{"layers": {}}' }).tryGit('commit', '-m', 'x'), 'Two policies');
  });

  trap('44', () => {
    const r = governed();
    const policy = JSON.parse(r.read('.layerpolicyrc.json'));
    const loose = JSON.stringify({ ...policy, rules: { 'no-build-commits': 'off', 'policy-change': 'off' } });
    r.stage(bad).write({ '.layerpolicyrc.json': loose });
    refused(r.tryGit('commit', '-m', 'x'), ...told);
    r.git('add', '.layerpolicyrc.json');
    r.write({ '.layerpolicyrc.json': '{' });
    expect(check(r, ['--stage', 'pre-commit']).found).not.toContain('no-build-commits .build/x');
  });
});

/** Every file of a folder with its kind, bytes and times; a folder's time tells that something was in it for a while. */
function everything(folder: string, prefix = ''): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    const { mode, mtimeNs } = lstatSync(path, { bigint: true });
    const name = `${prefix}${entry.name} ${mode} ${mtimeNs}`;
    if (entry.isDirectory()) return [name, ...everything(path, `${prefix}${entry.name}/`)];
    return [`${name} ${entry.isSymbolicLink() ? readlinkSync(path) : readFileSync(path).toString('base64')}`];
  });
}

trap('47', () => {
  const r = governed();
  pastHooks(r, 'past the hooks', bad);
  r.stage({ 'arn.txt': 'x' }).write({ 'arn.txt': 'y', '.git/index.lock': '', '.git/HEAD.lock': '', new: 'untracked' });
  const stdin = `refs/heads/x ${r.head()} refs/heads/x ${r.head('HEAD^')}\n`;
  const before = everything(r.dir);
  expect(check(r, ['--stage', 'pre-commit']).found).toEqual(['no-root-arn arn.txt']);
  for (const args of [
    ['--stage', 'all'],
    ['--from', 'HEAD^'],
    ['--stage', 'pre-push', '--', 'origin', 'url'],
  ]) {
    expect(check(r, args, { stdin }).found).toContain(told.join(' '));
  }
  expect(everything(r.dir)).toEqual(before);
});

/** Where a run is ended: at which of its git processes, before or after that has answered. */
const points = [
  'case "$*" in *--raw*) end;; esac; exec "$real" "$@"',
  'case "$*" in *--raw*) "$real" "$@"; end;; esac; exec "$real" "$@"',
  'case "$*" in *cat-file*) end;; esac; exec "$real" "$@"',
  'case "$*" in *cat-file*) head -c 1 >/dev/null; end;; esac; exec "$real" "$@"',
];

for (const [who, end] of [
  ['the program', 'kill -9 $PPID'],
  ['git, the hook and the program', 'kill -9 0'],
] as const) {
  trap('40', who, async () => {
    const r = governed().stage({ 'docs/a.md': 'staged', 'docs/link': symlink('nowhere'), 'README.md': null });
    r.write({ 'docs/a.md': 'not staged', 'src_v2/inbox_core/item.py': 'edited', new: 'untracked' });
    r.git('update-ref', 'refs/stash', r.git('stash', 'create'));
    const shim = tempFolder('shim');
    // Git puts its own folder in front of the PATH of a hook, so the shim comes in with the program.
    const program = `#!/bin/sh\nPATH='${shim}':$PATH exec node '${cliPath()}' "$@"\n`;
    r.write({ 'node_modules/.bin/layer-policy': exec(program) });
    const before = everything(r.dir).filter(kept);
    for (const point of points) {
      const real = `real='${r.git('--exec-path')}/git'`;
      writeFiles(shim, { git: exec(`#!/bin/sh\n${real}\nend() { ${end}; }\n${point}\n`) });
      expect(await commit(r)).not.toBe(0);
      expect(everything(r.dir).filter(kept)).toEqual(before);
    }
    writeFiles(shim, { git: null });
    expect(await commit(r)).toBe(0);
  });
}

/** In a process group of its own, so that nobody else is ended with it. */
function commit(r: Repo): Promise<number | null> {
  const child = spawn('git', ['commit', '-q', '-m', 'x'], { cwd: r.dir, env: r.env, detached: true, stdio: 'ignore' });
  return new Promise((resolve) => child.on('close', resolve));
}

/** Git itself takes a lock before the hook runs and gives it back, which the time of its folder tells. */
const kept = (line: string) => !/^\.git \d/.test(line);
