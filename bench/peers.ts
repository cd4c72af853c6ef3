/** The tools that others use for a part of this work, in a folder of their own that is made at the first bench. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import type { Repo } from '../test/kit/repo.js';

const folder = resolve('.peers');
const packages = ['@ls-lint/ls-lint@2.3.1', 'lefthook@2.2.2'];
const preCommit = 'pre-commit==4.7.0';

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

/**
 * What no path below `.build/` may be: the one rule that all of them can keep. Written beside the index, so untracked and
 * ignored, and the same for a commit as for the whole tree.
 */
export function configure(repo: Repo): void {
  repo.write({
    'lefthook.yml': `no_auto_install: true
output: [failure]
pre-commit:
  commands:
    build:
      glob: ".build/**"
      run: "false {staged_files}"
tree:
  commands:
    build:
      files: git ls-files
      glob: ".build/**"
      run: "false {files}"
`,
    '.pre-commit-config.yaml': `repos:
  - repo: local
    hooks:
      - id: build
        name: build
        language: fail
        entry: nothing below .build
        files: ^\\.build/
`,
    '.ls-lint.yml': `ls:
  .zip: regex:[a-z-]+-[0-9]+\\.[0-9]+\\.[0-9]+
  .build:
    .dir: regex:nothing
ignore:
  - .git
  - node_modules
`,
  });
}

/** Their hooks as their own installers write them, each in a folder of its own. */
export function installPeerHooks(repo: Repo): { lefthook: string; preCommit: string } {
  const env = withPeers(repo);
  repo.tryGit('config', '--unset', 'core.hooksPath');
  const place = (name: string, ...args: string[]) => {
    const hooks = join(repo.dir, '.git/hooks');
    rmSync(hooks, { recursive: true, force: true });
    mkdirSync(hooks);
    execFileSync(name, args, { cwd: repo.dir, env, stdio: 'ignore' });
    if (!existsSync(join(hooks, 'pre-commit'))) throw new Error(`${name} installed no hook`);
    const kept = `.git/hooks-${name}`;
    renameSync(hooks, join(repo.dir, kept));
    return kept;
  };
  return { lefthook: place('lefthook', 'install', '--force'), preCommit: place('pre-commit', 'install') };
}
