import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../kit/cli.js';
import type { Repo } from '../kit/repo.js';

/** What the tests of `release` share: the command line, and what it leaves. */

export const release = (on: Repo, ...args: string[]) =>
  run(on.dir, ['release', '--env', 'local', ...args], { env: on.env });
export const recorded = (on: Repo, ...args: string[]) => release(on, '--record', ...args);
export const error = (result: { stdout: string }) => JSON.parse(result.stdout).error.code;
export const manifest = (on: Repo, name = 'core') =>
  JSON.parse(on.read(`layer_management/active/${name}/manifest.json`));
export const versions = (on: Repo, name = 'core') => {
  const folder = join(on.dir, `.build/registry/local/versions/${name}-local`);
  return on.exists(`.build/registry/local/versions/${name}-local`) ? readdirSync(folder) : [];
};
/** Nothing of a release is there: not in the registry, not in git, not left lying. */
export const untouched = (on: Repo) => [
  versions(on),
  on.exists('.build/registry'),
  on.git('tag'),
  // Journal and lock; what builds keep for the next one is no part of a release.
  on.exists('.git/layer-policy') && readdirSync(join(on.dir, '.git/layer-policy')).filter((name) => name !== 'entries'),
];
export const nothing = [[], false, '', []];
