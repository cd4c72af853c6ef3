import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { isolatedEnv } from '../kit/isolated.js';
import { arn, story } from '../kit/original.js';
import { type Repo, repo } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';

interface Step {
  line: string;
  seconds: number;
  code: number;
  text: string;
}

/** Where npm of this machine looks for packages, and whom it trusts there, is no business of the story. */
function npmVariables(): Record<string, string | undefined> {
  const settings = Object.entries(process.env).filter(([name]) => /^npm_config_(?!prefix)/i.test(name));
  const own = join(homedir(), '.npmrc');
  const cache = spawnSync('npm', ['config', 'get', 'cache'], { encoding: 'utf8' }).stdout.trim();
  return {
    ...Object.fromEntries(settings),
    ...(existsSync(own) && { NPM_CONFIG_USERCONFIG: own }),
    NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS,
    NPM_CONFIG_CACHE: cache,
    NPM_CONFIG_UPDATE_NOTIFIER: 'false',
  };
}

/** A machine that has git, Node and nothing of this tool, and a fresh clone on it. */
function newcomer(): Repo {
  const shared = repo().commit('as it was', story);
  const prefix = tempFolder('prefix');
  const clone = shared.clone();
  return clone.with({
    ...npmVariables(),
    NPM_CONFIG_PREFIX: prefix,
    HOME: tempFolder('home-of-newcomer'),
    PATH: [join(prefix, 'bin'), isolatedEnv().PATH].join(delimiter),
  });
}

function pack(): string {
  const folder = tempFolder('packed');
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  const { stdout, stderr } = spawnSync('npm', args, { encoding: 'utf8' });
  if (!stdout.trim().endsWith('.tgz')) throw new Error(`npm pack: ${stderr}`);
  return resolve(folder, stdout.trim());
}

it('a newcomer is governed after two commands, and has released after six', { timeout: 600_000 }, () => {
  const tarball = pack();
  const on = newcomer();
  const steps: Step[] = [];
  const types = (line: string): Step => {
    const begin = performance.now();
    const done = spawnSync('sh', ['-c', `${line} 2>&1`], { cwd: on.dir, env: on.env, encoding: 'utf8' });
    const step = { line, seconds: (performance.now() - begin) / 1000, code: done.status ?? 128, text: done.stdout };
    steps.push(step);
    return step;
  };
  const passes = (line: string): Step => {
    const step = types(line);
    expect(step.code, `${line}\n${step.text}`).toBe(0);
    return step;
  };

  expect(on.tryGit('-c', 'alias.x=!command -v layer-policy', 'x').code).not.toBe(0);
  passes(`npm install --global --no-audit --no-fund ${tarball}`);
  const init = passes('layer-policy init --yes');
  expect(init.text).toContain('git rm  inbox_core_layer_arn.txt');

  // Their own work, with all that init made.
  on.write({ 'src_v2/inbox_core/feed.py': 'def items(event):\n    return event.get("items") or []\n' });
  passes('git add --all');
  const refused = types('git commit -m "Take no items for none, governed"');
  expect(refused.code, refused.text).toBe(1);
  expect(refused.text).toContain('version-bump');
  expect(refused.text).toContain('layer-policy bump inbox-core patch');

  // The fix, the one file that is edited by hand because of the tool.
  on.write({ VERSION: on.read('VERSION').replace('INBOX_CORE_VERSION=1.2.3', 'INBOX_CORE_VERSION=1.2.4') });
  passes('git commit -a -m "Take no items for none, governed"');
  const released = passes('layer-policy release inbox-core --env local');

  expect(released.text).toContain('inbox-core 1.2.4');
  expect(on.exists('.build/layers/inbox-core-1.2.4.zip')).toBe(true);
  expect(on.git('status', '--porcelain')).toBe('');
  const check = spawnSync('layer-policy', ['check', '--stage', 'all'], { cwd: on.dir, env: on.env, encoding: 'utf8' });
  expect(check.status, check.stdout).toBe(0);
  const told = spawnSync('layer-policy', ['arn', 'inbox-core', '--env', 'dev'], {
    cwd: on.dir,
    env: on.env,
    encoding: 'utf8',
  });
  expect(told.stdout).toBe(`${arn('inbox-core', 28)}\n`);

  const shown = steps.map(({ line, seconds, code }, at) => {
    const short = line.replace(tarball, 'layer-policy.tgz');
    return `  ${at + 1}. ${seconds.toFixed(1).padStart(5)} s  ${code === 0 ? '✔' : '✖'} ${short}`;
  });
  console.info(['newcomer:', ...shown].join('\n'));
  expect(steps.length).toBeLessThanOrEqual(6);
});
