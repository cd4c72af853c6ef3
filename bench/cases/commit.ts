import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../test/kit/cli.js';
import { withPeers } from '../../test/kit/peers.js';
import { exec, type Repo } from '../../test/kit/repo.js';
import type { Variant } from '../measure.js';
import { configure, installPeerHooks } from '../peers.js';
import type { Case } from './case.js';

export const commit: Case = {
  id: 'commit',
  title: 'git commit, 20 files staged',
  variants(fixture) {
    const { repo } = fixture;
    repo.write({ '.git/no-hooks/README': '', '.git/sh-hooks/pre-commit': exec('#!/bin/sh\n:\n') });
    configure(repo);
    const peers = installPeerHooks(repo);
    const ours = installOurs(repo);
    const husky = installHusky(repo);

    const variant = (name: string, hooks: string, what: 'layer' | 'other', before = () => {}): Variant => ({
      name,
      command: ['git', 'commit', '-q', '-m', 'bench'],
      cwd: repo.dir,
      env: withPeers(repo),
      prepare() {
        fixture.stage(what);
        repo.git('config', 'core.hooksPath', hooks);
        before();
      },
    });
    // lint-staged is named without npx: husky has put it on PATH, and npx would only make it slower.
    const say = (script: string) => () => writeFileSync(join(repo.dir, '.husky/pre-commit'), script);
    return [
      variant('no hook', '.git/no-hooks', 'layer'),
      variant('sh :', '.git/sh-hooks', 'layer'),
      variant("layer-policy, 10 of the layer's source", ours, 'layer'),
      variant('layer-policy, none the policy is about', ours, 'other'),
      variant('husky, empty hook', husky, 'layer', say('')),
      variant('husky + lint-staged running true', husky, 'layer', say('lint-staged --quiet\n')),
      variant('lefthook, nothing below .build/', peers.lefthook, 'layer'),
      variant('pre-commit, nothing below .build/', peers.preCommit, 'layer'),
    ];
  },
};

/** Our hooks as a user gets them; returns their folder. */
function installOurs(repo: Repo): string {
  repo.tryGit('config', '--unset', 'core.hooksPath');
  const { code, stderr } = run(repo.dir, ['install'], { env: repo.env });
  if (code !== 0 || !repo.exists('.git/hooks/pre-commit')) throw new Error(`install ended with ${code}\n${stderr}`);
  return '.git/hooks';
}

function installHusky(repo: Repo): string {
  execFileSync(process.execPath, ['node_modules/.bin/husky'], { cwd: repo.dir, env: repo.env });
  return repo.git('config', 'core.hooksPath');
}
