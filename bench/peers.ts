/** The one rule that all of them can keep, said to each, and their hooks. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { withPeers } from '../test/kit/peers.js';
import type { Repo } from '../test/kit/repo.js';

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
