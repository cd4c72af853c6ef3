/**
 * How many small changes of the pure code the tests notice: `npm run mutation`, or of a part of it
 * `npm run mutation -- rules/archive-age.ts src/layer`. Ends with the survivors and a score for each file of the part.
 * `TESTS=test/rules,test/rule` in front asks only the tests whose paths begin so. What was measured is kept in
 * `.mutation/incremental.json`, so only what changed since, tests or code, is measured again; `--table` shows all of it.
 *
 * Stryker comes from a folder of its own: whoever only runs the tests need not install it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { type Measured, survivors, table } from './mutation/table.js';

const stryker = '9.6.1'; // The last line that runs on Node 20.
const home = '.mutation';
const bin = `${home}/node_modules/@stryker-mutator/core/bin/stryker.js`;

function run(command: string, args: string[]): void {
  // Stryker and the processes it starts read the runner, and the sources, as TypeScript.
  const env = { ...process.env, NODE_OPTIONS: '--import tsx' };
  const { status } = spawnSync(command, args, { stdio: 'inherit', env });
  if (status !== 0) process.exit(status ?? 1);
}

const paths = process.argv.slice(2).filter((word) => !word.startsWith('--'));

if (!process.argv.includes('--table')) {
  mkdirSync(home, { recursive: true });
  if (!existsSync(bin)) {
    const install = ['install', '--prefix', home, '--no-audit', '--no-fund', '--ignore-scripts'];
    run('npm', [...install, `@stryker-mutator/core@${stryker}`]);
  }
  // Static mutants, which are evaluated once at import (prose, tables), are left out: no test can run without them.
  const parts = paths.map((path) => (statSync(path).isDirectory() ? `${path}/**/*.ts` : path));
  const only = parts.length > 0 ? ['--mutate', [...parts, '!**/*.gen.ts'].join(',')] : [];
  run(process.execPath, [bin, 'run', 'scripts/mutation/stryker.config.json', ...only]);
}
const measured = JSON.parse(readFileSync(`${home}/incremental.json`, 'utf8')) as Measured;
const within = (file: string) =>
  paths.length === 0 || paths.some((path) => file === path || file.startsWith(`${path}/`));
console.log(`${survivors(measured, within)}\n${table(measured, within)}`);
