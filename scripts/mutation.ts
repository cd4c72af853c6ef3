/**
 * How many small changes of the pure code the tests notice: `npm run mutation`, or of a part of it
 * `npm run mutation -- rules/archive-age.ts src/layer`. Ends with the survivors and a score for each file.
 * `TESTS=test/rules` in front asks only the tests whose paths begin so, which takes a fraction of the time.
 *
 * Stryker comes from a folder of its own: whoever only runs the tests need not install it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';

const stryker = '9.6.1'; // The last line that runs on Node 20.
const home = '.mutation';
const bin = `${home}/node_modules/@stryker-mutator/core/bin/stryker.js`;

function run(command: string, args: string[]): void {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

mkdirSync(home, { recursive: true });
if (!existsSync(bin)) {
  const packages = ['core', 'vitest-runner'].map((name) => `@stryker-mutator/${name}@${stryker}`);
  // Its peer is the vitest of this repository.
  run('npm', ['install', '--prefix', home, '--omit=peer', '--no-audit', '--no-fund', '--ignore-scripts', ...packages]);
}
// Static mutants, which are evaluated once at import (prose, tables), are left out: they took 79 % of the time.
const parts = process.argv.slice(2).map((path) => (statSync(path).isDirectory() ? `${path}/**/*.ts` : path));
const only = parts.length > 0 ? ['--mutate', parts.join(',')] : [];
run(process.execPath, [bin, 'run', 'scripts/mutation/stryker.config.json', ...only]);
