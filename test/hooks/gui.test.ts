import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cliPath } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import type { Repo } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';
import { pathOf, pathWithout } from './stand-in.js';

const programAt = (name: string) => spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();

/** A home where Node and this program came by a manager of Node versions; `PATH` is what a terminal has there. */
function managed(folder: string) {
  const home = tempFolder('home');
  const bin = join(home, folder);
  mkdirSync(bin, { recursive: true });
  symlinkSync(process.execPath, join(bin, 'node'));
  writeFileSync(join(bin, 'layer-policy'), `#!/bin/sh\nexec node '${cliPath()}' "$@"\n`);
  chmodSync(join(bin, 'layer-policy'), 0o755);
  const login = pathWithout('node');
  symlinkSync(programAt('ln'), join(login, 'ln'));
  const on = exampleRepo();
  return { bin, login, on: on.with({ HOME: home, PATH: pathOf(bin, login) }) };
}

/** As a GUI starts git: with the variables that are named, and no others. */
function fromGui(on: Repo, variables: Record<string, string>, ...args: string[]) {
  const named = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  const done = spawnSync('/usr/bin/env', ['-i', ...named, programAt('git'), ...args], {
    cwd: on.dir,
    encoding: 'utf8',
  });
  return { code: done.status, stderr: done.stderr };
}

const run = (on: Repo, line: string) => spawnSync('sh', ['-c', line], { cwd: on.dir, env: on.env, encoding: 'utf8' });

describe('Node by nvm', () => {
  const folder = '.nvm/versions/node/v22.12.0/bin';

  it('a GUI is refused in words, and passes once the two lines of advice are followed', () => {
    const { on, login, bin } = managed(folder);
    const installed = run(on, 'layer-policy install');
    expect(installed.status, installed.stderr).toBe(0);
    expect(installed.stdout).toContain(`Node comes from nvm here (${bin}), which a Git GUI does not see`);
    expect(run(on, 'git commit --allow-empty -m "in a terminal"').status).toBe(0);

    const seen = join(tempFolder('local'), 'bin');
    mkdirSync(seen);
    const commit = () => fromGui(on, { PATH: pathOf(login, seen) }, 'commit', '--allow-empty', '-m', 'from a GUI');
    const follow = (stderr: string) => {
      const [, advice = 'false'] = /sudo (ln -sf "\$\(command -v [\w-]+\)" )\/usr\/local\/bin\//.exec(stderr) ?? [];
      expect(run(on, `${advice}${seen}/`).status, stderr).toBe(0);
    };
    const first = commit();
    expect(first.code).toBe(1);
    expect(first.stderr).toContain('✖ layer-policy cannot check this commit, so it is refused: node is not on PATH (');
    follow(first.stderr);
    const second = commit();
    expect(second.code).toBe(1);
    expect(second.stderr).toContain('layer-policy is neither in node_modules/.bin nor on PATH');
    follow(second.stderr);
    const third = commit();
    expect(third.code, third.stderr).toBe(0);
    // It is judged there, and not only let pass.
    on.write({ 'x_arn.txt': 'arn' }).git('add', '-f', 'x_arn.txt');
    expect(commit().stderr).toContain('no-root-arn');
  });

  it('one line of install says it all before, and doctor says it again', () => {
    const { on, login } = managed(folder);
    const [, advice = 'false'] =
      /Run: sudo (.*) \/usr\/local\/bin\/$/m.exec(run(on, 'layer-policy install').stdout) ?? [];
    const seen = join(tempFolder('local'), 'bin');
    mkdirSync(seen);
    expect(run(on, `${advice} ${seen}/`).status).toBe(0);
    const commit = fromGui(on, { PATH: pathOf(login, seen) }, 'commit', '--allow-empty', '-m', 'from a GUI');
    expect(commit.code, commit.stderr).toBe(0);
    expect(run(on, 'layer-policy doctor').stdout).toContain('Node comes from nvm here');
  });

  it('without any PATH a commit is refused in words or judged, and never let pass unseen', () => {
    const { on } = managed(folder);
    run(on, 'layer-policy install');
    on.write({ 'x_arn.txt': 'arn' }).git('add', '-f', 'x_arn.txt');
    const { code, stderr } = fromGui(on, {}, 'commit', '-m', 'from a GUI');
    expect(code).toBe(1);
    expect(stderr).toMatch(/✖ (layer-policy cannot check this commit, so it is refused: |no-root-arn)/);
    expect(stderr).toContain('→ ');
  });

  it('where the packages of the repository have the program, node alone is lacked', () => {
    const { on } = managed(folder);
    const { stdout } = run(on.write({ 'node_modules/.bin/layer-policy': '' }), 'layer-policy install');
    expect(stdout).toContain('sudo ln -sf "$(command -v node)" /usr/local/bin/');
    expect(stdout).not.toContain('command -v layer-policy');
  });
});

it('Volta is put on the PATH of the login, for its programs choose by folder', () => {
  const { on } = managed('.volta/bin');
  expect(run(on, 'layer-policy install').stdout).toContain(
    `Run: echo 'export PATH="$HOME/.volta/bin:$PATH"' >> ~/.profile`,
  );
});

it('Node of the system needs no word', () => {
  const { on } = managed('local/bin');
  expect(run(on, 'layer-policy install').stdout).not.toContain('Git GUI');
});

it.each(['12.22.12', '18.20.8', '20.18.3'])('Node %s is told that it is too old', (version) => {
  const old = join(tempFolder('old'), 'old.cjs');
  writeFileSync(old, `Object.defineProperty(process.versions, 'node', { value: '${version}' });\n`);
  const done = spawnSync(process.execPath, ['-r', old, cliPath(), '--version'], { encoding: 'utf8' });
  expect([done.status, done.stdout]).toEqual([4, '']);
  expect(done.stderr).toContain('layer-policy needs Node 20.19 or newer');
});
