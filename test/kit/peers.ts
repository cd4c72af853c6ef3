/** Other hook managers and linters, installed for real into a folder of their own the first time they are asked for. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import type { Repo } from './repo.js';

const folder = resolve('.peers');
const packages = ['@ls-lint/ls-lint@2.3.1', 'lefthook@2.2.2'];
const preCommit = 'pre-commit==4.7.0';
const samCli = 'aws-sam-cli==1.170.0';
const awsCli = 'awscli==1.44.49';
const uvCli = 'uv==0.13.9';

/** Their programs, for PATH: `ls-lint`, `lefthook`, `pre-commit`. */
export function peers(): string {
  const stamp = join(folder, [...packages, preCommit].join(' ').replaceAll('/', '_'));
  if (!existsSync(stamp)) {
    process.stderr.write('installing ls-lint, lefthook and pre-commit into .peers/\n');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    const run = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: 'ignore' });
    run('npm', 'install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', ...packages);
    run('python3', '-m', 'venv', join(folder, 'venv'));
    run(join(folder, 'venv/bin/pip'), 'install', '--quiet', preCommit);
    writeFileSync(stamp, '');
  }
  return [join(folder, 'node_modules/.bin'), join(folder, 'venv/bin')].join(delimiter);
}

/** The variables of a repository's processes with the peers on PATH. */
export function withPeers({ env }: Repo): Record<string, string> {
  // lefthook would ask the network for its newest version.
  return {
    ...env,
    PATH: [peers(), env.PATH].join(delimiter),
    LEFTHOOK_NO_UPDATE: '1',
    PRE_COMMIT_HOME: join(folder, 'cache'),
  };
}

/** SAM's program, which a bench alone asks for: it is large. */
export function sam(): string {
  return installed('SAM', samCli, 'bin/sam');
}

export function aws(): string {
  return installed('the AWS CLI', awsCli, 'bin/aws');
}

export function uv(): string {
  return installed('uv', uvCli, 'bin/uv');
}

/** A program from PyPI, in an environment of its own. */
function installed(name: string, requirement: string, program: string): string {
  const own = join(folder, requirement);
  if (!existsSync(join(own, program))) {
    process.stderr.write(`installing ${name} into .peers/\n`);
    mkdirSync(folder, { recursive: true });
    execFileSync('python3', ['-m', 'venv', own], { stdio: 'ignore' });
    execFileSync(join(own, 'bin/pip'), ['install', '--quiet', requirement], { stdio: 'ignore' });
  }
  return join(own, program);
}
